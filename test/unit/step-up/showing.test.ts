import fc from 'fast-check';
import {
  createShowingStatement,
  stepUpChallenge,
  stepUpFolder,
  type OpenShowingRequest,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { claimCounter, openCounter } from '../../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { newKeyPair } from '../../support/key-pair';
import { firstTerminal, holder, holderKey, setFinger } from '../../support/showing-world';
import { createSensor } from '../../support/soter';
import { boundFinger, createStepUpWorld, keptTemplate, laterStepUpPorts } from '../../support/step-up-world';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });

/** A full card at a counter that asks for a purpose, and a showing that is prepared for it. */
const atCounter = (purpose: PurposeId) => {
  const world = createStepUpWorld({ template: keptTemplate });
  world.change((found) => ({ ...found, card: { ...found.card, tier: 'full' } }));
  const sensor = createSensor(holder, { counter: boundFinger.counter });
  const claim = async (): Promise<SessionHandle> => {
    const { session } = valueOf(await openCounter(world.ports, firstTerminal.key, { action: 'openCounter', purpose }));
    valueOf(await claimCounter(world.ports, holder, { action: 'claimCounter', session }));
    return session as SessionHandle;
  };
  const prepare = async (): Promise<ShowingHandle> =>
    valueOf(await prepareShowing(world.ports, holder)).handle as ShowingHandle;
  const request = (
    handle: ShowingHandle,
    session: SessionHandle,
    stepUp: OpenShowingRequest['stepUp'],
  ): OpenShowingRequest => {
    const { publicKey } = newKeyPair();
    const statement = createShowingStatement({ handle, key: publicKey, purpose, session, sign: holderKey.sign });
    return { action: 'openShowing', statement, ...(stepUp && { stepUp }) };
  };
  const touch = (handle: ShowingHandle, session: SessionHandle | null, of = purpose) =>
    sensor.touch(stepUpChallenge({ handle, session, purpose: of }, sha256));
  const open = (asked: OpenShowingRequest, ports = world.ports) => openShowing(ports, holder, asked);
  return { world, claim, prepare, request, touch, open };
};

describe('a showing for a ticket', () => {
  it('opens with the bound finger’s touch over showing, session and purpose, and says so', async () => {
    const { world, claim, prepare, request, touch, open } = atCounter('train-ticket');
    const [session, handle] = [await claim(), await prepare()];
    valueOf(await open(request(handle, session, { fingerprint: touch(handle, session) })));
    expect(world.identity().showing).toMatchObject({ state: 'open', stepUp: ['fingerprint'] });
    expect(world.identity().stepUp.fingerprint?.counter).toBe(boundFinger.counter + 1);
  });

  it('is refused without it, and with one for another showing, session or purpose', async () => {
    const { world, claim, prepare, request, touch, open } = atCounter('train-ticket');
    const [session, other] = [await claim(), await claim()];
    const before = await prepare();
    const handle = await prepare();
    expect(await open(request(handle, session, undefined))).toEqual(
      refused('step_up_missing', { missing: ['fingerprint'] }),
    );
    for (const fingerprint of [
      touch(before, session),
      touch(handle, other),
      touch(handle, null),
      touch(handle, session, 'hotel-check-in'),
    ]) {
      expect(await open(request(handle, session, { fingerprint }))).toEqual(refused('fingerprint_invalid'));
    }
    expect(world.identity().showing?.state).toBe('prepared');
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
  });

  it('takes one touch once, however many calls bring it at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, calls) => {
        const { world, claim, prepare, request, touch, open } = atCounter('train-ticket');
        const [session, handle] = [await claim(), await prepare()];
        const asked = request(handle, session, { fingerprint: touch(handle, session) });
        const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
        const replies = await scheduler.waitFor(Promise.all(Array.from({ length: calls }, () => open(asked, ports))));
        expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
        expect(world.identity().stepUp.fingerprint?.counter).toBe(boundFinger.counter + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('of a card without a bound finger says so', async () => {
    const { world, claim, prepare, request, touch, open } = atCounter('train-ticket');
    const [session, handle] = [await claim(), await prepare()];
    setFinger(world, null);
    const asked = request(handle, session, { fingerprint: touch(handle, session) });
    expect(await open(asked)).toEqual(refused('fingerprint_not_bound'));
  });
});

describe('a showing for a bank account', () => {
  it('takes finger and face, and neither alone', async () => {
    const { world, claim, prepare, request, touch, open } = atCounter('bank-account-opening');
    const [session, handle] = [await claim(), await prepare()];
    const selfie = () => world.selfies.upload(stepUpFolder(handle), { similarity: 0.8 });
    expect(await open(request(handle, session, { fingerprint: touch(handle, session) }))).toEqual(
      refused('step_up_missing', { missing: ['face'] }),
    );
    expect(await open(request(handle, session, { selfie: selfie() }))).toEqual(
      refused('step_up_missing', { missing: ['fingerprint'] }),
    );
    valueOf(await open(request(handle, session, { fingerprint: touch(handle, session), selfie: selfie() })));
    expect(world.identity().showing).toMatchObject({ state: 'open', stepUp: ['fingerprint', 'face'] });
    expect(world.selfies.files()).toEqual([]);
  });

  it('is refused with another’s face, with the tries that are left, and opens nothing', async () => {
    const { world, claim, prepare, request, touch, open } = atCounter('bank-account-opening');
    const [session, handle] = [await claim(), await prepare()];
    const selfie = world.selfies.upload(stepUpFolder(handle), { similarity: 0.2 });
    const reply = await open(request(handle, session, { fingerprint: touch(handle, session), selfie }));
    expect(reply).toMatchObject(refused('faces_differ', { triesLeft: 9 }));
    expect(world.identity().showing?.state).toBe('prepared');
  });

  it('spends no look at a face on an opening that is refused anyway', async () => {
    const { world, claim, prepare, request, open } = atCounter('bank-account-opening');
    const [session, handle] = [await claim(), await prepare()];
    const selfie = world.selfies.upload(stepUpFolder(handle), { similarity: 0.8 });
    world.change((found) => ({ ...found, card: { ...found.card, tier: 'light' } }));
    expect(await open(request(handle, session, { selfie }))).toEqual(refused('tier_too_low'));
    expect(world.selfies.files()).toEqual([]);
    expect(world.identity().stepUp.faceTries.count).toBe(0);
    expect(world.events.ofKind('face_checked')).toEqual([]);
  });
});
