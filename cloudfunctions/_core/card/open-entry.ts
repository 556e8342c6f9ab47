import type { AccountKey, OpenEntryReply, OpenEntryRequest } from '../../../protocol';
import type { LoadEventProofs } from '../event';
import { done, refuse, type Result } from '../result';
import { lookOf } from '../rights/look';
import { standingOfLook, standingOfMissing } from '../rights/look-standing';
import { noteAnswers } from '../rights/note-answers';
import { appendOutbox } from './change-identity';
import { toldEntries, type ListHistoryPorts } from './list-history';

export interface OpenEntryPorts extends Omit<ListHistoryPorts, 'loadEvents'> {
  readonly loadEventProofs: LoadEventProofs;
}

/**
 * One entry of the holder's own history, with the salt and the content that its leaf of the log is computed from: the phone proves it
 * by these and by what `public` tells anybody. An entry that somebody removed is told as missing, with the consent that was given with it.
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
  if (!found || !entry) {
    const left = standingOfMissing(identity, number, ports.now());
    return done({ ok: true, entry: { kind: 'entry_missing', number }, opening: null, standing: left });
  }
  const look = lookOf(found);
  const standing = look && (await standingOfLook(ports, identity, look));
  return done({ ok: true, entry, opening: { salt: found.salt, content: found.content }, standing });
};
