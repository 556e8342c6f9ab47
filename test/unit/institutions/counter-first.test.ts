import {
  createCode,
  createShowingStatement,
  stepUpChallenge,
  stepUpFolder,
  validators,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { claimCounter } from '../../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { valueOf } from '../../support/enrolment-steps';
import {
  bank,
  bankApp,
  bankNames,
  createInstitutionWorld,
  keyed,
  problemIn,
  railway,
  type InstitutionWorld,
} from '../../support/institution-world';
import { newKeyPair } from '../../support/key-pair';
import { holder, holderKey, setCard } from '../../support/showing-world';
import { createSensor } from '../../support/soter';
import { boundFinger } from '../../support/step-up-world';

const PURPOSE = 'parcel-pickup';

describe('a counter that shows its code first', () => {
  const opened = async (world: InstitutionWorld, purpose: PurposeId, more: object = {}) => {
    const body = { purpose, counter: 'Counter 3', ...more };
    const reply = await world.ask(bank, 'POST /counters', { body });
    expect(validators.OpenedCounter(reply.body)).toBe(true);
    return reply.body as { readonly session: SessionHandle };
  };
  const stateOf = async (world: InstitutionWorld, session: string, caller = bank) =>
    (await world.ask(caller, `GET /counters/${session}`)).body;

  it('opens an account with a full card, its holder’s finger and face', async () => {
    const world = createInstitutionWorld();
    setCard(world, { tier: 'full' });
    const purpose = 'bank-account-opening';
    const { session } = await opened(world, purpose, { claims: ['name', 'number'] });
    expect(await stateOf(world, session)).toEqual({ state: 'open', reason: null });
    expect(valueOf(await claimCounter(world.ports, holder, { action: 'claimCounter', session }))).toMatchObject({
      partner: bankNames.names,
      terminal: 'Counter 3',
      stepUp: ['fingerprint', 'face'],
    });
    expect(await stateOf(world, session)).toEqual({ state: 'claimed', reason: null });

    const handle = valueOf(await prepareShowing(world.ports, holder)).handle as ShowingHandle;
    const key = newKeyPair();
    const statement = createShowingStatement({ handle, key: key.publicKey, purpose, session, sign: holderKey.sign });
    const bare = await openShowing(world.ports, holder, { action: 'openShowing', statement });
    expect(bare).toMatchObject({ error: { code: 'step_up_missing', missing: ['fingerprint', 'face'] } });
    const issuedAt = Math.floor(world.clock.now() / 1000);
    const code = createCode({ handle, issuedAt, sign: key.sign });
    const body = { code, purpose, claims: ['name', 'number'], counter: 'Counter 3' };
    const verify = (number: number, more: object = {}, caller = bank) =>
      world.ask(caller, 'POST /verifications', { body: { ...body, ...more }, headers: keyed(number) });
    // Without the step-up no showing is open, and its code is worth nothing.
    expect(problemIn(await verify(1))).toBe('code_not_recognised');

    const fingerprint = createSensor(holder, { counter: boundFinger.counter }).touch(
      stepUpChallenge({ handle, session, purpose }, sha256),
    );
    const selfie = world.selfies.upload(stepUpFolder(handle), { similarity: 0.9 });
    const stepUp = { fingerprint, selfie };
    valueOf(await openShowing(world.ports, holder, { action: 'openShowing', statement, stepUp }));
    expect(problemIn(await verify(2, { counter: 'Counter 4' }))).toBe('other_terminal');
    expect(problemIn(await verify(3, {}, bankApp))).toBe('other_terminal');
    const told = await verify(4);
    expect(told.body).toMatchObject({
      mode: 'bound',
      tier: 'full',
      stepUp: ['fingerprint', 'face'],
      claims: { name: '林晓梅' },
    });
    expect(Object.keys(told.body['claims'] as object)).toEqual(['name', 'number']);
    expect(typeof told.body['portrait']).toBe('string');
  });

  it('is told what its holder lacks', async () => {
    const world = createInstitutionWorld();
    const { session } = await opened(world, 'bank-account-opening');
    await claimCounter(world.ports, holder, { action: 'claimCounter', session });
    const reply = await world.ask(bank, `GET /counters/${session}`);
    expect(reply.body).toEqual({ state: 'hindered', reason: 'tier_too_low' });
    expect(validators.CounterStanding(reply.body)).toBe(true);
  });

  it('is the opening server’s alone to read, and another’s looks like none', async () => {
    const world = createInstitutionWorld();
    const { session } = await opened(world, PURPOSE);
    const none = await world.ask(bank, `GET /counters/${'A'.repeat(22)}`);
    expect(problemIn(none)).toBe('not_found');
    for (const caller of [bankApp, railway, { ...bank, partner: railway.partner }])
      expect(await world.ask(caller, `GET /counters/${session}`)).toEqual(none);
    for (const name of ['x', '%00', '{"$gt":""}', 'A'.repeat(200)])
      expect(await world.ask(bank, `GET /counters/${name}`)).toEqual(none);
  });

  it.each([
    ['purpose_not_registered', { purpose: 'age-check' }],
    ['claims_not_granted', { purpose: PURPOSE, claims: ['address'] }],
    ['quota_used', { purpose: 'train-ticket' }],
  ])('is refused as %s', async (code, body) => {
    const world = createInstitutionWorld();
    world.useUp('minjiang-bank', 'train-ticket');
    const refused = await world.ask(bank, 'POST /counters', { body: { counter: '1', ...body } });
    expect(problemIn(refused)).toBe(code);
    expect(world.sessions()).toEqual([]);
  });
});
