import { eventId, hex, instant, isInstitutionAct, mayActCritically, mayOperate } from '../../../protocol';
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
import { hindranceOfInstitutionAct, type RegisterPorts } from '../institutions/register';
import type { InstitutionAct } from '../institutions/registration';
import { done, refuse, type Result } from '../result';
import { criticalActOf, hashOf, PROPOSAL_LIFE_MS, spellTarget } from './critical-act';
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
import { isStillSigning, type CardKeyPorts } from './list-keys';
import type { Operator, OperatorPorts } from './operator';
import type { OperatorAct, OperatorDeed, RecordOperatorAct } from './operator-act';

export interface ProposalPorts extends OperatorPorts, CardKeyPorts, RegisterPorts {
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
  /**
   * Does what was confirmed; done twice is done once. A refusal is final: what is confirmed of a card that is gone stays undone.
   * @returns 'later' where the job does it that finishes proposals
   */
  readonly carryOut: (
    act: CriticalAct,
    proposal: Pick<Proposal, 'id' | 'proposedBy' | 'proposedAt'>,
  ) => Promise<Result<unknown> | 'later'>;
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
  if (carried === 'later') return found;
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

const newProposal = (ports: ProposalPorts, operator: Operator, act: CriticalAct, id: string): Proposal => {
  const target = spellTarget(act);
  const { kind, reason } = act;
  const entry = operatorAct(ports, operator.id, { kind: 'act_proposed', proposal: id, act: kind, target, reason });
  const hash = hashOf(ports.sha256, id, act);
  return { id, act, hash, proposedBy: operator.id, proposedAt: ports.now(), outbox: [entry], state: 'proposed' };
};

const replyOf = ({ id, hash, proposedAt }: Proposal): ProposeActReply => ({
  ok: true,
  proposal: id,
  hash,
  expiresAt: instant(proposedAt + PROPOSAL_LIFE_MS),
});

/** Stores a proposal with its entry of the log. @returns null where one has its id already */
const store = async (ports: ProposalPorts, proposal: Proposal): Promise<ProposeActReply | null> => {
  if (!(await ports.createProposal(proposal))) return null;
  await settleProposal(ports, proposal);
  return replyOf(proposal);
};

/** Whether the act may still come of it, or has. */
const isAlive = (found: Proposal, at: number): boolean => {
  switch (found.state) {
    case 'proposed':
      return !isOver(found, at);
    case 'withdrawn':
      return false;
    case 'confirmed':
      return true;
    case 'carriedOut':
      return found.outcome === null;
  }
};

/**
 * Proposes an act that the operator may propose, of which one proposal at a time is enough: where one waits or was confirmed, by whomever
 * it was proposed, it is that one; where it was withdrawn, ran out or could not be done, it is the next.
 * @param idOf the id of the first, the second, … such proposal, counted from 0
 */
export const proposeOnce = async (
  ports: ProposalPorts,
  operator: Operator,
  act: CriticalAct,
  idOf: (at: number) => string,
): Promise<ProposeActReply> => {
  for (let at = 0; ; at += 1) {
    const id = idOf(at);
    const stored = await store(ports, newProposal(ports, operator, act, id));
    if (stored) return stored;
    const found = await ports.loadProposal(id);
    if (found && isAlive(found, ports.now())) return replyOf(await settleProposal(ports, found));
  }
};

const isActOnInstitution = (act: CriticalAct): act is InstitutionAct => isInstitutionAct(act.kind);

/**
 * Proposes an act that takes a second operator. Nothing happens until that one confirms it.
 * Refuses `not_permitted`, `request_invalid` where target or reason do not belong to the act, `key_still_signing` for a renewal of what
 * the same key would sign again, and what `carryOutInstitutionAct` would refuse now.
 */
export const proposeAct = async (
  ports: ProposalPorts,
  account: AccountKey,
  request: ProposeActRequest,
): Promise<Result<ProposeActReply>> => {
  const operator = await ports.loadOperator(account);
  const { kind } = request;
  if (!operator || !mayActCritically(operator.role, kind)) return refuse('not_permitted');
  const act = criticalActOf(request, () => hex(ports.randomBytes(16)));
  if (!act) return refuse('request_invalid', { at: kind === 'revoke_cards' ? '/target' : '/reason' });
  if (act.kind === 'renew_cards' && isStillSigning(ports, act.target.kid, ports.now()))
    return refuse('key_still_signing');
  const hindrance = isActOnInstitution(act) ? await hindranceOfInstitutionAct(ports, act) : null;
  if (hindrance) return { ok: false, error: hindrance };
  const stored = await store(ports, newProposal(ports, operator, act, hex(ports.randomBytes(16))));
  if (!stored) throw new Error('a random id was there already');
  return done(stored);
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
  { action, proposal, hash }: ConfirmActRequest,
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
  // Another call was first: this operator's own, sent twice, or somebody else's. Nothing comes back to `proposed`.
  if (!(await ports.replaceProposal(found, confirmed))) return confirmAct(ports, account, { action, proposal, hash });
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
      proposedBy,
      isOwn: proposedBy === operator.id,
    })),
  });
};
