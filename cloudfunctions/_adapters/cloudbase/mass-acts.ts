import type { IdentityKey } from '../../../protocol';
import type { RenewCredentialPorts } from '../../_core/card/renew-credential';
import type { ListKeysPorts } from '../../_core/operators/list-keys';
import type { ListMassActsPorts } from '../../_core/operators/list-mass-acts';
import type { MassAct, MassCriterion, RunningMassAct } from '../../_core/status/mass-act';
import type { BeginMassActPorts, MassActPorts } from '../../_core/status/mass-acts';
import { countOf, database, isDuplicate } from './app';

/** An act as it lies in the collection `mass_acts`, under the id of its proposal. */
type ActDocument<Act extends MassAct = MassAct> = Omit<Act, 'id'> & { readonly _id: string };

// The compiler cannot follow that of each member of the union only the name of the id changes.
const actOf = <Act extends MassAct>({ _id, ...act }: ActDocument<Act>): Act => ({ ...act, id: _id }) as unknown as Act;

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

const count = async (collection: typeof acts, query: object): Promise<number> =>
  countOf(((await collection.where(query).count()) as { total?: unknown }).total);

/** Acts on many cards, the cards that they meet, and the queue of those that need a new credential. */
export const massActs: Pick<MassActPorts, 'loadRunningActs' | 'loadMatching' | 'advanceAct' | 'queueRemint'> &
  Pick<BeginMassActPorts, 'createMassAct' | 'countMatching'> &
  Pick<ListMassActsPorts, 'loadNewestActs'> &
  Pick<ListKeysPorts, 'countQueued'> &
  Pick<RenewCredentialPorts, 'leaveRemintQueue'> = {
  createMassAct: ({ id, ...created }) => add(acts, { _id: id, ...created }),
  countMatching: (criterion) => count(database.collection('identities'), queryOf(criterion)),
  loadRunningActs: async () => {
    const running = await acts.where({ state: 'running' }).limit(ACTS).get();
    return (running.data as readonly ActDocument<RunningMassAct>[]).map(actOf);
  },
  loadNewestActs: async (limit) => {
    const newest = await acts.where({}).orderBy('startedAt', 'desc').limit(limit).get();
    return (newest.data as readonly ActDocument[]).map(actOf);
  },
  loadMatching: async (criterion, after, limit) => {
    const query = { ...queryOf(criterion), ...(after !== null && { _id: command.gt(after) }) };
    const page = database.collection('identities').where(query).orderBy('_id', 'asc').limit(limit);
    const { data } = (await page.field({ _id: true }).get()) as { data: readonly { readonly _id: IdentityKey }[] };
    return data.map(({ _id }) => _id);
  },
  advanceAct: async ({ id, cursor, count: reckoned }, next) => {
    const query = { _id: id, state: 'running', count: reckoned, cursor: command.eq(cursor) };
    const { cursor: reached, count: met, state } = next;
    const change = { cursor: reached, count: met, state, ...(state === 'done' && { finishedAt: next.finishedAt }) };
    const answer = (await acts.where(query).update(change)) as { updated?: unknown };
    return countOf(answer.updated) === 1;
  },
  queueRemint: async (key, kid, at) => {
    await add(queue, { _id: key, kid, queuedAt: at });
  },
  countQueued: (kid) => count(queue, { kid }),
  leaveRemintQueue: async (key) => {
    await queue.where({ _id: key }).remove();
  },
};
