import { picturePath, sampleChildren } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { codeOf, hoped } from '../support/ecosystem/called';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';

const [child] = sampleChildren;
if (!child) throw new Error('there is no sample child');
const FATHER = 'lin-zhiyuan';
const STRANGER = 'zhou-qiming';

let world: EcosystemUnderTest;
const phones = new Map<string, HeadlessPhone>();
const phoneOf = (id: string): HeadlessPhone => {
  const phone = phones.get(id);
  if (!phone) throw new Error('no such phone');
  return phone;
};

/** Up to a read document. */
const read = async (person: { readonly id: string; readonly face?: string }) => {
  const phone = phoneOf(person.id);
  const enrolment = await hoped(phone.enrolment.begin());
  const sides = [picturePath(person, 'card-front'), picturePath(person, 'card-back')] as const;
  const { guardian } = await hoped(phone.enrolment.submitDocument(enrolment, ...sides));
  return { phone, enrolment, guardian };
};

/** From the selfie to the card. */
const finish = async (
  person: { readonly id: string; readonly face?: string },
  { phone, enrolment }: Awaited<ReturnType<typeof read>>,
): Promise<string> => {
  const selfie = phone.enrolment.submitSelfie(enrolment, picturePath(person, 'selfie-1'));
  const called = await selfie;
  if (!called.ok) return called.error.code;
  if (called.reply.outcome !== 'matched') return called.reply.outcome;
  return codeOf(phone.enrolment.mint(enrolment, called.reply.nonce));
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  for (const id of [child.id, FATHER, STRANGER]) {
    phones.set(id, await world.phone(`o-${id}`, id === FATHER ? { finger: () => ({ fid: '1' }) } : {}));
  }
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a child’s card', () => {
  it('waits for a guardian of whom the register knows, and for no other adult', async () => {
    for (const id of [FATHER, STRANGER]) {
      const adult = await read({ id });
      expect(adult.guardian).toBeUndefined();
      if (id === FATHER) {
        const face = await hoped(adult.phone.enrolment.submitSelfie(adult.enrolment, picturePath({ id }, 'selfie-1')));
        if (face.outcome !== 'matched') throw new Error(face.outcome);
        await adult.phone.fingerprint.bindFinger(adult.enrolment, face.nonce, 'bind');
        await hoped(adult.phone.enrolment.mint(adult.enrolment, face.nonce));
      } else expect(await finish({ id }, adult)).toBe('ok');
    }

    const waiting = await read(child);
    expect(waiting.guardian).toBe('needed');
    expect(await finish(child, waiting)).toBe('guardian_needed');

    const stranger = phoneOf(STRANGER);
    const first = await hoped(waiting.phone.guardian.askForGuardian(waiting.enrolment));
    const foreign = await hoped(stranger.openGuardianCall({ number: first.number }));
    expect(await stranger.guardian.consent(first.number, foreign, 'finger')).toMatchObject({
      called: { ok: false, error: { code: 'not_guardian' } },
    });
    expect(await codeOf(phoneOf(FATHER).openGuardianCall({ number: first.number }))).toBe('not_found');

    const { number } = await hoped(waiting.phone.guardian.askForGuardian(waiting.enrolment));
    const opened = await hoped(phoneOf(FATHER).openGuardianCall({ number }));
    expect(opened).toMatchObject({ maskedName: '林**', processes: ['document', 'face'], fingerprint: true });
    expect(await phoneOf(FATHER).guardian.consent(number, opened, 'finger')).toMatchObject({
      called: { ok: true, reply: { guardian: 'given' } },
    });
    expect(await hoped(waiting.phone.guardian.followGuardian(waiting.enrolment))).toBe('given');
    expect(await finish(child, waiting)).toBe('ok');
  });

  it('names its guardian by a keyed hash, in nothing that is stored', async () => {
    interface Stored {
      readonly _id: string;
      readonly guardian?: { readonly key: string };
    }
    const answer = (await databaseOf(world.cloud).collection('identities').get()) as { data: readonly Stored[] };
    const [guarded, ...others] = answer.data.filter(({ guardian }) => guardian !== undefined);
    expect(others).toEqual([]);
    expect(guarded?.guardian?.key).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.data.map(({ _id }) => _id)).not.toContain(guarded?.guardian?.key);
  });

  it('stops when the guardian takes the consent back, and both histories tell', async () => {
    const father = phoneOf(FATHER);
    const { wards } = await hoped(father.listWards());
    expect(wards).toMatchObject([{ maskedName: '林**', age: 8, withdrawnAt: null }]);
    const reference = wards[0]?.reference ?? '';
    expect(await codeOf(phoneOf(STRANGER).withdrawAsGuardian({ reference }))).toBe('not_found');
    await hoped(father.withdrawAsGuardian({ reference }));

    const stopped = await hoped(phoneOf(child.id).getCard());
    expect(stopped.card).toMatchObject({ status: 'suspended', ended: { reason: 'guardian_withdrew' } });
    expect(await codeOf(phoneOf(child.id).resumeCard())).toBe('card_not_active');
    const kindsOf = async (phone: HeadlessPhone) => (await hoped(phone.listHistory())).entries.map(({ kind }) => kind);
    expect(await kindsOf(phoneOf(child.id))).toEqual(
      expect.arrayContaining(['guardian_consented', 'guardian_withdrew', 'card_stopped']),
    );
    expect(await kindsOf(father)).toEqual(expect.arrayContaining(['guardian_consented', 'guardian_withdrew']));
  });
});
