import type { IdentityKey } from '../../../protocol';
import type { RenewCredentialPorts } from '../../_core/card/renew-credential';
import type { CreateMassAct, MassAct, MassCriterion } from '../../_core/status/mass-act';
import type { MassActPorts } from '../../_core/status/mass-acts';
import { countOf, database, isDuplicate } from './app';

/** An act as it lies in the collection `mass_acts`. */
interface ActDocument extends Omit<MassAct, 'id'> {
  readonly _id: string;
}

const acts = database.collection('mass_acts');
const queue = database.collection('remint_queue');
const { command } = database;

/** Acts that may be under way at once. */
const ACTS = 20;

const queryOf = (criterion: MassCriterion): Readonly<Record<string, unknown>> => {
  switch (criterion.by) {
    case 'kid':
      return { 'card.credential.kid': criterion.kid };
    case 'office':
      return { office: criterion.office };
    case 'minted':
      return { 'card.mintedAt': command.gte(criterion.from).and(command.lt(criterion.to)) };
  }
};

const add = async (collection: typeof acts, document: object): Promise<boolean> => {
  try {
    await collection.add(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
};

/** Acts on many cards, the cards that they meet, and the queue of those that need a new credential. */
export const massActs: Pick<MassActPorts, 'loadRunningActs' | 'loadMatching' | 'advanceAct' | 'queueRemint'> &
  Pick<RenewCredentialPorts, 'leaveRemintQueue'> & { readonly createMassAct: CreateMassAct } = {
  createMassAct: ({ id, ...created }) => add(acts, { _id: id, ...created }),
  loadRunningActs: async () => {
    const { data } = (await acts.where({ state: 'running' }).limit(ACTS).get()) as { data: readonly ActDocument[] };
    return data.map(({ _id, ...act }) => ({ ...act, id: _id }));
  },
  loadMatching: async (criterion, after, limit) => {
    const query = { ...queryOf(criterion), ...(after !== null && { _id: command.gt(after) }) };
    const page = database.collection('identities').where(query).orderBy('_id', 'asc').limit(limit);
    const { data } = (await page.field({ _id: true }).get()) as { data: readonly { readonly _id: IdentityKey }[] };
    return data.map(({ _id }) => _id);
  },
  advanceAct: async ({ id, cursor, count }, next) => {
    const query = { _id: id, state: 'running', count, cursor: command.eq(cursor) };
    const change = { cursor: next.cursor, count: next.count, state: next.state };
    const answer = (await acts.where(query).update(change)) as { updated?: unknown };
    return countOf(answer.updated) === 1;
  },
  queueRemint: async (key, kid, at) => {
    await add(queue, { _id: key, kid, queuedAt: at });
  },
  leaveRemintQueue: async (key) => {
    await queue.where({ _id: key }).remove();
  },
};
