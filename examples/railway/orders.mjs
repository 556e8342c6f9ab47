import { createHash, randomBytes } from 'node:crypto';
import tcb from '@cloudbase/node-sdk';

/** How long a traveller may take to answer, in milliseconds. */
const LIFE_MS = 10 * 60 * 1000;

/** How long a ticket can be looked at after that, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** The browser has the id; the database only its hash, so that whoever reads the one cannot use the other. */
const nameOf = (id) => createHash('sha256').update(id).digest('hex');

/** The railway's orders, in the collection `orders` of its own environment. */
export const openOrders = () => {
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  const database = app.database();
  const collection = database.collection('orders');

  return {
    /** Keeps a new order. @returns its id, for the browser that ordered */
    begin: async (train, kept) => {
      const id = randomBytes(32).toString('base64url');
      await collection.where({ expiresAt: database.command.lt(Date.now() - KEPT_MS) }).remove();
      await collection.add({ _id: nameOf(id), state: 'asked', train, kept, expiresAt: Date.now() + LIFE_MS });
      return id;
    },
    find: async (id) => {
      const { data } = await collection
        .where({ _id: nameOf(id) })
        .limit(1)
        .get();
      return data[0] ?? null;
    },
    /** Writes down what became of it, once. @returns false where that was written before, or it is over */
    settle: async (id, outcome) => {
      const open = { _id: nameOf(id), state: 'asked', expiresAt: database.command.gt(Date.now()) };
      const { updated } = await collection.where(open).update({ ...outcome, kept: database.command.remove() });
      return updated === 1;
    },
  };
};
