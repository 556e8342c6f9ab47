import { anyCard, card, cardId, CARDS, PER_OWNER } from './cards';
import type { Caller } from './load';
import type { BenchServer } from './server';
import { openWire, preparing, type Wire } from './wire';

const PREPARED = 3000;
const PREPARED_INSERTS = 30_000;

/** One of the bench's operations, for any number of callers up to the most. */
export interface Operation {
  readonly name: string;
  readonly callers: (count: number) => readonly Caller[];
}

/** Requests of point reads to a server that only pretends to have answered them. */
export const bareOperation = (url: string, { sdkEnvironment }: BenchServer, most: number) => {
  const wires = Array.from({ length: most }, () => openWire(url));
  const query = JSON.stringify({ _id: cardId(0) });
  const parameters = { collectionName: 'cards', queryType: 'DOC', query, limit: 1 };
  const request = preparing(url, sdkEnvironment)('database.getDocument', parameters);
  return {
    name: 'bare HTTP of Node',
    callers: (count: number) =>
      wires.slice(0, count).map((wire): Caller => async () => {
        check(await wire.send(request), 'Holder');
        return 'done';
      }),
    close: () => {
      for (const wire of wires) wire.close();
    },
  };
};

/** The bench's operations as bare requests, and what closes their connections. */
export const wireOperations = ({ url, sdkEnvironment }: BenchServer, most: number) => {
  const wires = Array.from({ length: most }, () => openWire(url));
  const prepare = preparing(url, sdkEnvironment);
  const json = (value: unknown): string => JSON.stringify(value);

  /** Callers that send requests of a common stock. */
  const from = (stock: () => Buffer | undefined, expected: string) => (count: number) =>
    wires.slice(0, count).map((wire): Caller => async () => {
      const request = stock();
      if (request === undefined) return 'over';
      check(await wire.send(request), expected);
      return 'done';
    });

  const again = (make: () => Buffer): (() => Buffer | undefined) => {
    const requests = Array.from({ length: PREPARED }, make);
    let next = 0;
    return () => requests[next++ % requests.length];
  };
  const once = (count: number, make: (at: number) => Buffer): (() => Buffer | undefined) => {
    const requests = Array.from({ length: count }, (_none, at) => make(at));
    return () => requests.pop();
  };

  const byId = () => ({ collectionName: 'cards', queryType: 'DOC', query: json({ _id: cardId(anyCard()) }) });
  let inserted = 2 * CARDS;

  const operations: readonly Operation[] = [
    {
      name: 'point read',
      callers: from(
        again(() => prepare('database.getDocument', { ...byId(), limit: 1 })),
        'Holder',
      ),
    },
    {
      name: `indexed query of ${String(PER_OWNER)}`,
      callers: from(
        again(() => {
          const query = json({ owner: card(anyCard()).owner });
          return prepare('database.getDocument', { collectionName: 'cards', queryType: 'WHERE', query });
        }),
        'Holder',
      ),
    },
    {
      name: 'conditional update',
      callers: from(
        again(() => {
          const query = json({ _id: cardId(anyCard()), state: 'issued' });
          const data = json({ $inc: { version: { $numberInt: '1' } } });
          const how = { queryType: 'WHERE', multi: true, merge: true, upsert: false };
          return prepare('database.modifyDocument', { collectionName: 'cards', query, data, ...how });
        }),
        '"updated":1',
      ),
    },
    {
      name: 'insert',
      callers: from(
        once(PREPARED_INSERTS, () => {
          const { issuedAt, ...fields } = card((inserted += 1));
          const document = { ...fields, issuedAt: { $date: issuedAt.toISOString() } };
          return prepare('database.insertDocument', { collectionName: 'cards', data: [json(document)] });
        }),
        'insertedIds',
      ),
    },
    {
      name: 'transaction of 3',
      callers: (count) => wires.slice(0, count).map((wire) => transactionOver(wire)),
    },
  ];

  /** These cannot be signed ahead: each names the transaction that its first answer named. */
  const transactionOver =
    (wire: Wire): Caller =>
    async () => {
      const { transactionId } = JSON.parse(await wire.send(prepare('database.startTransaction', {}))) as {
        transactionId: string;
      };
      // One after the other, so that no two that are open want the same document.
      const query = json({ _id: cardId((inserted += 1) % CARDS) });
      const target = { collectionName: 'cards', queryType: 'DOC', query, transactionId };
      const act = async (action: string, parameters: Record<string, unknown>, expected: string): Promise<void> => {
        check(await wire.send(prepare(action, parameters)), expected);
      };
      await act('database.getDocument', { ...target, limit: 1 }, 'Holder');
      const data = json({ $inc: { version: { $numberInt: '1' } } });
      const how = { multi: false, merge: true, upsert: false };
      await act('database.modifyDocument', { ...target, data, ...how }, '"updated":1');
      const entry = { collectionName: 'entries', data: [json({ of: query })], transactionId };
      await act('database.insertDocument', entry, 'insertedIds');
      await act('database.commitTransaction', { transactionId }, 'requestId');
      return 'done';
    };

  return {
    operations,
    close: () => {
      for (const wire of wires) wire.close();
    },
  };
};

const check = (answer: string, expected: string): void => {
  if (!answer.includes(expected) || answer.includes('"code"')) throw new Error(`answered ${answer.slice(0, 300)}`);
};
