import { callCounter, receiveVisitor } from '../../../cloudfunctions/_core/operators/visit';
import { followCase } from '../../../cloudfunctions/_core/enrolment/after-review';
import { startEnrolment } from '../../../cloudfunctions/_core/enrolment/start-enrolment';
import { createCardActsWorld } from '../../support/card-acts-world';
import { createCarriedOut } from '../../support/carried-out';
import { phoneOf, pictures, valueOf, vouched } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createMassActStore } from '../../support/mass-acts';
import { newKeyPair } from '../../support/key-pair';
import { operatorIdOf, operatorOf } from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';
import { createReviewWorld } from '../../support/review-world';

const holder = accountOf(1);
const counter = operatorOf('counter');
const refused = (code: string) => ({ ok: false, error: { code } });
const warrant = { id: 'a'.repeat(32), proposedBy: operatorIdOf('counter') };

/** A case of somebody who has consented to the use of the document, and not to that of the face. */
const begun = async () => {
  const world = createReviewWorld();
  const { reviewPorts } = world;
  const phone = phoneOf(world, holder);
  const consents = [{ subject: 'document' as const, text: '2026-01' }];
  const { caseId } = valueOf(await startEnrolment(world.ports, holder, { action: 'startEnrolment', consents }));
  valueOf(await phone.readDocument(caseId, pictures.document(1)));
  const loadIdentityOfNumber = () => Promise.resolve(null);
  const ports = { ...createCardActsWorld().ports, ...reviewPorts, loadIdentityOfNumber };
  const carryOut = createCarriedOut({ ...createPartnerWorld().ports, ...createMassActStore(() => []).ports, ...ports });
  const propose = () => {
    world.clock.advance(1000);
    return world.clock.now();
  };
  const vouch = (target = caseId, proposedAt = propose()) =>
    carryOut({ kind: 'vouch_for_case', target, reason: 'face_not_possible' }, { ...warrant, proposedAt });
  return { world, phone, caseId, ports, vouch };
};

describe('an enrolment without a face', () => {
  it('keeps no template of the face and compares none', async () => {
    const { world, phone, caseId } = await begun();
    const found = world.cases.present(caseId);
    if (found.state !== 'documentRead') throw new Error(found.state);
    expect(found.document.portrait.embedding).toHaveLength(0);
    expect(await phone.matchFace(caseId, pictures.face(0.9, vouched))).toEqual(refused('consent_missing'));
    expect(world.looks.filter(({ at }) => at !== 'document')).toEqual([]);
    expect(world.cases.present(caseId)).toEqual(found);
  });

  it('is vouched for with the document that the operators saw, and no other', async () => {
    const { world, phone, caseId, vouch } = await begun();
    const proposedAt = world.clock.now();
    expect(await vouch(caseId, proposedAt)).toEqual(refused('act_differs'));
    world.clock.advance(1000);
    valueOf(await phone.readDocument(caseId, pictures.document(2)));
    expect(await vouch(caseId, proposedAt)).toEqual(refused('act_differs'));
    expect(world.cases.present(caseId).state).toBe('documentRead');
    valueOf(await vouch());
  });

  it('goes on at a counter, and is minted on two operators’ word', async () => {
    const { world, phone, caseId, ports, vouch } = await begun();
    const { number } = valueOf(await callCounter(ports, holder, { action: 'callCounter', caseId }));
    const received = valueOf(await receiveVisitor(ports, counter, { action: 'receiveVisitor', number }));
    expect(received).toMatchObject({ about: 'case', reference: caseId, maskedName: '林**', tier: null });
    const { expiresAt: until } = world.cases.present(caseId);
    const follow = () => followCase(ports, holder, { action: 'followCase', caseId });
    expect(valueOf(await follow())).toEqual({ ok: true, state: 'open', isRead: true, until });
    valueOf(await vouch());
    valueOf(await vouch());
    expect(world.evidence.files(caseId)).toEqual([]);
    const followed = valueOf(await follow());
    if (followed.state !== 'matched') throw new Error(followed.state);
    valueOf(await phone.mint(caseId, newKeyPair(), followed.nonce));
    valueOf(await vouch());
    expect(world.identities.all()).toHaveLength(1);
  });

  it('is vouched for at its own step and in its own time alone', async () => {
    const { world, caseId, ports, vouch } = await begun();
    expect(await vouch('f'.repeat(32))).toEqual(refused('not_found'));
    const stranger = callCounter(ports, accountOf(2), { action: 'callCounter', caseId });
    expect(await stranger).toEqual(refused('not_found'));
    world.clock.advance(60 * 60 * 1000);
    expect(await vouch()).toEqual(refused('wrong_step'));
    expect(await callCounter(ports, holder, { action: 'callCounter', caseId })).toEqual(refused('wrong_step'));
  });
});
