import fc from 'fast-check';
import { enrolmentChallenge, type FingerprintAnswer } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { CASE_LIFE_MS, FINGERPRINT_TRIES } from '../../../cloudfunctions/_core/enrolment/case';
import { interleaved } from '../../support/asynchronous';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { phoneOf, proofFace, valueOf } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld, laterPorts } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import { createSensor } from '../../support/soter';

const account = accountOf(1);

/** A case whose face has matched, and the sensor of its phone. */
const matched = async (keepsTemplate = false) => {
  const world = createEnrolmentWorld();
  const phone = phoneOf(world, account);
  const proofed = await proofFace(phone, 1, keepsTemplate);
  const sensor = createSensor(account);
  const challenge = enrolmentChallenge(proofed, sha256);
  const bind = async (answer: FingerprintAnswer = sensor.touch(challenge)): Promise<string> => {
    const result = await phone.bind(proofed.caseId, answer);
    return result.ok ? result.value.fingerprint : result.error.code;
  };
  return { world, phone, ...proofed, sensor, challenge, bind };
};

const forged: FingerprintAnswer = { resultJson: '{}', signature: 'AAAA' };

describe('a fingerprint of an enrolment', () => {
  it('goes with the card that is made', async () => {
    const { world, phone, caseId, nonce, bind } = await matched();
    expect(await bind()).toBe('bound');
    valueOf(await phone.mint(caseId, newKeyPair(), nonce));
    const finger = { fid: '1', uid: '10101', cpuId: 'cpu-1', counter: 1 };
    expect(world.identities.all()[0]?.stepUp.fingerprint).toEqual(finger);
    expect(world.events.ofKind('card_minted')).toMatchObject([{ fingerprint: 'bound', faceTemplate: 'none' }]);
  });

  it('that is left out is said to be left out', async () => {
    const { world, phone, caseId, nonce } = await matched();
    valueOf(await phone.mint(caseId, newKeyPair(), nonce));
    expect(world.identities.all()[0]?.stepUp.fingerprint).toBeNull();
    expect(world.events.ofKind('card_minted')).toMatchObject([{ fingerprint: 'skipped' }]);
  });

  it('stays the first one where the reply was lost', async () => {
    const { world, caseId, challenge, bind } = await matched();
    await bind();
    const before = world.cases.present(caseId);
    expect(await bind(createSensor(account, { cpuId: 'cpu-2' }).touch(challenge))).toBe('bound');
    expect(world.cases.present(caseId)).toBe(before);
  });

  it('may be tried so often and no more, and the card is made all the same', async () => {
    const { phone, caseId, nonce, bind } = await matched();
    const heard: string[] = [];
    for (let at = 0; at < FINGERPRINT_TRIES + 1; at += 1) heard.push(await bind(forged));
    const due = [...Array<string>(FINGERPRINT_TRIES).fill('fingerprint_invalid'), 'too_many_tries'];
    expect(heard).toEqual(due);
    expect(await bind()).toBe('too_many_tries');
    valueOf(await phone.mint(caseId, newKeyPair(), nonce));
  });

  it('is asked for in its step alone, and in time', async () => {
    const { world, phone, caseId, nonce, bind } = await matched();
    const started = await phone.start();
    expect(await phone.bind(started, forged)).toMatchObject({ error: { code: 'wrong_step' } });
    expect(await phoneOf(world, accountOf(2)).bind(caseId, forged)).toMatchObject({ error: { code: 'not_found' } });
    valueOf(await phone.mint(caseId, newKeyPair(), nonce));
    expect(await bind()).toBe('wrong_step');
    const late = await matched();
    late.world.clock.advance(CASE_LIFE_MS);
    expect(await late.bind()).toBe('wrong_step');
  });

  it('of many at once is one, counts each try, and is what the card has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, calls) => {
        const { world, caseId, nonce, challenge } = await matched();
        const phone = phoneOf(world, account, interleaved(world.ports, laterPorts, scheduler));
        const bindings = Array.from({ length: calls }, (_, at) => {
          const answer = at === 0 ? forged : createSensor(account, { cpuId: `cpu-${String(at)}` }).touch(challenge);
          return phone.bind(caseId, answer);
        });
        await scheduler.waitFor(Promise.all([...bindings, phone.mint(caseId, newKeyPair(), nonce)]));
        expect(world.cases.present(caseId).tries.fingerprint).toBeLessThanOrEqual(calls);
        checkEnrolmentInvariants(world);
      }),
    );
  });
});

describe('a face template', () => {
  it('is the selfie’s measure where the holder consented to it, and is kept nowhere where not', async () => {
    const kept = await matched(true);
    valueOf(await kept.phone.mint(kept.caseId, newKeyPair(), kept.nonce));
    const [withTemplate] = kept.world.identities.all();
    expect(withTemplate?.stepUp.template?.embedding[0]).toBeCloseTo(0.7);
    expect(withTemplate?.stepUp.template?.consentText).toBe('2026-01');
    expect(kept.world.events.ofKind('card_minted')).toMatchObject([{ faceTemplate: 'kept' }]);
    const unkept = await matched();
    valueOf(await unkept.phone.mint(unkept.caseId, newKeyPair(), unkept.nonce));
    expect(unkept.world.identities.all()[0]?.stepUp.template).toBeNull();
    expect(unkept.world.cases.written.some((one) => 'template' in one && one.template !== null)).toBe(false);
  });
});
