import type { AccountKey, ListMassActsReply, MassActEntry } from '../../../protocol';
import { done, type Result } from '../result';
import type { MassAct } from '../status/mass-act';
import { asOperator, type OperatorPorts } from './operator';

export interface ListMassActsPorts extends OperatorPorts {
  /** Acts on many cards, the newest first. */
  readonly loadNewestActs: (limit: number) => Promise<readonly MassAct[]>;
}

/** How many acts are listed. */
const PAGE = 50;

const entryOf = (act: MassAct): MassActEntry => {
  const { id: proposal, count, total, startedAt, task } = act;
  const progress = { proposal, count, total, startedAt, finishedAt: act.state === 'done' ? act.finishedAt : null };
  return task.act === 'revoke'
    ? { kind: 'revoke_cards', target: task.target, reason: task.reason, ...progress }
    : { kind: 'renew_cards', target: task.target, ...progress };
};

/** The newest acts on many cards: what each does, how far it is, and since when. Refuses `not_permitted`. */
export const listMassActs = (ports: ListMassActsPorts, account: AccountKey): Promise<Result<ListMassActsReply>> =>
  asOperator(ports, account, 'seeMassActs', async () =>
    done({ ok: true, acts: (await ports.loadNewestActs(PAGE)).map(entryOf) }),
  );
