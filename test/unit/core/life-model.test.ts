import fc from 'fast-check';
import { createDeletionStatement, endReasonTable, type AccountKey, type KillCode } from '../../../protocol';
import { deleteAccount, deleteAtCounter, prepareDeletion } from '../../../cloudfunctions/_core/card/delete-account';
import { resumeCard, suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { issueKillCode, killCard } from '../../../cloudfunctions/_core/card/kill-card';
import { releaseIdentity, revokeIdentity, suspendIdentity } from '../../../cloudfunctions/_core/card/revoke-card';
import { prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { accountOf } from '../../support/enrolment-world';
import type { KeyPair } from '../../support/key-pair';
import { createLifeWorld, identityOf, tryEnrol, type LifeWorld } from '../../support/life-world';

/** What somebody does, as far as it matters for what may follow. */
type Act =
  | { readonly kind: 'enrol'; readonly samePhone: boolean; readonly newDocument: boolean }
  | { readonly kind: 'kill'; readonly oldCode: boolean }
  | { readonly kind: 'issue' | 'suspend' | 'resume' | 'release' | 'show' | 'delete' | 'delete at counter' | 'day' }
  | { readonly kind: 'lost' | 'inquiry' | 'revoke' };
type Kind = Act['kind'];

const plain = (kind: Exclude<Kind, 'enrol' | 'kill'>): Act => ({ kind });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('enrol' as const), samePhone: fc.boolean(), newDocument: fc.boolean() }),
  fc.record({ kind: fc.constant('kill' as const), oldCode: fc.boolean() }),
  ...(['issue', 'suspend', 'resume', 'release', 'show', 'delete', 'day'] as const).map((kind) =>
    fc.constant(plain(kind)),
  ),
  ...(['lost', 'inquiry', 'revoke', 'delete at counter'] as const).map((kind) => fc.constant(plain(kind))),
);

interface Holder {
  readonly account: AccountKey;
  readonly person: number;
  key: KeyPair | null;
  codes: string[];
  documents: number;
}

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
      const statement = createDeletionStatement({ challenge: prepared.value.challenge, holderKey, sign });
      await deleteAccount(ports, account, { action: 'deleteAccount', statement });
      return;
    }
    case 'delete at counter':
      await deleteAtCounter(ports, holder.codes.at(-1) ?? '');
      return;
    case 'day':
      world.clock.advance(24 * 3_600_000);
      return;
    case 'release':
      if (key) await releaseIdentity(ports, key);
      return;
    case 'lost':
      if (key) await suspendIdentity(ports, key, 'document_lost');
      return;
    case 'inquiry':
      if (key) await suspendIdentity(ports, key, 'inquiry');
      return;
    case 'revoke':
      if (key) await revokeIdentity(ports, key, 'obtained_by_fraud');
      return;
  }
};

/** What may make a card valid that was stopped so. */
const cures: Readonly<Record<(typeof endReasonTable)[keyof typeof endReasonTable]['remedy'], readonly Kind[]>> = {
  holder: ['resume', 'enrol', 'release'],
  face: ['enrol', 'release'],
  new_document: ['enrol', 'release'],
  counter: ['release'],
  nothing: [],
};

const check = (world: LifeWorld, before: Identity | null, after: Identity | null, what: Act): void => {
  const was = before?.card.ended ?? null;
  if (after) {
    const { status, ended } = after.card;
    // Status and reason never disagree.
    expect(status).toBe(ended ? endReasonTable[ended.reason].status : 'valid');
    if (was && status === 'valid') expect(cures[endReasonTable[was.reason].remedy]).toContain(what.kind);
    if (was && ended)
      expect(Object.keys(endReasonTable).indexOf(ended.reason)).toBeGreaterThanOrEqual(
        Object.keys(endReasonTable).indexOf(was.reason),
      );
    if (was?.reason === 'kill_code' && status === 'valid' && what.kind === 'enrol') {
      expect(after.card.limitedUntil).toBeGreaterThan(world.clock.now());
    }
    if (status !== 'valid' && ended?.reason !== 'by_holder') expect(after.showing).toBeNull();
    if (before) expect(after.dataKey).toBe(before.dataKey);
  }
  if (before && !after) {
    expect(['delete', 'delete at counter']).toContain(what.kind);
    expect(before.card.status).not.toBe('revoked');
    expect(was?.reason).not.toBe('inquiry');
    if (what.kind === 'delete') expect(was === null || was.reason === 'by_holder').toBe(true);
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
        if (before?.card.ended?.reason !== 'kill_code' && after?.card.ended?.reason === 'kill_code') count('killed');
        if (before && !after) count('deleted');
        if (before?.card.ended?.reason === 'kill_code' && after?.card.status === 'valid') count('cured');
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

it('of codes only the newest stops a card, whoever tries the others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.nat(4), async (made, tried) => {
      const world = createLifeWorld();
      const account = accountOf(1);
      await tryEnrol(world, account, 1);
      const codes: string[] = [];
      for (let at = 0; at < made; at += 1) {
        const issued = await issueKillCode(world.ports, account);
        if (issued.ok) codes.push(issued.value.code);
      }
      const at = tried % made;
      const killed = await killCard(world.ports, null, codes[at] ?? '');
      expect(killed.ok).toBe(at === made - 1);
      expect(identityOf(world, account)?.card.status).toBe(killed.ok ? 'suspended' : 'valid');
      expect(world.ports.killCodeKeyOf((codes.at(-1) ?? '').replaceAll('-', '') as KillCode)).toBe(
        identityOf(world, account)?.killCode?.key,
      );
    }),
    { numRuns: 20 },
  );
});
