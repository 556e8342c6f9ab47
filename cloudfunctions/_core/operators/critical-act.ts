import {
  counterReasons,
  guardianshipReasons,
  hex,
  operatorRevocations,
  resumptionReasons,
  suspensionReasons,
  utf8Encode,
  type CardsOfKey,
  type CounterReason,
  type DeletionReason,
  type ErrorCode,
  type EventId,
  type GuardianshipReason,
  type Instant,
  type MassTarget,
  type OperatorRevocation,
  type PartnerSuspension,
  type ProposeActRequest,
  type ResumptionReason,
  type Sha256,
} from '../../../protocol';
import type { InstitutionAct } from '../institutions/registration';
import type { OperatorAct } from './operator-act';

/** An act that takes two operators: what is done, to what, and why. */
export type CriticalAct =
  | { readonly kind: 'revoke_card'; readonly target: string; readonly reason: OperatorRevocation }
  | { readonly kind: 'suspend_partner'; readonly target: string; readonly reason: PartnerSuspension }
  | { readonly kind: 'resume_partner'; readonly target: string; readonly reason: ResumptionReason }
  | { readonly kind: 'guardianship_seen'; readonly target: string; readonly reason: GuardianshipReason }
  | { readonly kind: 'raise_tier' | 'vouch_for_case'; readonly target: string; readonly reason: CounterReason }
  | { readonly kind: 'delete_at_counter'; readonly target: string; readonly reason: DeletionReason }
  | { readonly kind: 'revoke_cards'; readonly target: MassTarget; readonly reason: OperatorRevocation }
  | { readonly kind: 'renew_cards'; readonly target: CardsOfKey; readonly reason: 'issuer_compromised' }
  | InstitutionAct;

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word =>
  words.some((one) => one === word);

const isHexId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

type SingleActRequest = Extract<ProposeActRequest, { readonly target: string }>;

const singleActOf = ({ kind, target, reason }: SingleActRequest): CriticalAct | null => {
  switch (kind) {
    case 'revoke_card':
      return isHexId(target) && isOneOf(operatorRevocations, reason) ? { kind, target, reason } : null;
    case 'suspend_partner':
      return isOneOf(suspensionReasons, reason) ? { kind, target, reason } : null;
    case 'resume_partner':
      return isOneOf(resumptionReasons, reason) ? { kind, target, reason } : null;
    case 'guardianship_seen':
      return isHexId(target) && isOneOf(guardianshipReasons, reason) ? { kind, target, reason } : null;
    case 'raise_tier':
    case 'vouch_for_case':
      return isHexId(target) && isOneOf(counterReasons, reason) ? { kind, target, reason } : null;
  }
};

/**
 * The act that a request names, or null where target or reason do not belong to that kind.
 * @param drawClient the client id of a server that is to be given one
 */
export const criticalActOf = (request: ProposeActRequest, drawClient: () => string): CriticalAct | null => {
  switch (request.kind) {
    case 'revoke_cards': {
      const { kind, target, reason } = request;
      return target.by === 'minted' && target.from >= target.to ? null : { kind, target, reason };
    }
    case 'renew_cards':
      return { kind: request.kind, target: request.target, reason: request.reason };
    case 'register_institution': {
      const { kind, target, reason } = request;
      return { kind, target: { ...target, client: target.client ?? drawClient() }, reason };
    }
    case 'add_institution_key':
      return { kind: request.kind, target: request.target, reason: request.reason };
    case 'withdraw_institution_key':
      return { kind: request.kind, target: request.target, reason: request.reason };
    case 'move_institution':
      return { kind: request.kind, target: request.target, reason: request.reason };
    case 'end_institution':
      return { kind: request.kind, target: request.target, reason: request.reason };
    case 'revoke_card':
    case 'suspend_partner':
    case 'resume_partner':
    case 'raise_tier':
    case 'vouch_for_case':
    case 'guardianship_seen':
      return singleActOf(request);
  }
};

/** How long a proposal waits for a second operator, in milliseconds. */
export const PROPOSAL_LIFE_MS = 24 * 60 * 60 * 1000;

interface ProposalBase {
  readonly id: string;
  readonly act: CriticalAct;
  /** Over id and act: the second operator confirms what they saw, and nothing that was put in its place. */
  readonly hash: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  /** Entries of the log that may not be there yet, oldest first. */
  readonly outbox: readonly OperatorAct[];
}

/** A critical act on its way. Once `confirmed` it is carried out, however often that is interrupted. */
export type Proposal = ProposalBase &
  (
    | { readonly state: 'proposed' | 'withdrawn' }
    | { readonly state: 'confirmed'; readonly confirmedBy: string }
    /** `outcome` is why it could not be done, or null. */
    | { readonly state: 'carriedOut'; readonly confirmedBy: string; readonly outcome: ErrorCode | null }
  );

/** What an act is about as one text, which no other target has. */
export const spellTarget = ({ target }: CriticalAct): string => {
  if (typeof target === 'string') return target;
  if ('client' in target) {
    const { client, ...what } = target;
    // The name stands first, so that a line of the audit begins with it; the rest is what was decided, to the letter.
    return `client:${client} ${JSON.stringify(what)}`;
  }
  switch (target.by) {
    case 'kid':
      return `kid:${target.kid}`;
    case 'office':
      return `office:${target.office}`;
    case 'minted':
      return `minted:${String(target.from)}-${String(target.to)}`;
  }
};

/** What a second operator confirms: SHA-256 over the proposal's id and its act, as hexadecimal digits. */
export const hashOf = (sha256: Sha256, id: string, act: CriticalAct): string =>
  hex(sha256(utf8Encode(JSON.stringify([id, act.kind, spellTarget(act), act.reason]))));

/** Stores a new proposal. @returns false where one of that id is stored already */
export type CreateProposal = (created: Proposal) => Promise<boolean>;
export type LoadProposal = (id: string) => Promise<Proposal | null>;

/** Replaces a proposal in one conditional write that names the state before. @returns false where it is no longer in that state */
export type ReplaceProposal = (prior: Proposal, next: Proposal) => Promise<boolean>;

/** What waits for a second operator and was proposed after an instant, oldest first. */
export type ListProposals = (after: Instant, limit: number) => Promise<readonly Proposal[]>;

/** What was proposed before an instant, and is confirmed and not carried out, or has entries that may not be in the log. */
export type ListUnsettledProposals = (before: Instant, limit: number) => Promise<readonly Proposal[]>;

/** Empties the outbox once its entries are in the log. */
export type ClearProposalOutbox = (id: string, entries: readonly EventId[]) => Promise<void>;
