import fc from 'fast-check';

/** A document: a number, and a key that no two documents may have. */
export interface Item {
  readonly v: number;
  readonly key?: string;
}
export type Items = ReadonlyMap<string, Item>;

/** What is done to one document, or to all of them. */
export type Edit =
  | { readonly kind: 'add' | 'set'; readonly id: string; readonly item: Item }
  | { readonly kind: 'increase' | 'remove'; readonly id: string }
  | { readonly kind: 'increase all' };
/** A step, and by whom it is made: a transaction, by its number, or somebody beside all of them. */
export type Step =
  | { readonly by: number; readonly kind: 'read' | 'commit' | 'abort' }
  | { readonly by: number; readonly kind: 'edit'; readonly edit: Exclude<Edit, { kind: 'increase all' }> }
  | { readonly by: 'beside'; readonly kind: 'read' }
  | { readonly by: 'beside'; readonly kind: 'edit'; readonly edit: Edit };

/** What came of a step: documents in their order, how many changed, or why not. */
export type Outcome = readonly (readonly [string, Item])[] | number | 'conflict' | 'taken' | 'over';

const ids = fc.constantFrom('a', 'b', 'c');
const items: fc.Arbitrary<Item> = fc.record(
  { v: fc.integer({ min: 0, max: 2 }), key: fc.constantFrom('x', 'y') },
  { requiredKeys: ['v'], noNullPrototype: true },
);
const edits = fc.oneof(
  fc.record({ kind: fc.constantFrom('add' as const, 'set' as const), id: ids, item: items }),
  fc.record({ kind: fc.constantFrom('increase' as const, 'remove' as const), id: ids }),
);
const transactions = fc.constantFrom(0, 1, 2);
/** Any step. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ by: transactions, kind: fc.constant('edit' as const), edit: edits }) },
  { weight: 2, arbitrary: fc.record({ by: transactions, kind: fc.constant('read' as const) }) },
  { weight: 2, arbitrary: fc.record({ by: transactions, kind: fc.constantFrom('commit' as const, 'abort' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      by: fc.constant('beside' as const),
      kind: fc.constant('edit' as const),
      edit: fc.oneof({ weight: 4, arbitrary: edits }, fc.constant({ kind: 'increase all' as const })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ by: 'beside' as const, kind: 'read' as const }) },
);

/** A change that an edit asks for, and what it gives. */
interface Change {
  readonly id: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

const changesOf = (edit: Edit, seen: Items): readonly Change[] => {
  if (edit.kind === 'increase all') {
    return [...seen].map(([id, item]) => ({ id, before: item, after: { ...item, v: item.v + 1 } }));
  }
  const before = seen.get(edit.id);
  if (edit.kind === 'add') return [{ id: edit.id, before: undefined, after: edit.item }];
  if (edit.kind === 'set') {
    const isSame = before?.v === edit.item.v && before.key === edit.item.key;
    return isSame ? [] : [{ id: edit.id, before, after: edit.item }];
  }
  if (before === undefined) return [];
  return [{ id: edit.id, before, after: edit.kind === 'remove' ? undefined : { ...before, v: before.v + 1 } }];
};

/** The document, and the key that it takes or gives up. */
const touchesOf = ({ id, before, after }: Change): string[] =>
  before?.key === after?.key
    ? [id]
    : [id, ...[before?.key, after?.key].flatMap((key) => (key === undefined ? [] : [`key ${key}`]))];

const isTaken = ({ id, before, after }: Change, seen: Items): boolean =>
  (before === undefined && seen.has(id)) ||
  (after?.key !== undefined && [...seen].some(([other, { key }]) => other !== id && key === after.key));

const applied = (seen: Items, { id, after }: Change): Items => {
  const next = new Map(seen);
  if (after === undefined) next.delete(id);
  else next.set(id, after);
  return next;
};

/** The same database with a copy of everything for each transaction, one step after another. */
export const model = () => {
  interface Transaction {
    snapshot?: { readonly items: Items; readonly at: number };
    seen: Items;
    changes: Change[];
    readonly held: Set<string>;
    waiting: (() => void)[];
  }
  let stored: Items = new Map();
  let clock = 0;
  const changedAt = new Map<string, number>();
  const open = new Map<number, Transaction>();
  const outcomes: (Outcome | 'waits')[] = [];

  const change = (one: Change): void => {
    stored = applied(stored, one);
    for (const touch of touchesOf(one)) changedAt.set(touch, clock);
  };

  const end = (number: number): void => {
    const ended = open.get(number);
    open.delete(number);
    for (const retry of ended?.waiting ?? []) retry();
  };

  const within = (number: number, step: Step): Outcome => {
    const transaction: Transaction = open.get(number) ?? { seen: new Map(), changes: [], held: new Set(), waiting: [] };
    open.set(number, transaction);
    if (step.kind === 'abort') {
      end(number);
      return 0;
    }
    if (step.kind === 'commit') {
      clock += 1;
      transaction.changes.forEach(change);
      end(number);
      return 0;
    }
    if (!transaction.snapshot) {
      transaction.snapshot = { items: stored, at: clock };
      transaction.seen = stored;
    }
    const { at } = transaction.snapshot;
    if (step.kind !== 'edit') return [...transaction.seen];
    const [asked] = changesOf(step.edit, transaction.seen);
    if (asked === undefined) return 0;
    const others = [...open.values()].filter((other) => other !== transaction);
    const isLost = touchesOf(asked).some(
      (touch) => others.some(({ held }) => held.has(touch)) || (changedAt.get(touch) ?? 0) > at,
    );
    if (isLost || isTaken(asked, transaction.seen)) {
      end(number);
      return isLost ? 'conflict' : 'taken';
    }
    for (const touch of touchesOf(asked)) transaction.held.add(touch);
    transaction.changes.push(asked);
    transaction.seen = applied(transaction.seen, asked);
    return 1;
  };

  const beside = (edit: Edit, tell: (outcome: Outcome) => void): void => {
    const asked = changesOf(edit, stored);
    const holder = asked
      .flatMap(touchesOf)
      .flatMap((touch) => [...open.values()].filter(({ held }) => held.has(touch)))[0];
    if (holder) {
      holder.waiting.push(() => {
        beside(edit, tell);
      });
    } else if (asked.some((one) => isTaken(one, stored))) {
      tell('taken');
    } else {
      clock += 1;
      asked.forEach(change);
      tell(asked.length);
    }
  };

  return {
    /** What has come of every step until now. */
    outcomes: () => [...outcomes],
    stored: () => [...stored],
    isOpen: (number: number) => open.has(number),
    take(step: Step): void {
      const at = outcomes.push('waits') - 1;
      if (step.by !== 'beside') outcomes[at] = within(step.by, step);
      else if (step.kind === 'read') outcomes[at] = [...stored];
      else {
        beside(step.edit, (outcome) => {
          outcomes[at] = outcome;
        });
      }
    },
  };
};
