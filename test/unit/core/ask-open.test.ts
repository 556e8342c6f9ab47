import { parseCounterCode, purposeTable, validators } from '../../../protocol';
import { CONSENT_LIFE_MS } from '../../../cloudfunctions/_core/showing/counter-session';
import { ASK_LIFE_MS, SETTLE_MS } from '../../../cloudfunctions/_core/asks/ask';
import { createOpenAsk, type AskOrder } from '../../../cloudfunctions/_core/asks/open-ask';
import { ORDERS_OF_PARTNER } from '../../../cloudfunctions/_core/institutions/counter';
import {
  accountOpening,
  ask,
  createAskWorld,
  nonce,
  phoneOf,
  pickup,
  standingOf,
  type AskWorld,
} from '../../support/ask-world';
import { valueOf } from '../../support/enrolment-steps';
import { bank, bankApp, bankNames, problemIn, railway } from '../../support/institution-world';
import { setCard, setFinger } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const open = (world: AskWorld, order: AskOrder, caller = bank) => createOpenAsk(world.ports)(caller, order);

/** An ask that the holder has claimed. */
const claimed = async (world: AskWorld, order: AskOrder = pickup) => {
  const opened = await ask(world, order);
  return { opened, reply: await phoneOf(world.ports).claim(opened.session) };
};

describe('an ask', () => {
  it('is a session whose code says nothing but a random handle, and lives five minutes or less', async () => {
    const world = createAskWorld();
    const [one, two] = [await ask(world), await ask(world, { ...pickup, lifeMs: 61_000.5 })];
    expect(parseCounterCode(one.code)).toBe(one.session);
    expect(one.session).not.toBe(two.session);
    expect(one.expiresAt - world.clock.now()).toBe(ASK_LIFE_MS);
    expect(two.expiresAt - world.clock.now()).toBe(61_000);
    expect((await ask(world, { ...pickup, lifeMs: 2 * ASK_LIFE_MS })).expiresAt).toBe(one.expiresAt);
    const keys = world.sessions().map(({ verifier }) => verifier);
    expect(new Set(keys).size).toBe(3);
  });

  it('tells its holder who asks, for what, and how it is answered; in the form that phones expect', async () => {
    const world = createAskWorld();
    setCard(world, { tier: 'full' });
    const order = { ...accountOpening, bindingMessage: '开户 A-17', presentationNonce: nonce };
    const { opened, reply } = await claimed(world, order);
    const told = valueOf(reply);
    expect(validators.ClaimCounterReply(told)).toBe(true);
    expect(told).toMatchObject({
      partner: bankNames.names,
      purpose: 'bank-account-opening',
      claims: ['name', 'number', 'birthdate'],
      stepUp: ['fingerprint', 'face'],
      portrait: false,
      ask: {
        bindingMessage: '开户 A-17',
        tier: 'full',
        presentation: { nonce, audience: bank.clientId },
        consentDays: purposeTable['bank-account-opening'].consentDays,
        serverTime: world.clock.now(),
        expiresAt: world.clock.now() + CONSENT_LIFE_MS,
      },
    });
    expect(await standingOf(world, opened.session)).toEqual({ kind: 'waiting', isClaimed: true });
  });

  it('draws the words that both sides show where none are given, other ones each time', async () => {
    const world = createAskWorld();
    const drawn = await Promise.all([1, 2, 3, 4].map(() => ask(world)));
    const messages = drawn.map(({ bindingMessage }) => bindingMessage);
    expect(new Set(messages).size).toBe(4);
    for (const message of messages) expect(message).toMatch(/^\d{3} \d{3}$/);
    const { opened, reply } = await claimed(world);
    expect(valueOf(reply).ask).toMatchObject({ bindingMessage: opened.bindingMessage, presentation: null });
  });

  it('is refused with words that cannot be shown or compared', async () => {
    const world = createAskWorld();
    const said = await open(world, { ...pickup, bindingMessage: '42\u2800' });
    expect(said).toEqual(refused('request_invalid', { at: 'binding_message' }));
    expect(world.sessions()).toEqual([]);
  });

  it.each(['short', 'n'.repeat(129), 'blanks in a nonce here', 'nönce-of-the-bank-01'])(
    'refuses %j as a nonce, which a key binding could not carry to the phone',
    async (presentationNonce) => {
      const said = await open(createAskWorld(), { ...pickup, presentationNonce });
      expect(said).toEqual(refused('request_invalid', { at: 'nonce' }));
    },
  );

  it.each([
    ['purpose_not_registered', { ...pickup, purpose: 'age-check' }],
    ['claims_not_granted', { ...pickup, claims: ['address'] }],
    ['quota_used', { ...pickup, purpose: 'train-ticket' }],
  ] as const)('is refused as %s', async (code, order) => {
    const world = createAskWorld();
    world.useUp(bank.partner.id, 'train-ticket');
    expect(await open(world, order)).toEqual(refused(code));
    expect(world.sessions()).toEqual([]);
  });

  it('takes a turn of its partner’s orders', async () => {
    const world = createAskWorld();
    for (let turn = 0; turn < ORDERS_OF_PARTNER.most; turn += 1)
      await world.ports.takeTurn(ORDERS_OF_PARTNER, { kind: 'partner', partner: bank.partner.id });
    expect(await open(world, pickup)).toEqual(refused('too_many_requests'));
    expect(await open(world, pickup, bankApp)).toEqual(refused('too_many_requests'));
    valueOf(await open(world, pickup, railway));
    // Of a browser it was taken before.
    valueOf(await open(world, { ...pickup, way: { kind: 'browser' } }));
  });
});

describe('what an ask wants of a card', () => {
  it('is a full one where the institution says so, also for a light task, and both sides hear it', async () => {
    const world = createAskWorld();
    const { opened, reply } = await claimed(world, { ...pickup, tier: 'full' });
    expect(reply).toEqual(refused('tier_too_low'));
    expect(await standingOf(world, opened.session)).toEqual({ kind: 'hindered', reason: 'tier_too_low' });
    setCard(world, { tier: 'full' });
    expect(valueOf((await claimed(world, { ...pickup, tier: 'full' })).reply).ask?.tier).toBe('full');
  });

  it('is never less than its purpose’s own', async () => {
    const world = createAskWorld();
    expect((await claimed(world, { ...accountOpening, tier: 'light' })).reply).toEqual(refused('tier_too_low'));
    setCard(world, { tier: 'full' });
    const { reply } = await claimed(world, { ...accountOpening, tier: 'light' });
    expect(valueOf(reply).ask?.tier).toBe('full');
  });

  it('is said once: who puts it right is asked anew, since the institution has gone on', async () => {
    const world = createAskWorld();
    setFinger(world, null);
    const { opened, reply } = await claimed(world, { ...pickup, purpose: 'train-ticket' });
    expect(reply).toEqual(refused('fingerprint_not_bound'));
    setFinger(world);
    expect(await phoneOf(world.ports).claim(opened.session)).toEqual(refused('ask_over'));
    expect(await standingOf(world, opened.session)).toEqual({ kind: 'hindered', reason: 'fingerprint_not_bound' });
  });
});

describe('an ask that is over', () => {
  it('looks to a stranger like none, and is over for the one who claimed it', async () => {
    const world = createAskWorld();
    const [free, mine] = [await ask(world), await claimed(world)];
    world.clock.advance(ASK_LIFE_MS);
    const { claim } = phoneOf(world.ports);
    expect(await claim(free.session)).toEqual(refused('session_over'));
    expect(await claim('A'.repeat(22))).toEqual(refused('session_over'));
    expect(await claim(mine.opened.session)).toEqual(refused('ask_over'));
    expect(await standingOf(world, free.session)).toEqual({ kind: 'over' });
    // Whoever claimed it may have answered just now.
    world.clock.advance(SETTLE_MS - 1);
    expect(await standingOf(world, mine.opened.session)).toEqual({ kind: 'waiting', isClaimed: true });
    world.clock.advance(1);
    expect(await standingOf(world, mine.opened.session)).toEqual({ kind: 'over' });
  });

  it('may still be claimed in its last moment, a minute being a counter’s', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    world.clock.advance(ASK_LIFE_MS - 1);
    const told = valueOf(await phoneOf(world.ports).claim(session));
    expect(told.ask?.expiresAt).toBe(world.clock.now() + 1);
  });
});

describe('where an ask stands', () => {
  it('is its own server’s to read, at the provider and nowhere else', async () => {
    const world = createAskWorld();
    const { session } = await ask(world);
    expect(await standingOf(world, session)).toEqual({ kind: 'waiting', isClaimed: false });
    for (const caller of [bankApp, railway]) expect(await standingOf(world, session, caller)).toEqual({ kind: 'over' });
    const read = await world.ask(bank, `GET /counters/${session}`, {}, world.ports);
    expect(problemIn(read)).toBe('not_found');
  });

  it('tells nothing of a card that is stopped meanwhile but that it is not active', async () => {
    const world = createAskWorld();
    setCard(world, inStanding.revoked);
    const { opened, reply } = await claimed(world);
    expect(reply).toEqual(refused('card_not_active'));
    expect(await standingOf(world, opened.session)).toEqual({ kind: 'hindered', reason: 'card_not_active' });
    expect(await phoneOf(world.ports).decline(opened.session)).toEqual(refused('ask_over'));
  });
});
