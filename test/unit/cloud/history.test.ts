import { newHistory } from '../../../local/cloud/database/history';

const row = (n: number) => ({ seq: 1, document: { _id: 'a', n } });
const change = (n: number, id = '"a"') => ({ collection: 'c', id, before: row(n), touches: [id] });

it('keeps a document once for each snapshot that sees it differently, however often it changes', () => {
  const history = newHistory();
  const first = history.open();
  for (const n of [1, 2, 3]) history.add([change(n)]);
  const second = history.open();
  for (const n of [4, 5, 6]) history.add([change(n)]);
  expect(history.size()).toBe(2);
  expect(history.changedSince('c', first)).toEqual(new Map([['"a"', row(1)]]));
  expect(history.changedSince('c', second)).toEqual(new Map([['"a"', row(4)]]));
  expect(history.changedSince('d', first)).toEqual(new Map());
});

it('tells of changes made at once the state before all of them', () => {
  const history = newHistory();
  const snapshot = history.open();
  history.add([change(1), change(2), change(3, '"b"')]);
  expect(history.changedSince('c', snapshot)).toEqual(
    new Map([
      ['"a"', row(1)],
      ['"b"', row(3)],
    ]),
  );
  expect(history.hasChangedSince('"b"', snapshot)).toBe(true);
  expect(history.hasChangedSince('"b"', history.open())).toBe(false);
});

it.each([
  ['the oldest first', ['first', 'second']],
  ['the newest first', ['second', 'first']],
] as const)('forgets what no open snapshot needs, %s', (_name, order) => {
  const history = newHistory();
  const snapshots = { first: history.open(), second: 0 };
  history.add([change(1)]);
  snapshots.second = history.open();
  history.add([change(2), change(3, '"b"')]);
  const [one, other] = order;
  history.close(snapshots[one]);
  expect(history.changedSince('c', snapshots[other]).get('"a"')).toEqual(row(other === 'first' ? 1 : 2));
  expect(history.size()).toBe(other === 'first' ? 3 : 2);
  expect(history.oldest()).toBe(snapshots[other]);
  history.close(snapshots[other]);
  expect([history.size(), history.oldest()]).toEqual([0, undefined]);
});
