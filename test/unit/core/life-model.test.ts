import fc from 'fast-check';
import {
  createOrderStatement,
  deletionId,
  endReasonTable,
  type AccountKey,
  type EndReason,
  type KillCode,
  type Remedy,
} from '../../../protocol';
import { deleteAccount, deleteAtCounter, prepareDeletion } from '../../../cloudfunctions/_core/card/delete-account';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { issueKillCode, killCard } from '../../../cloudfunctions/_core/card/kill-card';
import { stopIdentity } from '../../../cloudfunctions/_core/card/stop-card';
import { releaseCard } from '../../../cloudfunctions/_core/operators/card-acts';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { createCardActsWorld } from '../../support/card-acts-world';
import { accountOf } from '../../support/enrolment-world';
import type { KeyPair } from '../../support/key-pair';
import { createLifeWorld, identityOf, tryEnrol, type LifeWorld } from '../../support/life-world';
import { operatorOf } from '../../support/operator-world';
import { reasonOf, standing } from '../../support/stops';

/** What somebody does, as far as it matters for what may follow. */
type Act =
  | { readonly kind: 'enrol'; readonly samePhone: boolean; readonly newDocument: boolean }
  | { readonly kind: 'kill'; readonly oldCode: boolean }
  | { readonly kind: 'issue' | 'suspend' | 'resume' | 'release' | 'show' | 'delete' | 'delete at counter' | 'day' }
  | { readonly kind: keyof typeof reasonsOfActs };
type Kind = Act['kind'];

/** Acts of others than the holder that stop the card, and for what. */
const reasonsOfActs = {
  lost: 'document_lost',
  'phone lost': 'phone_lost',
  inquiry: 'inquiry',
  freeze: 'frozen_by_court',
  end: 'ended_by_holder',
  revoke: 'obtained_by_fraud',
} as const satisfies Record<string, EndReason>;

const plain = (kind: Exclude<Kind, 'enrol' | 'kill'>): Act => ({ kind });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('enrol' as const), samePhone: fc.boolean(), newDocument: fc.boolean() }),
  fc.record({ kind: fc.constant('kill' as const), oldCode: fc.boolean() }),
  ...(['issue', 'suspend', 'resume', 'release', 'show', 'delete', 'day'] as const).map((kind) =>
    fc.constant(plain(kind)),
  ),
  ...(['lost', 'phone lost', 'inquiry', 'freeze', 'end', 'revoke', 'delete at counter'] as const).map((kind) =>
    fc.constant(plain(kind)),
  ),
);

interface Holder {
  readonly account: AccountKey;
  readonly person: number;
  key: KeyPair | null;
  codes: string[];
  documents: number;
}

const operators = createCardActsWorld().ports;

const carryOut = async (world: LifeWorld, holder: Holder, what: Act): Promise<void> => {
  const { ports } = world;
  const { account } = holder;
  const key = identityOf(world, account)?.key;
  switch (what.kind) {
    case 'enrol': {
      // So that nobody begins more of them in a day than are allowed.
      world.clock.advance(3 * 3_600_000);
      if (what.newDocument) holder.documents += 1;
      const validFrom = `20${String(16 + holder.documents)}-01-05`;
      const prior = what.samePhone && holder.key ? { prior: holder.key } : {};
      const { minted, key: made } = await tryEnrol(world, account, holder.person, { validFrom, ...prior });
      if (minted.ok) holder.key = made;
      return;
    }
    case 'kill': {
      const code = what.oldCode ? holder.codes[0] : holder.codes.at(-1);
      if (code !== undefined) await killCard(ports, null, code);
      return;
    }
    case 'issue': {
      const made = await issueKillCode(ports, account);
      if (made.ok) holder.codes.push(made.value.code);
      return;
    }
    case 'suspend':
      await suspendCard(ports, account);
      return;
    case 'resume':
      await resumeCard(ports, account);
      return;
    case 'show':
      await prepareShowing(ports, account);
      return;
    case 'delete': {
      const prepared = await prepareDeletion(ports, account);
      if (!prepared.ok || !holder.key) return;
      const { publicKey: holderKey, sign } = holder.key;
      const statement = createOrderStatement('deletion', { challenge: prepared.value.challenge, holderKey, sign });
      await deleteAccount(ports, account, { action: 'deleteAccount', statement });
      return;
    }
    case 'delete at counter': {
      // As two operators decided about the card that the holder has now.
      const present = identityOf(world, account);
      if (present) await deleteAtCounter(ports, present.card.id, deletionId(present.card.id));
      return;
    }
    case 'day':
      world.clock.advance(24 * 3_600_000);
      return;
    case 'release': {
      const present = identityOf(world, account);
      if (!present) return;
      const counter = { ...operators, ...ports, loadIdentityByCard: () => Promise.resolve(identityOf(world, account)) };
      await releaseCard(counter, operatorOf('security'), { action: 'releaseCard', card: present.card.id });
      return;
    }
    case 'lost':
    case 'phone lost':
    case 'inquiry':
    case 'freeze':
    case 'end':
    case 'revoke':
      if (key) await stopIdentity(ports, key, reasonsOfActs[what.kind]);
  }
};

/** What may lift a reason of that remedy. */
const cures: Readonly<Record<Remedy, readonly Kind[]>> = {
  holder: ['resume', 'enrol'],
  face: ['enrol'],
  new_document: ['enrol'],
  operator: ['release'],
  guardian: ['enrol'],
  nothing: [],
};
const reasonsOf = (identity: Identity | null): readonly EndReason[] =>
  identity?.card.stops.map(({ reason }) => reason) ?? [];
const remedyOf = (reason: EndReason): Remedy => endReasonTable[reason].remedy;

const check = (world: LifeWorld, before: Identity | null, after: Identity | null, what: Act): void => {
  const were = reasonsOf(before);
  if (after) {
    const are = reasonsOf(after);
    expect(new Set(are).size).toBe(are.length);
    for (const lifted of were.filter((reason) => !are.includes(reason))) {
      expect(cures[remedyOf(lifted)]).toContain(what.kind);
    }
    // A tap serves nobody while anything else stops the card, and a new card takes that all is made up for.
    if (what.kind === 'resume' && are.length < were.length) expect(were).toEqual(['by_holder']);
    if (before && before.card.id !== after.card.id) expect(are).toEqual([]);
    else if (standing(before) === 'revoked') expect(standing(after)).toBe('revoked');
    if (what.kind === 'enrol' && are.length === 0 && (were.includes('kill_code') || were.includes('phone_lost'))) {
      expect(after.card.limitedUntil).toBeGreaterThan(world.clock.now());
    }
    if (what.kind === 'show' && are.length > 0) expect(after.showing).toEqual(before?.showing ?? null);
    if (before) expect(after.dataKey).toBe(before.dataKey);
  }
  if (before && !after) {
    expect(['delete', 'delete at counter']).toContain(what.kind);
    const remedies = were.map(remedyOf);
    expect(remedies).not.toContain('new_document');
    expect(remedies).not.toContain('operator');
    expect(remedies).not.toContain('nothing');
    if (what.kind === 'delete') expect(were.filter((reason) => reason !== 'by_holder')).toEqual([]);
    expect(world.events.ofKind('account_deleted').at(-1)).toMatchObject({ unreadableEvents: before.eventCount });
  }
};

const anew = (samePhone: boolean): Act => ({ kind: 'enrol', samePhone, newDocument: false });
/** What is to be looked at in any case: a card that is killed, made anew and deleted. */
const story: (readonly [number, Act])[] = [
  plain('issue'),
  plain('suspend'),
  { kind: 'kill', oldCode: false } as const,
  plain('resume'),
  anew(true),
  plain('delete'),
  plain('day'),
  plain('day'),
  plain('delete'),
].map((what) => [0, what]);

it('a card that was stopped is valid again by its remedy alone, in whatever order several holders and others act', async () => {
  const stops = new Map<string, number>();
  const count = (name: string): void => void stops.set(name, (stops.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), act), { minLength: 5, maxLength: 30 }), async (acts) => {
      const world = createLifeWorld();
      const holders: Holder[] = [1, 2].map((at) => ({
        account: accountOf(at),
        person: at,
        key: null,
        codes: [],
        documents: 0,
      }));
      const [first] = holders;
      if (first) await carryOut(world, first, { kind: 'enrol', samePhone: false, newDocument: false });
      for (const [at, what] of acts) {
        const holder = holders[at];
        if (!holder) throw new Error('no such holder');
        const others = holders.filter((one) => one !== holder).map((one) => identityOf(world, one.account));
        const before = identityOf(world, holder.account);
        await carryOut(world, holder, what);
        const after = identityOf(world, holder.account);
        check(world, before, after, what);
        // Nobody's act moves another's card.
        expect(holders.filter((one) => one !== holder).map((one) => identityOf(world, one.account))).toEqual(others);
        if (reasonOf(before) !== 'kill_code' && reasonOf(after) === 'kill_code') count('killed');
        if (before && !after) count('deleted');
        if (reasonOf(before) === 'kill_code' && standing(after) === 'valid') count('cured');
      }
      // Every code but the newest of a card is void, and no event of a person who is gone can be opened.
      const keys = new Set<string>(world.identities.all().map(({ dataKey }) => dataKey));
      for (const { account } of holders) {
        const identity = identityOf(world, account);
        const numbers = Array.from({ length: identity?.eventCount ?? 0 }, (_, event) => event + 1);
        const events = identity ? await world.events.ports.loadEvents(identity, numbers) : [];
        expect(events).toHaveLength(numbers.length);
      }
      expect(keys.size).toBe(world.identities.all().length);
    }),
    { numRuns: 60, examples: [[story]] },
  );
  // What was to be looked at did happen.
  expect([...stops.keys()].sort()).toEqual(['cured', 'deleted', 'killed']);
}, 120_000);

const DAY_MS = 24 * 3_600_000;

it('of codes those stop a card that are not replaced for a week, whoever tries the others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(9), { minLength: 2, maxLength: 5 }),
      fc.nat(4),
      fc.nat(9),
      async (pauses, tried, later) => {
        const world = createLifeWorld();
        const account = accountOf(1);
        await tryEnrol(world, account, 1);
        const made: { readonly code: string; readonly at: number }[] = [];
        for (const pause of pauses) {
          world.clock.advance(pause * DAY_MS);
          const issued = await issueKillCode(world.ports, account);
          if (issued.ok) made.push({ code: issued.value.code, at: world.clock.now() });
        }
        world.clock.advance(later * DAY_MS);
        const at = tried % made.length;
        const replacedAt = made[at + 1]?.at;
        const isGood = replacedAt === undefined || world.clock.now() < replacedAt + 7 * DAY_MS;
        const killed = await killCard(world.ports, null, made[at]?.code ?? '');
        expect(killed.ok).toBe(isGood);
        expect(standing(identityOf(world, account))).toBe(isGood ? 'suspended' : 'valid');
        expect(world.ports.killCodeKeyOf((made.at(-1)?.code ?? '').replaceAll('-', '') as KillCode)).toBe(
          identityOf(world, account)?.killCodes[0]?.key,
        );
      },
    ),
    { numRuns: 40 },
  );
});
