import type { AccountKey, Instant, LookStanding, StandingReply } from '../../../protocol';
import { appendOutbox } from '../card/change-identity';
import type { Identity } from '../card/identity';
import { consentStanding, keptStanding } from '../consents/consent-standing';
import type { LoadEvents } from '../event';
import { requestIdOf, standingOf } from './deletion-request';
import { lookOf, toldAt, type LookEvent } from './look';
import { actsOf, isAsked } from './look-acts';
import type { NoteAnswersPorts } from './note-answers';

export interface LookPorts extends NoteAnswersPorts {
  readonly loadEvents: LoadEvents;
}

/** The look of that number in the holder's own history, and the holder; null where it is none. */
export const loadLook = async (
  ports: LookPorts,
  account: AccountKey,
  number: number,
): Promise<{ readonly identity: Identity; readonly look: LookEvent } | null> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity || number > identity.eventCount) return null;
  await appendOutbox(ports.appendEvent, identity);
  const [event] = await ports.loadEvents(identity, [number]);
  const look = event ? lookOf(event) : null;
  return look && { identity, look };
};

/** What the holder did about a look, and what became of it. */
export const standingOfLook = async (
  ports: Pick<NoteAnswersPorts, 'now' | 'sha256' | 'loadDeletionRequests'>,
  identity: Identity,
  look: LookEvent,
): Promise<LookStanding> => {
  const acts = actsOf(identity);
  const isRequested = isAsked(acts, look.number);
  const [request] = isRequested ? await ports.loadDeletionRequests([requestIdOf(ports.sha256, look.id)]) : [];
  const now = ports.now();
  return {
    isReported: acts.reported.includes(look.number),
    mayAskDeletion: toldAt(look) !== null && !isRequested,
    deletion: request ? standingOf(request, now) : null,
    consent: consentStanding(identity, look, now),
  };
};

/** The same of a number whose entry is missing: what is left is to withdraw the consent that is kept under it; null where none is. */
export const standingOfMissing = (identity: Identity, number: number, at: Instant): LookStanding | null => {
  const consent = keptStanding(identity, number, at);
  if (!consent) return null;
  return { isReported: actsOf(identity).reported.includes(number), mayAskDeletion: false, deletion: null, consent };
};

/** The standing of a look as a reply. */
export const standingReply = async (
  ports: Pick<NoteAnswersPorts, 'now' | 'sha256' | 'loadDeletionRequests'>,
  identity: Identity,
  look: LookEvent,
): Promise<StandingReply> => ({ ok: true, standing: await standingOfLook(ports, identity, look) });
