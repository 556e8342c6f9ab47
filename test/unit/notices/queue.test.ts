import { instant } from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { derivedId } from '../../../cloudfunctions/_core/derived-id';
import { makeNotices, queueNotices, type ToTell } from '../../../cloudfunctions/_core/notices/queue-notices';
import { createNoticeWorld, DAY_MS, holderNumber } from '../../support/notice-world';

const at = instant(1_700_000_000_000);
const consent = (number: number, client = 'bank') => ({
  ...{ number, client, partner: `partner-of-${client}` },
  until: instant(at + 90 * DAY_MS),
});
const stands = (number: number, status: 'valid' | 'suspended', client = 'bank'): ToTell => ({
  consent: consent(number, client),
  happened: { kind: 'card-status-changed', status, at },
});
const withdrawn = (number: number): ToTell => ({
  consent: consent(number),
  happened: { kind: 'consent-withdrawn', at },
});

const createWorld = () => {
  const { store, ports } = createNoticeWorld();
  const queue = async (revision: number, ...all: readonly ToTell[]): Promise<void> => {
    for (const queued of makeNotices(ports, holderNumber(1), { revision, at, all }))
      await queueNotices(ports, queued, at);
  };
  const statuses = (): readonly unknown[] =>
    store.waiting().map(({ happened }) => ('status' in happened ? happened.status : 'withdrawn'));
  return { store, ports, queue, statuses };
};

describe('what is queued', () => {
  it('waits in one line for each holder and server, under ids that follow from the change', () => {
    const { ports } = createWorld();
    const make = (holder: number, revision: number) =>
      makeNotices(ports, holderNumber(holder), {
        ...{ revision, at },
        all: [stands(1, 'valid'), stands(2, 'valid'), stands(3, 'valid', 'railway')],
      });
    const lines = make(1, 7);
    expect(lines.map(({ client, notices }) => [client, notices.length])).toEqual([
      ['bank', 2],
      ['railway', 1],
    ]);
    const idsOf = (all: typeof lines) => all.flatMap(({ notices }) => notices.map(({ id }) => id));
    expect(idsOf(make(1, 7))).toEqual(idsOf(lines));
    const all = [...lines, ...make(1, 8), ...make(2, 7)];
    expect(new Set(idsOf(all)).size).toBe(9);
    expect(new Set(all.map(({ key }) => key)).size).toBe(4);
  });

  it('says in clear neither whom it is about nor what is told', () => {
    const { ports } = createWorld();
    const [line] = makeNotices(ports, holderNumber(1), { revision: 1, at, all: [withdrawn(4)] });
    const text = JSON.stringify(line);
    const { identity, holder, reference } = ports.drawNames(holderNumber(1), 'partner-of-bank');
    for (const secret of [identity, holder, reference, 'partner-of-bank']) expect(text).not.toContain(secret);
  });

  it('says in clear neither which revision nor which consent it was, and nothing that two lines have in common', () => {
    const { ports } = createWorld();
    const make = (revision: number, number = 4) =>
      makeNotices(ports, holderNumber(1), {
        ...{ revision, at },
        all: [stands(number, 'valid'), stands(number, 'valid', 'railway')],
      });
    const orders = (revision: number): readonly number[] => make(revision).map(({ order }) => order);
    const [ofBank = 0, ofRailway = 0] = orders(7);
    expect(orders(9)).toEqual([ofBank + 2, ofRailway + 2]);
    expect(Math.min(ofBank, ofRailway, Math.abs(ofBank - ofRailway))).toBeGreaterThan(2 ** 30);
    expect(Number.isSafeInteger(Math.max(ofBank, ofRailway) + 2 ** 32)).toBe(true);
    const names = (number: number): readonly string[] =>
      make(7, number).flatMap(({ notices }) => notices.map(({ consent }) => consent));
    expect(names(4)).toEqual(make(8).flatMap(({ notices }) => notices.map(({ consent: name }) => name)));
    expect(new Set([...names(4), ...names(5)]).size).toBe(4);
    for (const name of names(4)) expect(name).toMatch(/^[0-9a-f]{32}$/);
    // Nor can it be tried by the ids, as what these would follow from is all known or few.
    const [line] = make(7);
    const tried = [4, '4'].flatMap((number) =>
      [7, ofBank].map((order) =>
        derivedId(sha256, `notice ${JSON.stringify([line?.key, number, 'card-status-changed', order])}`),
      ),
    );
    expect(tried).not.toContain(line?.notices[0]?.id ?? tried[0]);
  });

  it('waits once, however often the same change is queued, and also where it was told meanwhile', async () => {
    const { store, ports, queue } = createWorld();
    await queue(5, stands(1, 'suspended'));
    await queue(5, stands(1, 'suspended'));
    expect(store.waiting()).toHaveLength(1);
    const [line] = store.lines();
    if (!line) throw new Error('no line');
    await ports.replaceNoticeLine(line, { ...line, revision: line.revision + 1, waiting: [], dueAt: null });
    await queue(5, stands(1, 'suspended'));
    await queue(4, stands(1, 'valid'));
    expect(store.waiting()).toEqual([]);
  });

  it('does not get behind a later change', async () => {
    const { queue, statuses } = createWorld();
    await queue(7, stands(1, 'valid'));
    await queue(5, stands(1, 'suspended'));
    expect(statuses()).toEqual(['valid']);
  });

  it('takes the place of what it makes old, but for the first, which may be under way, and for withdrawals', async () => {
    const { store, queue, statuses } = createWorld();
    await queue(1, stands(1, 'suspended'));
    await queue(2, stands(1, 'valid'), withdrawn(2));
    await queue(3, stands(1, 'suspended'), stands(3, 'suspended'));
    expect(statuses()).toEqual(['suspended', 'withdrawn', 'suspended', 'suspended']);
    for (let order = 4; order < 40; order += 1) await queue(order, stands(1, 'valid'), stands(3, 'valid'));
    expect(statuses()).toEqual(['suspended', 'withdrawn', 'valid', 'valid']);
    expect(store.lines()).toHaveLength(1);
  });

  it('of a consent that is withdrawn is dropped wherever it waits, and of others it is not', async () => {
    const { store, queue, statuses } = createWorld();
    await queue(1, stands(1, 'suspended'), stands(2, 'suspended'));
    await queue(2, withdrawn(1), stands(2, 'valid'));
    expect(statuses()).toEqual(['withdrawn', 'valid']);
    expect(store.lines()).toMatchObject([{ tries: 0, dueAt: at }]);
    await queue(3, withdrawn(2));
    expect(statuses()).toEqual(['withdrawn', 'withdrawn']);
  });

  it('tells a withdrawal under one id, with whatever later change it is queued again', async () => {
    const { store, ports, queue, statuses } = createWorld();
    await queue(1, withdrawn(4));
    await queue(2, withdrawn(4), stands(1, 'valid'));
    expect(statuses()).toEqual(['withdrawn', 'valid']);
    const [first] = store.lines()[0]?.waiting ?? [];
    const again = makeNotices(ports, holderNumber(1), { revision: 9, at, all: [withdrawn(4)] });
    expect(again[0]?.notices[0]?.id).toBe(first?.id);
  });

  it('is written by one of two at once, and after it by the other', async () => {
    const { store, queue, statuses } = createWorld();
    await Promise.all([queue(1, stands(1, 'suspended')), queue(2, withdrawn(2)), queue(1, stands(1, 'suspended'))]);
    // Which one came first is chance, and an earlier change that comes last is left out.
    expect(store.lines()).toHaveLength(1);
    expect(statuses().filter((status) => status === 'withdrawn')).toHaveLength(1);
    expect(statuses().filter((status) => status === 'suspended').length).toBeLessThan(2);
  });
});
