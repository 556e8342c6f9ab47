import type { AccountKey, AskDeletionRequest, StandingReply } from '../../../protocol';
import type { RateLimit } from '../rate-limit';
import type { Result } from '../result';
import { actOnLook, type ActOnLookPorts } from './act-on-look';
import { requestIdOf, type KeepDeletionRequest } from './deletion-request';
import { toldAt } from './look';
import { isAsked } from './look-acts';

export interface AskDeletionPorts extends ActOnLookPorts {
  readonly keepDeletionRequest: KeepDeletionRequest;
}

/** How often an account may ask. */
const DELETIONS_OF_ACCOUNT: RateLimit = { name: 'ask deletion', most: 20, windowMs: 24 * 60 * 60 * 1000 };

/**
 * Asks the partner of a check to delete what it was told there (PIPL, article 47). The partner hears which check it is, by what it
 * keeps of it itself, and not whose. The same check again is once.
 * Refuses `not_found` where the number is no check of the caller's own at which something was told, and `too_many_requests` above
 * twenty a day.
 */
export const askDeletion = (
  ports: AskDeletionPorts,
  account: AccountKey,
  { number }: AskDeletionRequest,
): Promise<Result<StandingReply>> =>
  actOnLook(ports, account, number, (look) => {
    const told = toldAt(look);
    if (!told) return { code: 'not_found' };
    return {
      limit: DELETIONS_OF_ACCOUNT,
      isDone: (acts) => isAsked(acts, number),
      doneBy: (acts) => ({ ...acts, asked: [...acts.asked, number] }),
      happening: { kind: 'deletion_asked', check: number, partner: told.partner },
      follow: (askedAt) =>
        ports.keepDeletionRequest({ ...told, id: requestIdOf(ports.sha256, look.id), askedAt, answered: null }),
    };
  });
