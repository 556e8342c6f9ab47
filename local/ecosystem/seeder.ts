import tcb from '@cloudbase/node-sdk';
import type { LocalCloud } from '../cloud';

/** A document of a collection, under its id. */
export type Seedling = { readonly _id: string } & Readonly<Record<string, unknown>>;

/** Puts documents where there are none of their ids; what is there already stays. */
export type Seed = (collection: string, documents: readonly Seedling[]) => Promise<void>;

/**
 * What enters documents by hand, as an operator's console would. All of a collection go together: outside of a function the SDK asks the
 * network for a server of the platform's with every request, and a program that ends waits for the answers.
 */
export const seederOf = ({ credentials }: LocalCloud): Seed => {
  const { envId, secretId, secretKey, serviceUrl } = credentials;
  const database = tcb.init({ env: envId, secretId, secretKey, serviceUrl }).database();
  return async (name, documents) => {
    const collection = database.collection(name);
    const query = { _id: database.command.in(documents.map(({ _id }) => _id)) };
    const answer = (await collection.where(query).limit(documents.length).get()) as { data: readonly Seedling[] };
    const present = new Set(answer.data.map(({ _id }) => _id));
    const missing = documents.filter(({ _id }) => !present.has(_id));
    if (missing.length > 0) await collection.add(missing);
  };
};
