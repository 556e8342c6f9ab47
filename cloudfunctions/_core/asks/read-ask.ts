import type { SessionHandle } from '../../../protocol';
import type { InstitutionCaller } from '../institutions/counter';
import type { AskStanding, Release } from './ask';

/** Where an ask of the caller's stands; another's is `over` like none. */
export type ReadAsk = (caller: Pick<InstitutionCaller, 'clientId'>, session: SessionHandle) => Promise<AskStanding>;

/** What a partner is told of the card beside the answer itself. */
export interface ToldHolder {
  /** The name from which the provider makes the partner's own (`pairwiseName`): drawn from the identity's data key, so that it ends with a deletion. */
  readonly holderName: string;
  /** The card's reference for the partner (`ReferenceTo`). */
  readonly reference: string;
  /** When the card was proofed, in milliseconds since 1970. */
  readonly mintedAt: number;
}

/** Whom a release is about, for a partner; null where the account was deleted since. */
export type TellHolder = (partner: string, release: Pick<Release, 'identity'>) => Promise<ToldHolder | null>;
