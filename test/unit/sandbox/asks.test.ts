import { purposeTable, SANDBOX_TRUST_FRAMEWORK, validators } from '../../../protocol';
import { askAnswerOf } from '../../../cloudfunctions/_adapters/oauth/ask-answer';
import { SETTLE_MS, type AskStanding } from '../../../cloudfunctions/_core/asks/ask';
import { askOutcomes, refusedAsks } from '../../../cloudfunctions/_core/sandbox/forced-outcomes';
import { adultKey, testPersons } from '../../../cloudfunctions/_core/sandbox/test-persons';
import {
  colleague,
  createSandboxWorld,
  developer,
  POLLS,
  stranger,
  type SandboxWorld,
} from '../../support/sandbox-world';

let world: SandboxWorld;
beforeEach(() => {
  world = createSandboxWorld();
});

const MINUTE = 60_000;
const numberOf = (wanted: string): string => {
  const found = askOutcomes.find(({ id }) => id === wanted);
  if (!found) throw new Error(`no outcome is called ${wanted}`);
  return found.number;
};
const released = (standing: AskStanding) => {
  if (standing.kind !== 'answered') throw new Error(`it is ${standing.kind}`);
  return standing.release;
};

describe('an ask by a number of the table', () => {
  it.each(askOutcomes.map((one) => [one.id, one] as const))(
    'comes to what the table says, in its time: %s',
    async (_, { number, happens, afterMs }) => {
      const { session } = await world.ask(number);
      expect(await world.standingOf(session)).toEqual({ kind: 'waiting', isClaimed: false });
      world.clock.advance(Math.max(0, afterMs - 1));
      expect((await world.standingOf(session)).kind).toBe('waiting');
      world.clock.advance(1000);
      const standing = await world.standingOf(session);
      switch (happens.kind) {
        case 'tells': {
          const person = testPersons.find(({ key }) => key === happens.person);
          if (person?.card.tier !== 'full') {
            expect(standing).toEqual({ kind: 'hindered', reason: 'tier_too_low' });
            return;
          }
          const { identity, card, answer, presentation } = released(standing);
          expect({ identity, card, presentation }).toEqual({
            ...{ identity: person.key, card: person.card.id, presentation: null },
          });
          expect(answer).toMatchObject({ mode: 'asked', tier: 'full', portrait: null });
          expect(answer.claims.number).toBe(person.person.number);
          return;
        }
        case 'declines':
          expect(standing).toEqual({ kind: 'declined' });
          return;
        case 'hindered':
          expect(standing).toEqual({ kind: 'hindered', reason: happens.code });
          return;
        case 'waits':
          world.clock.advance(1000);
          expect(await world.standingOf(session)).toEqual({ kind: 'waiting', isClaimed: happens.isClaimed });
          world.clock.advance(5 * MINUTE + SETTLE_MS);
          expect(await world.standingOf(session)).toEqual({ kind: 'over' });
      }
    },
  );

  it('is answered as a holder’s is, with all that its card holds', async () => {
    const { session } = await world.ask(numberOf('adult'));
    world.clock.advance(5000);
    const standing = await world.standingOf(session);
    const holder = await world.sandbox.asks.tellHolder('bank', released(standing));
    if (standing.kind !== 'answered' || !holder) throw new Error('nobody is told of');
    const answer = askAnswerOf({ ...standing, holder }, SANDBOX_TRUST_FRAMEWORK);
    expect(validators.AskAnswer(answer)).toBe(true);
    expect(answer).toMatchObject({
      amr: ['swk', 'fpt', 'face', 'mfa'],
      verified_claims: { claims: { gender: 'male' } },
    });
    expect(Object.keys(answer.verified_claims.claims)).toHaveLength(purposeTable['bank-account-opening'].claims.length);
  });

  it('gives a reference that serves while its consent lives, and says how that stands', async () => {
    const lent = async (outcome: string): Promise<string> => {
      const { session } = await world.ask(numberOf(outcome));
      world.clock.advance(5000);
      const told = await world.sandbox.asks.tellHolder('bank', released(await world.standingOf(session)));
      return told?.lasting?.reference ?? 'nothing lasts';
    };
    const heard = async (reference: string, caller = developer) => [
      (await world.call(`GET /cards/${reference}/status`, undefined, undefined, caller)).body['status'],
      (await world.call(`GET /consents/${reference}`, undefined, undefined, caller)).body['state'] ?? 'not_found',
    ];
    const kept = await lent('adult');
    const withdrawn = await lent('withdrawn-later');
    expect([await heard(kept), await heard(withdrawn)]).toEqual([
      ['valid', 'given'],
      ['valid', 'given'],
    ]);
    world.clock.advance(5000);
    expect([await heard(kept), await heard(withdrawn)]).toEqual([
      ['valid', 'given'],
      ['unknown', 'withdrawn'],
    ]);
    expect(await heard(kept, stranger)).toEqual(['unknown', 'not_found']);
    world.clock.advance(7 * 24 * 60 * MINUTE);
    expect(await heard(kept)).toEqual(['unknown', 'not_found']);
  });

  it('leaves out what a sparse card has not', async () => {
    const { session } = await world.ask(numberOf('sparse'));
    world.clock.advance(5000);
    expect(released(await world.standingOf(session)).answer.claims).not.toHaveProperty('document_expires_on');
  });

  it('tells of a child that it is none of age, where a light card serves', async () => {
    const { session } = await world.ask(numberOf('child'), { purpose: 'age-check' });
    world.clock.advance(5000);
    expect(released(await world.standingOf(session)).answer.claims).toEqual({ age_over_18: false });
    const full = await world.ask(numberOf('child'), { purpose: 'age-check', tier: 'full' });
    world.clock.advance(5000);
    expect(await world.standingOf(full.session)).toEqual({ kind: 'hindered', reason: 'tier_too_low' });
  });

  it('is answered once', async () => {
    const { session } = await world.ask(numberOf('adult'));
    world.clock.advance(5000);
    released(await world.standingOf(session));
    await world.sandbox.asks.eraseRelease(session);
    expect(await world.standingOf(session)).toEqual({ kind: 'over' });
    // And is told to nobody by what is said against it afterwards.
    expect(await world.sandbox.asks.declineSession(session, world.clock.now())).toBe(false);
    expect(await world.standingOf(session)).toEqual({ kind: 'over' });
  });

  it('is of its client alone', async () => {
    const { session } = await world.ask(numberOf('adult'));
    world.clock.advance(5000);
    for (const other of [colleague, stranger]) expect(await world.standingOf(session, other)).toEqual({ kind: 'over' });
  });

  it('is over where its time ends before anything happens', async () => {
    const { session } = await world.ask(numberOf('adult'), { lifeMs: 2500 });
    world.clock.advance(2499);
    expect(await world.standingOf(session)).toEqual({ kind: 'waiting', isClaimed: true });
    world.clock.advance(1000 + SETTLE_MS);
    expect(await world.standingOf(session)).toEqual({ kind: 'over' });
  });

  it('waits in vain under any other number', async () => {
    const { session } = await world.ask('123456789');
    world.clock.advance(5 * MINUTE - 1);
    expect(await world.standingOf(session)).toEqual({ kind: 'waiting', isClaimed: false });
  });

  it.each(refusedAsks.map((one) => [one.code, one] as const))('is refused at once: %s', async (code, { number }) => {
    const order = { purpose: 'bank-account-opening', way: { kind: 'number', number } } as const;
    const opened = await world.sandbox.asks.openAsk(developer, order);
    expect(opened).toEqual({ ok: false, error: { code } });
    expect([...world.kept.keys()].filter((name) => name.includes('SandboxSession'))).toEqual([]);
  });

  it('asks for no presentation, whoever is asked', async () => {
    const order = { purpose: 'bank-account-opening', presentationNonce: 'of-the-bank-0123456789' } as const;
    for (const kind of ['scan', 'browser'] as const)
      expect(await world.sandbox.asks.openAsk(developer, { ...order, way: { kind } })).toEqual({
        ok: false,
        error: { code: 'not_in_sandbox' },
      });
  });

  it('is granted no more than a holder is asked for', async () => {
    const order = { purpose: 'bank-account-opening', way: { kind: 'number', number: numberOf('adult') } } as const;
    const poor = { ...developer, partner: { ...developer.partner, grants: [] } };
    const refused = (code: string) => ({ ok: false, error: { code } });
    const { openAsk } = world.sandbox.asks;
    expect(await openAsk(poor, order)).toEqual(refused('purpose_not_registered'));
    expect(await openAsk(developer, { ...order, claims: ['ethnicity'] })).toEqual(refused('claims_not_granted'));
  });
});

describe('polls', () => {
  it('of one ask hear to slow down for a while, and those of others are counted', async () => {
    const [slow, other] = [await world.ask(numberOf('slow-down')), await world.ask(numberOf('adult'))];
    const turn = ({ session }: typeof slow) => world.sandbox.takeTurn(POLLS, { kind: 'ask', session });
    expect([await turn(slow), await turn(other)]).toEqual([false, true]);
    const otherLimit = { ...POLLS, name: 'looks' };
    expect(await world.sandbox.takeTurn(otherLimit, { kind: 'ask', session: slow.session })).toBe(true);
    world.clock.advance(12_000);
    expect(await turn(slow)).toBe(true);
    expect((await world.standingOf(slow.session)).kind).toBe('answered');
  });
});

describe('what is chosen in the place of a phone', () => {
  const open = async () => (await world.ask('', { way: { kind: 'scan' } })).session;
  const choose = (...chosen: Parameters<typeof world.sandbox.sessions.choose>) =>
    world.sandbox.sessions.choose(...chosen);

  it('happens, and the first choice stands', async () => {
    const session = await open();
    const chosen = await Promise.all([
      choose(session, 'declines'),
      choose(session, 'adult'),
      choose(session, 'declines'),
    ]);
    expect(chosen).toEqual([true, false, false]);
    world.clock.advance(5000);
    expect(await world.standingOf(session)).toEqual({ kind: 'declined' });
  });

  it('is none of what the table does not have, none of a counter’s, and none after the end', async () => {
    const session = await open();
    for (const name of ['', 'nothing', 'quota_used', '__proto__']) expect(await choose(session, name)).toBe(false);
    const counter = await world.call('POST /counters', { purpose: 'age-check', counter: 'Desk 1' });
    expect(await choose(counter.body['session'] as never, 'adult')).toBe(false);
    expect(await choose('A'.repeat(22) as never, 'adult')).toBe(false);
    world.clock.advance(5 * MINUTE);
    expect(await choose(session, 'adult')).toBe(false);
  });

  it('is overruled by who cancels in the browser before it has happened, and not after', async () => {
    const { declineSession } = world.sandbox.asks;
    const early = await open();
    await choose(early, 'adult');
    expect(await declineSession(early, world.clock.now())).toBe(true);
    world.clock.advance(5000);
    expect(await world.standingOf(early)).toEqual({ kind: 'declined' });
    const late = await open();
    await choose(late, 'adult');
    world.clock.advance(5000);
    expect(await declineSession(late, world.clock.now())).toBe(false);
    expect((await world.standingOf(late)).kind).toBe('answered');
    const unchosen = await open();
    expect(await declineSession(unchosen, world.clock.now())).toBe(true);
    expect(await world.standingOf(unchosen)).toEqual({ kind: 'declined' });
  });
});

describe('names of a test person', () => {
  it('are the same for each ask', async () => {
    const told = async () => {
      const { session } = await world.ask(numberOf('adult'));
      world.clock.advance(5000);
      return world.sandbox.asks.tellHolder('bank', released(await world.standingOf(session)));
    };
    const [first, second] = [await told(), await told()];
    expect(first?.holderName).toBe(second?.holderName);
    expect(first?.lasting?.reference).not.toBe(second?.lasting?.reference);
    expect(adultKey).toMatch(/^0{63}1$/);
  });
});
