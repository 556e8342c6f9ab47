import type { AccountKey, LookStanding, OpenEntryReply, OpenEntryRequest } from '../../../protocol';
import type { HistoryEvent, LoadEventProofs } from '../event';
import { done, refuse, type Result } from '../result';
import { requestIdOf } from '../rights/deletion-request';
import { lookOf, lookStanding } from '../rights/look';
import { actsOf, isAsked } from '../rights/look-acts';
import { noteAnswers } from '../rights/note-answers';
import { appendOutbox } from './change-identity';
import type { Identity } from './identity';
import { toldEntries, type ListHistoryPorts } from './list-history';

export interface OpenEntryPorts extends Omit<ListHistoryPorts, 'loadEvents'> {
  readonly loadEventProofs: LoadEventProofs;
}

/** What the holder did about a partner's look, and what became of it; null of any other event. */
const standingOfLook = async (
  ports: OpenEntryPorts,
  identity: Identity,
  event: HistoryEvent,
): Promise<LookStanding | null> => {
  const look = lookOf(event);
  if (!look) return null;
  const acts = actsOf(identity);
  const ids = isAsked(acts, look.number) ? [requestIdOf(ports.sha256, look.id)] : [];
  const [request] = ids.length === 0 ? [] : await ports.loadDeletionRequests(ids);
  return lookStanding(acts, look, request ?? null, ports.now());
};

/**
 * One entry of the holder's own history, with the salt and the content that its leaf of the log is computed from: the phone proves it
 * by these and by what `public` tells anybody. An entry that somebody removed is told as missing.
 * Refuses `not_found` where the account has no card, or its history no such number.
 */
export const openEntry = async (
  ports: OpenEntryPorts,
  account: AccountKey,
  { number }: Pick<OpenEntryRequest, 'number'>,
): Promise<Result<OpenEntryReply>> => {
  const identity = await noteAnswers(ports, account, await ports.loadIdentityOfAccount(account));
  if (!identity || number > identity.eventCount) return refuse('not_found');
  await appendOutbox(ports.appendEvent, identity);
  const [found] = await ports.loadEventProofs(identity, [number]);
  const [entry] = found ? await toldEntries(ports, [found]) : [];
  if (!found || !entry)
    return done({ ok: true, entry: { kind: 'entry_missing', number }, opening: null, standing: null });
  const standing = await standingOfLook(ports, identity, found);
  return done({ ok: true, entry, opening: { salt: found.salt, content: found.content }, standing });
};
