import fc from 'fast-check';
import { changeIdentity, nextRevisionOf, type Change } from '../../../cloudfunctions/_core/card/change-identity';
import { checkFingerprint } from '../../../cloudfunctions/_core/step-up/check-fingerprint';
import { withdrawTemplate } from '../../../cloudfunctions/_core/step-up/withdraw-template';
import { interleaved } from '../../support/asynchronous';
import { accountOf } from '../../support/enrolment-world';
import { holder } from '../../support/showing-world';
import { createSensor, verifySoterOf } from '../../support/soter';
import {
  boundFinger,
  createStepUpWorld,
  keptTemplate,
  laterStepUpPorts,
  type StepUpWorld,
} from '../../support/step-up-world';

const CHALLENGE = 'the hash of showing, session and purpose';
const sensor = (device: Parameters<typeof createSensor>[1] = {}) => createSensor(holder, { counter: 4, ...device });

/** Decides a change of the identity that a finger is asked for, as the opening of a showing does. */
const check = async (world: StepUpWorld, answer = sensor().touch(CHALLENGE), ports = world.ports): Promise<string> => {
  const result = await changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(holder),
    async (identity): Promise<Change<string>> => {
      const shown = await checkFingerprint(ports, identity, CHALLENGE, answer);
      if (!shown.ok) return { kind: 'refused', error: shown.error };
      const { proof, stepUp } = shown.value;
      return { kind: 'changed', next: nextRevisionOf(identity, { stepUp }), value: proof };
    },
  );
  return result.ok ? result.value : result.error.code;
};

describe('the fingerprint of a card', () => {
  it('is believed where the bound finger has signed this challenge, and its counter is kept', async () => {
    const world = createStepUpWorld();
    expect(await check(world)).toBe('fingerprint');
    expect(world.identity().stepUp.fingerprint).toEqual({ ...boundFinger, counter: 5 });
    expect(await check(world, sensor({ counter: 99 }).touch(CHALLENGE))).toBe('fingerprint');
    expect(world.identity().stepUp.fingerprint?.counter).toBe(100);
  });

  it('is believed once for one answer', async () => {
    const world = createStepUpWorld();
    const answer = sensor().touch(CHALLENGE);
    expect(await check(world, answer)).toBe('fingerprint');
    expect(await check(world, answer)).toBe('fingerprint_used');
  });

  it.each([
    ['the same', 3],
    ['lower', 2],
    ['zero', -1],
  ])('with a counter that is %s was used before', async (_, before) => {
    const world = createStepUpWorld();
    expect(await check(world, sensor({ counter: before }).touch(CHALLENGE))).toBe('fingerprint_used');
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
  });

  it.each([
    ['finger', { fid: '2' }],
    ['no finger’s name', { fid: null }],
    ['phone', { cpuId: 'cpu-2' }],
    ['app', { uid: '10102' }],
  ])('of another %s demands the face', async (_, device) => {
    const world = createStepUpWorld();
    expect(await check(world, sensor({ ...device, counter: 50 }).touch(CHALLENGE))).toBe('fingerprint_changed');
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
  });

  it('that signed something else proves nothing', async () => {
    const world = createStepUpWorld();
    expect(await check(world, sensor().touch('another challenge'))).toBe('fingerprint_invalid');
    expect(await check(world, sensor().touch(`${CHALLENGE} `))).toBe('fingerprint_invalid');
  });

  it('is not asked of WeChat where the challenge is another’s or the text none at all', async () => {
    const world = createStepUpWorld();
    const verifySoter = jest.fn(verifySoterOf(holder));
    const ports = { ...world.ports, verifySoter };
    await check(world, sensor().touch('another challenge'), ports);
    await check(world, { ...sensor().touch(CHALLENGE), resultJson: '{}' }, ports);
    expect(verifySoter).not.toHaveBeenCalled();
  });

  it('of another user’s phone proves nothing, and does not even tell that it is another phone', async () => {
    const world = createStepUpWorld();
    const stranger = createSensor(accountOf(2), { counter: 4 });
    const other = createSensor(accountOf(2), { counter: 4, cpuId: 'cpu-2' });
    expect(await check(world, stranger.touch(CHALLENGE))).toBe('fingerprint_invalid');
    expect(await check(world, other.touch(CHALLENGE))).toBe('fingerprint_invalid');
  });

  it('proves nothing once any member of the text is another than was signed', async () => {
    const world = createStepUpWorld();
    const { resultJson, signature } = sensor().touch(CHALLENGE);
    const signed = JSON.parse(resultJson) as Record<string, unknown>;
    for (const name of Object.keys(signed).filter((key) => key !== 'raw')) {
      const value = name === 'counter' ? 77 : 'other';
      const changed = { resultJson: JSON.stringify({ ...signed, [name]: value }), signature };
      expect(await check(world, changed)).toBe('fingerprint_invalid');
    }
    expect(await check(world, { resultJson: `${resultJson} `, signature })).toBe('fingerprint_invalid');
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
  });

  it('waits where WeChat does not answer', async () => {
    const world = createStepUpWorld();
    const ports = { ...world.ports, verifySoter: () => Promise.resolve('unavailable' as const) };
    expect(await check(world, undefined, ports)).toBe('fingerprint_unavailable');
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
  });

  it('that was never bound is said to be missing', async () => {
    const world = createStepUpWorld({ fingerprint: null });
    expect(await check(world)).toBe('fingerprint_not_bound');
  });

  it('of a phone that tells no fingers apart is bound as such', async () => {
    const world = createStepUpWorld({ fingerprint: { ...boundFinger, fid: null } });
    expect(await check(world, sensor({ fid: null }).touch(CHALLENGE))).toBe('fingerprint');
    expect(await check(world, sensor({ fid: '1', counter: 30 }).touch(CHALLENGE))).toBe('fingerprint_changed');
  });

  it('leaves no datum of the phone in the log', async () => {
    const world = createStepUpWorld();
    await check(world, sensor({ cpuId: 'cpu-secret' }).touch(CHALLENGE));
    expect(world.logged).toContainEqual({ event: 'FINGERPRINT_REFUSED', reason: 'other_finger' });
    expect(JSON.stringify(world.logged)).not.toContain('cpu-secret');
  });
});

describe('one answer that many calls bring at once', () => {
  it('is believed once, whatever overtakes what', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, calls) => {
        const world = createStepUpWorld({ template: keptTemplate });
        const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
        const answer = sensor().touch(CHALLENGE);
        const running = Array.from({ length: calls }, () => check(world, answer, ports));
        // A change of another kind is no reason to lose a good answer.
        const other = withdrawTemplate(ports, holder);
        await scheduler.waitFor(Promise.all([...running, other]));
        const heard = await Promise.all(running);
        expect(heard.filter((code) => code === 'fingerprint')).toHaveLength(1);
        expect(heard.filter((code) => code === 'fingerprint_used')).toHaveLength(calls - 1);
        expect(world.identity().stepUp.fingerprint?.counter).toBe(5);
      }),
    );
  });

  it('of several answers each is believed at most once, and the counter never falls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.nat(2), { minLength: 2, maxLength: 5 }),
        async (scheduler, picks) => {
          const world = createStepUpWorld();
          const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
          const finger = sensor();
          const answers = [0, 1, 2].map(() => finger.touch(CHALLENGE));
          const running = picks.map((pick) => check(world, answers[pick], ports));
          await scheduler.waitFor(Promise.all(running));
          const heard = await Promise.all(running);
          const believed = picks.filter((_, at) => heard[at] === 'fingerprint');
          expect(new Set(believed).size).toBe(believed.length);
          expect(believed.length).toBeGreaterThan(0);
          const counters = world.identities.written.map(({ stepUp }) => stepUp.fingerprint?.counter ?? 0).slice(1);
          expect(counters).toEqual([...counters].sort((one, other) => one - other));
        },
      ),
    );
  });
});
