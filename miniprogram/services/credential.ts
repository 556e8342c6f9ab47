import type { CardReply, MintCardReply } from '../protocol';
import { keep, load } from '../platform/storage';
import { withStorage, type Called } from './call';
import { loadCardKey, proveKey } from './card-key';
import { getCard, prepareShowing, renewCredential } from './holder';

/** The credential that this phone holds, or null. */
export const heldCredential = async (): Promise<string | null> => {
  const held = await load('credential');
  return typeof held === 'string' ? held : null;
};

/** Has the card's credential made anew, for the key that this phone holds, and keeps it in place of the old one. */
const renew = (): Promise<Called<MintCardReply>> =>
  withStorage(async () => {
    const key = await loadCardKey();
    if (!key) return { ok: false, error: { code: 'not_found' } };
    const prepared = await prepareShowing();
    if (!prepared.ok) return prepared;
    const called = await renewCredential({ proof: proveKey(key, prepared.reply.handle) });
    if (called.ok) await keep('credential', called.reply.credential);
    return called;
  });

/**
 * The holder's card. Where the service says that the credential on this phone holds no more, another is fetched first; where that
 * fails the card is told all the same, and the next look tries again.
 */
export const loadCard = async (): Promise<Called<CardReply>> => {
  const called = await getCard();
  if (called.ok && called.reply.renew) await renew();
  return called;
};
