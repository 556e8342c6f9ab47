import { instant, type IdentityKey, type Instant, type SessionHandle } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { Identity } from '../card/identity';
import { consentEnd, type Consenting, type FindConsent } from '../consents/consent';
import type { InstitutionCaller } from '../institutions/counter';
import type { ReferenceTo } from '../institutions/reference';
import { isAsk, type AskSession, type LoadSession } from '../showing/counter-session';
import { SETTLE_MS, type AskStanding, type LoadRelease, type Release } from './ask';

/** Where an ask of the caller's stands; another's is `over` like none. */
export type ReadAsk = (caller: Pick<InstitutionCaller, 'clientId'>, session: SessionHandle) => Promise<AskStanding>;

/** What a partner is told of the card beside the answer itself. */
export interface ToldHolder {
  /** The name from which the provider makes the partner's own (`pairwiseName`): drawn from the identity's data key, so that it ends with a deletion. */
  readonly holderName: string;
  /** The card's reference for the partner (`ReferenceTo`), and when both it and the consent end; null where the consent was for this once, or withdrawn since. */
  readonly lasting: { readonly reference: string; readonly until: Instant } | null;
  /** When all of it was there by which the card is told as of its tier, in milliseconds since 1970. */
  readonly verifiedAt: number;
}

/** Whom a release is about, for a partner; null where the account was deleted since, or the card made anew. */
export type TellHolder = (
  partner: string,
  release: Pick<Release, 'identity' | 'card' | 'answer'>,
) => Promise<ToldHolder | null>;

/** How long after its end an ask that was answered in time may still be fetched, in milliseconds. */
export const FETCH_MS = 60 * 1000;

export interface ReadAskPorts {
  readonly now: Now;
  readonly loadSession: LoadSession;
  readonly loadRelease: LoadRelease;
}

/** Where an ask stands that was answered: with what was released, as long as it is there. */
const answeredStanding = async (
  { loadRelease }: ReadAskPorts,
  { handle }: AskSession,
  at: Instant,
): Promise<AskStanding> => {
  const release = await loadRelease(handle);
  return release ? { kind: 'answered', release, at } : { kind: 'over' };
};

/**
 * Reads where asks stand. What the holder said is told for a minute after the ask's end, and then nothing more. One that was claimed is over
 * `SETTLE_MS` after its end: an answer that was redeemed in time may be being written.
 */
export const createReadAsk =
  (ports: ReadAskPorts): ReadAsk =>
  async ({ clientId }, handle) => {
    const session = await ports.loadSession(handle);
    if (!session || !isAsk(session) || session.shop !== clientId) return { kind: 'over' };
    const { ask, hindrance } = session;
    const now = ports.now();
    if (instant(ask.expiresAt + FETCH_MS) <= now) return { kind: 'over' };
    // What was answered before a hindrance arose was answered.
    if (ask.outcome?.kind === 'answered') return answeredStanding(ports, session, ask.outcome.at);
    if (hindrance) return { kind: 'hindered', reason: hindrance };
    if (ask.outcome) return { kind: 'declined' };
    const isClaimed = session.claimedBy !== null;
    return ask.expiresAt + (isClaimed ? SETTLE_MS : 0) <= now ? { kind: 'over' } : { kind: 'waiting', isClaimed };
  };

/** The name of a holder from which each partner's own is made: it ends with the identity's data key. */
export type HolderNameOf = (identity: Pick<Identity, 'dataKey'>) => string;

/** As much of an identity as a partner is told by. */
type ToldIdentity = Pick<Identity, 'key' | 'dataKey'> &
  Consenting & { readonly card: Pick<Identity['card'], 'id' | 'mintedAt' | 'raisedAt'> };

/** Of a card that an operator has raised, the evidence was whole when person and document were seen. */
const verifiedAt = (
  { card: { mintedAt, raisedAt = mintedAt } }: ToldIdentity,
  { tier }: Pick<Release['answer'], 'tier'>,
): number => (tier === 'full' ? raisedAt : mintedAt);

/** Tells partners whom a release is about, by names that are stored nowhere. */
export const createTellHolder =
  (ports: {
    readonly now: Now;
    readonly loadIdentity: (key: IdentityKey) => Promise<ToldIdentity | null>;
    readonly findConsent: FindConsent;
    readonly holderNameOf: HolderNameOf;
    readonly referenceTo: ReferenceTo;
  }): TellHolder =>
  async (partner, release) => {
    const identity = await ports.loadIdentity(release.identity);
    if (identity?.card.id !== release.card) return null;
    // One that was withdrawn before its answer was fetched gives nothing that lasts.
    const { purpose, facts } = release.answer;
    const end = consentEnd(purpose, facts.redeemedAt);
    const consent = end && (await ports.findConsent(identity, partner, { until: end, at: ports.now() }));
    const until = consent?.withdrawnAt === null ? consent.until : null;
    return {
      holderName: ports.holderNameOf(identity),
      lasting: until && { reference: ports.referenceTo(identity, partner, until), until },
      verifiedAt: verifiedAt(identity, release.answer),
    };
  };
