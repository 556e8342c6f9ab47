import fc from 'fast-check';
import { instant } from '../../../protocol';
import { openGuardianCall } from '../../../cloudfunctions/_core/guardian/consent';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { followCase } from '../../../cloudfunctions/_core/enrolment/after-review';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { interleaved } from '../../support/asynchronous';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { FIRST_CHILD, numberOf, phoneOf, pictures, valueOf, vouched } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  consentFor,
  createGuardianWorld,
  heard,
  laterGuardianPorts,
  openChild,
  openGuardian,
} from '../../support/guardian-world';

const CHILD = FIRST_CHILD;

const family = async ({ hasFinger = false, start }: { hasFinger?: boolean; start?: string } = {}) => {
  const world = createGuardianWorld(start);
  const guardian = await openGuardian(world, { person: 1, hasFinger });
  const child = await openChild(world, { person: CHILD });
  const ports = { ...world.ports, recordOperatorAct: () => Promise.reject(new Error('no reviewer has spoken')) };
  const step = async () => {
    const followed = valueOf(await followCase(ports, child.account, { action: 'followCase', caseId: child.caseId }));
    return 'guardian' in followed ? followed.guardian : undefined;
  };
  return { world, guardian, child, step };
};

describe('a child’s enrolment', () => {
  it('stops before the face, and goes on to the card once a guardian has consented', async () => {
    const { world, guardian, child, step } = await family();
    expect(await step()).toBe('needed');
    expect(await child.finish()).toBe('guardian_needed');
    expect(world.looks.filter(({ subject }) => subject.includes(child.caseId)).map(({ at }) => at)).toEqual([
      'document',
    ]);

    expect(await consentFor(guardian, child)).toBe('given');
    expect(world.asked).toEqual([[numberOf(1), numberOf(CHILD)]]);
    expect(await step()).toBe('given');
    expect(await child.finish()).toBe('ok');

    const card = world.identities.all().find(({ person }) => person.number === numberOf(CHILD));
    expect(card?.guardian).toMatchObject({ text: '2026-11', confirmedBy: 'authority', withdrawn: null });
    // By its own keyed hash: nothing on the child's card is the key of the guardian's.
    const own = world.identities.all().find(({ person }) => person.number === numberOf(1));
    expect(JSON.stringify(card?.guardian)).not.toContain(own?.key);
    expect(world.events.ofKind('guardian_consented').map(({ child: whom }) => whom)).toEqual(['林**', null]);
    checkEnrolmentInvariants(world);
  });

  it('destroys a face that was photographed too early, unseen and at no try’s cost', async () => {
    const { world, child } = await family();
    const before = world.cases.present(child.caseId);
    const refused = await child.matchFace(child.caseId, pictures.face(0.9, vouched));
    expect(heard(refused)).toBe('guardian_needed');
    expect(world.evidence.files(child.caseId)).toEqual(before.evidence.map(({ file }) => file));
    expect(world.cases.present(child.caseId)).toBe(before);
  });

  it('needs nobody from the fourteenth birthday on, by the calendar in China', async () => {
    // 15:59 on the 19th in UTC is one minute to midnight in China.
    const world = createGuardianWorld('2032-05-19T15:59:30.000Z');
    const eve = await openChild(world, { person: CHILD });
    expect(await eve.finish()).toBe('guardian_needed');
    world.clock.advance(60_000);
    expect(heard(await eve.call())).toBe('wrong_step');
    expect(await eve.finish()).toBe('ok');
    expect(world.identities.all()[0]?.guardian).toBeNull();
  });

  it('asks an adult for nobody', async () => {
    const world = createGuardianWorld();
    const phone = phoneOf(world, accountOf(2));
    const caseId = await phone.start();
    expect(valueOf(await phone.readDocument(caseId, pictures.document(2)))).not.toHaveProperty('guardian');
  });
});

describe('who may consent', () => {
  it('is an adult with a valid card of their own, on a phone that it did not just come to', async () => {
    const { world, guardian, child } = await family();
    const { number } = valueOf(await child.call());
    const stranger = await openChild(world, { person: CHILD + 1 });
    const open = (account = stranger.account) =>
      openGuardianCall(world.ports, account, { action: 'openGuardianCall', number });
    expect(heard(await open())).toBe('not_found');

    // A child with a card, be it the same child: nobody stands for themselves.
    await consentFor(guardian, stranger);
    expect(await stranger.finish()).toBe('ok');
    expect(heard(await open())).toBe('guardian_underage');

    const identity = world.identities.all().find(({ account }) => account === guardian.account);
    if (!identity) throw new Error('no guardian');
    world.identities.put({
      ...identity,
      card: { ...identity.card, limitedUntil: instant(world.clock.now() + 1000) },
    });
    expect(heard(await open(guardian.account))).toBe('card_limited');
    world.identities.put(identity);
    valueOf(await suspendCard(world.ports, guardian.account));
    expect(heard(await open(guardian.account))).toBe('card_not_active');
  });

  it('is asked again when the consent comes: a card that was stopped meanwhile signs for nobody', async () => {
    const { world, guardian, child, step } = await family();
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    valueOf(await suspendCard(world.ports, guardian.account));
    expect(heard(await guardian.consent(number, opened))).toBe('card_not_active');
    expect(await step()).toBe('needed');
    expect(world.asked).toEqual([]);
  });

  it('is whom the authority does not deny, and the authority is waited for', async () => {
    const { world, guardian, child, step } = await family();
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    world.authoritySays('unavailable');
    expect(heard(await guardian.consent(number, opened))).toBe('authority_unavailable');
    world.authoritySays('not_guardian');
    expect(heard(await guardian.consent(number, opened))).toBe('not_guardian');
    expect(world.events.ofKind('guardian_consented')).toEqual([]);
    expect(await step()).toBe('needed');
    world.authoritySays('confirmed');
    expect(heard(await guardian.consent(number, opened))).toBe('ok');
  });
});

describe('what a guardian signs', () => {
  it('is this case under this challenge, by the key of their own card', async () => {
    const { world, guardian, child, step } = await family();
    const other = await openGuardian(world, { person: 2 });
    const sibling = await openChild(world, { person: CHILD + 1 });
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    const ofSibling = valueOf(await guardian.open(valueOf(await sibling.call()).number));
    for (const statement of [
      guardian.sign({ ...opened, caseId: ofSibling.caseId }),
      guardian.sign({ ...opened, challenge: ofSibling.challenge }),
      guardian.sign(ofSibling),
      other.sign(opened),
      guardian.sign(opened).slice(0, -4),
    ]) {
      expect(heard(await guardian.consent(number, opened, { statement }))).toBe('key_proof_invalid');
    }
    // Opened again, the challenge before is void.
    const again = valueOf(await guardian.open(number));
    expect(heard(await guardian.consent(number, opened))).toBe('key_proof_invalid');
    expect(await step()).toBe('needed');
    expect(world.asked).toEqual([]);
    expect(heard(await guardian.consent(number, again))).toBe('ok');
  });

  it('is worth nothing from whoever did not type the number', async () => {
    const { world, guardian, child } = await family();
    const other = await openGuardian(world, { person: 2 });
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    expect(heard(await other.consent(number, opened))).toBe('not_found');
    expect(heard(await other.consent('00000000', opened))).toBe('not_found');
  });

  it('takes the finger that is bound, which serves once', async () => {
    const { world, guardian, child } = await family({ hasFinger: true });
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    expect(opened.fingerprint).toBe(true);
    const without = await guardian.consent(number, opened, { fingerprint: undefined });
    expect(without).toEqual({ ok: false, error: { code: 'step_up_missing', missing: ['fingerprint'] } });
    expect(heard(await guardian.consent(number, opened))).toBe('ok');
    const identity = world.identities.all().find(({ account }) => account === guardian.account);
    expect(identity?.stepUp.fingerprint?.counter).toBe(2);
  });

  it('asked again after a lost reply is given once', async () => {
    const { world, guardian, child } = await family();
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    const statement = guardian.sign(opened);
    expect(heard(await guardian.consent(number, opened, { statement }))).toBe('ok');
    expect(heard(await guardian.consent(number, opened, { statement }))).toBe('ok');
    expect(world.events.ofKind('guardian_consented')).toHaveLength(1);
    expect(world.asked).toHaveLength(1);
    expect(heard(await guardian.open(number))).toBe('wrong_step');
  });

  it('is for the child whose document was read then, and no other that is put in its place', async () => {
    const { world, guardian, child, step } = await family();
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    valueOf(await child.readDocument(child.caseId, pictures.document(CHILD + 1)));
    expect(heard(await guardian.consent(number, opened))).toBe('not_found');

    expect(await consentFor(guardian, child)).toBe('given');
    // The same document again keeps the consent; another's has none.
    valueOf(await child.readDocument(child.caseId, pictures.document(CHILD + 1)));
    expect(await step()).toBe('given');
    valueOf(await child.readDocument(child.caseId, pictures.document(CHILD)));
    expect(await step()).toBe('needed');
    expect(await child.finish()).toBe('guardian_needed');
    checkEnrolmentInvariants(world);
  });

  it('comes too late for a case whose hour is over', async () => {
    const { world, guardian, child } = await family();
    world.clock.advance(CASE_LIFE_MS - 60_000);
    const { number } = valueOf(await child.call());
    const opened = valueOf(await guardian.open(number));
    world.clock.advance(60_000);
    expect(heard(await guardian.consent(number, opened))).toBe('not_found');
  });
});

describe('two guardians at the same time', () => {
  it('leave the case with the consent of one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, guardian, child } = await family();
        const other = await openGuardian(world, { person: 2 });
        const numbers = [valueOf(await child.call()).number, valueOf(await child.call()).number] as const;
        const opened = [valueOf(await guardian.open(numbers[0])), valueOf(await other.open(numbers[1]))] as const;
        const ports = interleaved(
          world.ports,
          [...laterGuardianPorts, 'replaceCase', 'replaceIdentity', 'appendEvent'],
          scheduler,
        );
        const outcomes = await scheduler.waitFor(
          Promise.all([
            guardian.consent(numbers[0], opened[0], {}, ports),
            other.consent(numbers[1], opened[1], {}, ports),
          ]),
        );
        const said = outcomes.map((one) => heard(one)).sort();
        expect(said).toEqual(['ok', 'wrong_step']);
        expect(await child.finish()).toBe('ok');
        checkEnrolmentInvariants(world);
      }),
      { numRuns: 60 },
    );
  });
});
