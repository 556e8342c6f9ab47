import fc from 'fast-check';
import {
  instant,
  createShowingStatement,
  parseCounterCode,
  purposeIds,
  purposeTable,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
} from '../../../protocol';
import { claimCounter, openCounter, readCounter } from '../../../cloudfunctions/_core/showing/counter';
import { CONSENT_LIFE_MS, SESSION_LIFE_MS } from '../../../cloudfunctions/_core/showing/counter-session';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf, identityKeyOf } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';
import {
  courier,
  createShowingWorld,
  firstTerminal,
  holder,
  holderKey,
  laterShowingPorts,
  scan,
  secondTerminal,
  setCard,
  setFinger,
  show,
  unregistered,
  type ShowingWorld,
} from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const PURPOSE = 'parcel-pickup';

const open = async (world: ShowingWorld, purpose: PurposeId = PURPOSE, by = firstTerminal) =>
  valueOf(await openCounter(world.ports, by.key, { action: 'openCounter', purpose }));
const claim = (world: ShowingWorld, session: string, account = holder) =>
  claimCounter(world.ports, account, { action: 'claimCounter', session });
const read = (world: ShowingWorld, session: string, by = firstTerminal) =>
  readCounter(world.ports, by.key, { action: 'readCounter', session });
const stateOf = async (world: ShowingWorld, session: string): Promise<string> =>
  valueOf(await read(world, session)).state;

/** A session that the holder has claimed. */
const claimed = async (purpose: PurposeId = PURPOSE) => {
  const world = createShowingWorld();
  setCard(world, { tier: 'full' });
  setFinger(world);
  const { session } = await open(world, purpose);
  valueOf(await claim(world, session));
  return { world, session: session as SessionHandle };
};

describe('a counter’s session', () => {
  it('has a code that says nothing but a random handle', async () => {
    const world = createShowingWorld();
    const [one, other] = [await open(world), await open(world)];
    expect(parseCounterCode(one.code)).toBe(one.session);
    expect(one.session).not.toBe(other.session);
    expect(one.expiresAt - one.serverTime).toBe(SESSION_LIFE_MS);
    for (const said of [PURPOSE, 'courier', firstTerminal.key, firstTerminal.shop])
      expect(one.code).not.toContain(said);
  });

  it('is opened by staff, for what the partner is registered for, and no claim beyond', async () => {
    const { ports } = createShowingWorld();
    const ask = (key = firstTerminal.key, claims?: readonly ('masked_name' | 'address')[]) =>
      openCounter(ports, key, { action: 'openCounter', purpose: PURPOSE, ...(claims && { claims: [...claims] }) });
    expect(await ask(holder)).toEqual(refused('not_permitted'));
    expect(await ask(unregistered.key)).toEqual(refused('purpose_not_registered'));
    expect(await ask(firstTerminal.key, ['masked_name', 'address'])).toEqual(refused('claims_not_granted'));
    valueOf(await ask(firstTerminal.key, ['masked_name']));
  });

  it('tells its holder who asks, for what and what they will see, and the counter that it was scanned', async () => {
    const world = createShowingWorld();
    const { session } = await open(world);
    expect(await stateOf(world, session)).toBe('open');
    expect(valueOf(await claim(world, session))).toEqual({
      ok: true,
      partner: courier.names,
      terminal: '1',
      purpose: PURPOSE,
      claims: ['masked_name', 'masked_number'],
      portrait: true,
      stepUp: [],
    });
    expect(await stateOf(world, session)).toBe('claimed');
    valueOf(await claim(world, session));
  });

  it('is the opening terminal’s alone to read', async () => {
    const world = createShowingWorld();
    const { session } = await open(world);
    expect(await read(world, session, secondTerminal)).toEqual(refused('not_found'));
    expect(await read(world, 'AAAAAAAAAAAAAAAAAAAAAA')).toEqual(refused('not_found'));
  });

  it('is over after a minute, and one that never was looks the same', async () => {
    const world = createShowingWorld();
    const { session } = await open(world);
    world.clock.advance(SESSION_LIFE_MS);
    expect(await stateOf(world, session)).toBe('over');
    expect(await claim(world, session)).toEqual(refused('session_over'));
    expect(await claim(world, 'AAAAAAAAAAAAAAAAAAAAAA')).toEqual(refused('session_over'));
    expect(await claim(world, session, accountOf(9))).toEqual(refused('not_found'));
  });

  it('is the first holder’s who scans it, whoever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, people) => {
        const world = createShowingWorld();
        const accounts = Array.from({ length: people }, (_, at) => accountOf(at + 1));
        const mine = world.identity();
        accounts.slice(1).forEach((account, at) => {
          const number = `11010119900101${String(at).padStart(4, '0')}` as typeof mine.person.number;
          world.identities.put({ ...mine, account, key: identityKeyOf(number) });
        });
        const { session } = await open(world);
        const ports = interleaved(world.ports, laterShowingPorts, scheduler);
        const replies = await scheduler.waitFor(
          Promise.all(accounts.map((account) => claimCounter(ports, account, { action: 'claimCounter', session }))),
        );
        expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
        replies.filter(({ ok }) => !ok).forEach((reply) => expect(reply).toEqual(refused('session_taken')));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['of too low a tier', { tier: 'light' }, 'hotel-check-in', 'tier_too_low'],
    ['that is suspended', inStanding.suspended, PURPOSE, 'card_not_active'],
    ['that is revoked', inStanding.revoked, PURPOSE, 'card_not_active'],
    ['without the finger that is asked for', {}, 'train-ticket', 'fingerprint_not_bound'],
    ['without a finger as well', { tier: 'light' }, 'bank-account-opening', 'tier_too_low'],
  ] as const)('tells both sides of a card %s', async (_, card, purpose, code) => {
    const world = createShowingWorld();
    setCard(world, card);
    const { session } = await open(world, purpose);
    expect(await claim(world, session)).toEqual(refused(code));
    expect(valueOf(await read(world, session))).toEqual({ ok: true, state: 'hindered', reason: code });
  });
});

describe('a session that was scanned', () => {
  it('tells both sides of a card that came to its phone lately, where the task does not wait a day', async () => {
    const world = createShowingWorld();
    const until = instant(world.clock.now() + 1);
    setCard(world, { tier: 'full', limitedUntil: until });
    setFinger(world);
    const { session } = await open(world, 'train-ticket');
    expect(await claim(world, session)).toEqual({ ok: false, error: { code: 'card_limited', until } });
    expect(valueOf(await read(world, session))).toMatchObject({ state: 'hindered', reason: 'card_limited' });
    const light = await open(world);
    expect(valueOf(await claim(world, light.session)).ok).toBe(true);
    world.clock.advance(1);
    const later = await open(world, 'train-ticket');
    expect(valueOf(await claim(world, later.session))).toMatchObject({ stepUp: ['fingerprint'] });
  });

  it('stays its first holder’s after its minute, and is taken for anybody else', async () => {
    const world = createShowingWorld();
    const mine = world.identity();
    const number = '110101199001010002' as typeof mine.person.number;
    world.identities.put({ ...mine, account: accountOf(2), key: identityKeyOf(number) });
    const { session } = await open(world);
    valueOf(await claim(world, session));
    expect(await claim(world, session, accountOf(2))).toEqual(refused('session_taken'));
    world.clock.advance(SESSION_LIFE_MS);
    valueOf(await claim(world, session));
    expect(await claim(world, session, accountOf(2))).toEqual(refused('session_taken'));
    expect(await stateOf(world, session)).toBe('claimed');
  });

  it.each([
    ['is suspended', new Map([['courier', { ...courier, state: 'suspended' as const }]])],
    ['is registered no more', new Map<string, typeof courier>()],
  ])('tells nothing for a business that %s meanwhile', async (_, partners) => {
    const world = createShowingWorld();
    const { session } = await open(world);
    const ports = { ...world.ports, loadPartners: () => Promise.resolve(partners) };
    expect(await claimCounter(ports, holder, { action: 'claimCounter', session })).toEqual(refused('session_over'));
  });
});

describe('a bound showing', () => {
  it('is redeemed by the opening terminal and no other, which consumes nothing and is told', async () => {
    const { world, session } = await claimed();
    const showing = await show(world, PURPOSE, holder, session);
    const elsewhere = await redeemCode(world.ports, secondTerminal.key, scan(showing.code(), 1));
    expect(elsewhere).toEqual(refused('other_terminal'));
    expect(world.events.ofKind('check_refused')).toMatchObject([{ reason: 'other_terminal', terminal: '2' }]);
    const { answer } = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(showing.code(), 2)));
    expect(answer).toMatchObject({ mode: 'bound', claims: { masked_name: '林**' } });
    expect(world.events.ofKind('card_checked')).toMatchObject([{ mode: 'bound', terminal: '1' }]);
  });

  it('tells no more than its holder consented to, whatever the terminal asks for afterwards', async () => {
    const world = createShowingWorld();
    const opened = valueOf(
      await openCounter(world.ports, firstTerminal.key, {
        action: 'openCounter',
        purpose: PURPOSE,
        claims: ['masked_name'],
      }),
    );
    valueOf(await claim(world, opened.session));
    const showing = await show(world, PURPOSE, holder, opened.session as SessionHandle);
    const { answer } = valueOf(await redeemCode(world.ports, firstTerminal.key, scan(showing.code())));
    expect(answer.claims).toEqual({ masked_name: '林**' });
    expect(world.events.ofKind('card_checked')).toMatchObject([{ claims: ['masked_name'] }]);
  });

  const state = async (world: ShowingWorld, session: SessionHandle | null, purpose: PurposeId = PURPOSE) => {
    const handle = valueOf(await prepareShowing(world.ports, holder)).handle as ShowingHandle;
    const { publicKey } = newKeyPair();
    const statement = createShowingStatement({ handle, key: publicKey, purpose, session, sign: holderKey.sign });
    return openShowing(world.ports, holder, { action: 'openShowing', statement });
  };

  it('is not opened for a session that is unclaimed, another’s, for another purpose, or long ago', async () => {
    const world = createShowingWorld();
    const session = (await open(world)).session as SessionHandle;
    expect(await state(world, session)).toEqual(refused('session_over'));
    valueOf(await claim(world, session));
    expect(await state(world, session, 'age-check')).toEqual(refused('session_over'));
    world.clock.advance(CONSENT_LIFE_MS - 1);
    valueOf(await state(world, session));
    world.clock.advance(1);
    expect(await state(world, session)).toEqual(refused('session_over'));
    const others = createShowingWorld();
    expect(await state(others, session)).toEqual(refused('session_over'));
  });

  it.each(purposeIds)('for %s asks for what its row asks', async (purpose) => {
    const { modes, stepUp } = purposeTable[purpose];
    const world = createShowingWorld();
    setCard(world, { tier: 'full' });
    setFinger(world);
    const shown = await state(world, null, purpose);
    if (!modes.includes('shown')) expect(shown).toEqual(refused('counter_needed'));
    const { session } = await open(world, purpose);
    valueOf(await claim(world, session));
    const bound = await state(world, session as SessionHandle, purpose);
    if (stepUp.length > 0) expect(bound).toEqual(refused('step_up_missing', { missing: stepUp }));
    else expect(bound.ok).toBe(true);
  });

  it('of too low a tier is refused though the session was claimed with a higher one', async () => {
    const { world, session } = await claimed('hotel-check-in');
    setCard(world, { tier: 'light' });
    expect(await state(world, session, 'hotel-check-in')).toEqual(refused('tier_too_low'));
  });
});

describe('the text of a counter’s code', () => {
  it.each([
    '',
    'wechat-id:counter:',
    'wechat-id:counter:AAAA',
    'HTTPS://EXAMPLE.CN',
    'wechat-id:counter:AAAAAAAAAAAAAAAAAAAAAB',
  ])('is not %j', (text) => {
    expect(parseCounterCode(text)).toBeNull();
  });
});
