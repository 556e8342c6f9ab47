import { eventId, hex, instant, mayActCritically, mayOperate } from '../../../protocol';
import type {
  AccountKey,
  ConfirmActRequest,
  DoneReply,
  ListActsReply,
  ProposeActReply,
  ProposeActRequest,
  Sha256,
  WithdrawActRequest,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import { criticalActOf, hashOf, PROPOSAL_LIFE_MS } from './critical-act';
import type {
  ClearProposalOutbox,
  CreateProposal,
  CriticalAct,
  ListProposals,
  ListUnsettledProposals,
  LoadProposal,
  Proposal,
  ReplaceProposal,
} from './critical-act';
import type { Operator, OperatorPorts } from './operator';
import type { OperatorAct, OperatorDeed, RecordOperatorAct } from './operator-act';

export interface ProposalPorts extends OperatorPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly sha256: Sha256;
  readonly createProposal: CreateProposal;
  readonly loadProposal: LoadProposal;
  readonly replaceProposal: ReplaceProposal;
  readonly listProposals: ListProposals;
  readonly listUnsettledProposals: ListUnsettledProposals;
  readonly clearProposalOutbox: ClearProposalOutbox;
  readonly recordOperatorAct: RecordOperatorAct;
  /** Does what was confirmed; done twice is done once. A refusal is final: what is confirmed of a card that is gone stays undone. */
  readonly carryOut: (act: CriticalAct, proposal: Pick<Proposal, 'id' | 'proposedBy'>) => Promise<Result<unknown>>;
}

/** An operator's deed at this moment. */
export const operatorAct = (
  ports: Pick<ProposalPorts, 'now' | 'randomBytes'>,
  operator: string,
  deed: OperatorDeed,
): OperatorAct => ({
  id: eventId(hex(ports.randomBytes(16))),
  at: ports.now(),
  happening: { ...deed, operator },
});

/**
 * Finishes what a proposal's state asks for: its entries in the log, then, where it is confirmed, the act itself. Whatever is
 * interrupted is finished by the next call, or by the job that looks for it.
 */
export const settleProposal = async (ports: ProposalPorts, found: Proposal): Promise<Proposal> => {
  for (const entry of found.outbox) await ports.recordOperatorAct(entry);
  const recorded = found.outbox.map(({ id }) => id);
  if (recorded.length > 0) await ports.clearProposalOutbox(found.id, recorded);
  if (found.state !== 'confirmed') return found;
  const { id, confirmedBy } = found;
  const carried = await ports.carryOut(found.act, found);
  const outcome = carried.ok ? null : carried.error.code;
  const entry = operatorAct(ports, confirmedBy, { kind: 'act_carried_out', proposal: id, outcome });
  const carriedOut = { ...found, state: 'carriedOut', outcome, outbox: [entry] } as const;
  if (await ports.replaceProposal(found, carriedOut)) return settleProposal(ports, carriedOut);
  // Another call has finished it.
  return (await ports.loadProposal(id)) ?? found;
};

const outcomeOf = (settled: Proposal): Result<DoneReply> =>
  settled.state === 'carriedOut' && settled.outcome !== null ? refuse(settled.outcome) : done({ ok: true });

const isOver = ({ proposedAt }: Proposal, at: number): boolean => proposedAt + PROPOSAL_LIFE_MS <= at;

/**
 * Proposes an act that takes a second operator. Nothing happens until that one confirms it.
 * Refuses `not_permitted`, and `request_invalid` where target or reason do not belong to the act.
 */
export const proposeAct = async (
  ports: ProposalPorts,
  account: AccountKey,
  { kind, target, reason }: ProposeActRequest,
): Promise<Result<ProposeActReply>> => {
  const operator = await ports.loadOperator(account);
  if (!operator || !mayActCritically(operator.role, kind)) return refuse('not_permitted');
  const act = criticalActOf(kind, target, reason);
  if (!act) return refuse('request_invalid', { at: '/reason' });
  const id = hex(ports.randomBytes(16));
  const proposedAt = ports.now();
  const entry = operatorAct(ports, operator.id, { kind: 'act_proposed', proposal: id, act: kind, target, reason });
  const hash = hashOf(ports.sha256, id, act);
  const proposal = { id, act, hash, proposedBy: operator.id, proposedAt, outbox: [entry], state: 'proposed' } as const;
  await ports.createProposal(proposal);
  await settleProposal(ports, proposal);
  return done({ ok: true, proposal: id, hash, expiresAt: instant(proposedAt + PROPOSAL_LIFE_MS) });
};

/** Whether that operator may confirm or withdraw the act: the roles that may propose it. */
const mayDecide = (operator: Operator | null, found: Proposal): operator is Operator =>
  operator !== null && mayActCritically(operator.role, found.act.kind);

/**
 * Confirms what another operator proposed, and carries it out. The same call again finishes what was interrupted.
 * Refuses `not_permitted`, `not_found`, `second_person_needed` to who proposed it, `act_differs` where the hash is not that of the
 * stored act, `wrong_step` for one that is over, withdrawn or confirmed by somebody else, and what the act itself refuses.
 */
export const confirmAct = async (
  ports: ProposalPorts,
  account: AccountKey,
  { proposal, hash }: ConfirmActRequest,
): Promise<Result<DoneReply>> => {
  const operator = await ports.loadOperator(account);
  const found = operator && (await ports.loadProposal(proposal));
  if (!operator) return refuse('not_permitted');
  if (!found) return refuse('not_found');
  if (!mayDecide(operator, found)) return refuse('not_permitted');
  if (operator.id === found.proposedBy) return refuse('second_person_needed');
  if (hash !== found.hash || hash !== hashOf(ports.sha256, found.id, found.act)) return refuse('act_differs');
  if (found.state === 'confirmed' || found.state === 'carriedOut') {
    if (found.confirmedBy !== operator.id) return refuse('wrong_step');
    return outcomeOf(await settleProposal(ports, found));
  }
  if (found.state !== 'proposed' || isOver(found, ports.now())) return refuse('wrong_step');
  const entry = operatorAct(ports, operator.id, { kind: 'act_confirmed', proposal: found.id });
  const outbox = [...found.outbox, entry];
  const confirmed = { ...found, state: 'confirmed', confirmedBy: operator.id, outbox } as const;
  if (!(await ports.replaceProposal(found, confirmed))) return refuse('wrong_step');
  return outcomeOf(await settleProposal(ports, confirmed));
};

/** Takes back what nobody has confirmed: its proposer, or whoever could confirm it. Refuses as `confirmAct` does. */
export const withdrawAct = async (
  ports: ProposalPorts,
  account: AccountKey,
  { proposal }: WithdrawActRequest,
): Promise<Result<DoneReply>> => {
  const operator = await ports.loadOperator(account);
  const found = operator && (await ports.loadProposal(proposal));
  if (!operator) return refuse('not_permitted');
  if (!found) return refuse('not_found');
  if (!mayDecide(operator, found)) return refuse('not_permitted');
  if (found.state === 'withdrawn') return done({ ok: true });
  if (found.state !== 'proposed') return refuse('wrong_step');
  const entry = operatorAct(ports, operator.id, { kind: 'act_withdrawn', proposal: found.id });
  const withdrawn = { ...found, state: 'withdrawn', outbox: [...found.outbox, entry] } as const;
  if (!(await ports.replaceProposal(found, withdrawn))) return refuse('wrong_step');
  await settleProposal(ports, withdrawn);
  return done({ ok: true });
};

/** How many proposals are listed at once. */
const PAGE = 50;

/** What waits for a second operator, oldest first. Refuses `not_permitted`. */
export const listActs = async (
  ports: Pick<ProposalPorts, 'now' | 'loadOperator' | 'listProposals'>,
  account: AccountKey,
): Promise<Result<ListActsReply>> => {
  const operator = await ports.loadOperator(account);
  if (!operator || !mayOperate(operator.role, 'seeActs')) return refuse('not_permitted');
  const waiting = await ports.listProposals(instant(ports.now() - PROPOSAL_LIFE_MS), PAGE);
  return done({
    ok: true,
    acts: waiting.map(({ id, act, hash, proposedBy, proposedAt }) => ({
      proposal: id,
      ...act,
      hash,
      proposedAt,
      isOwn: proposedBy === operator.id,
    })),
  });
};
