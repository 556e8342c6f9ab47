import { hex, parseCredential, type Card } from '../protocol';
import type { PhoneKey } from '../platform/keys';
import { forget, keep, load } from '../platform/storage';
import { withStorage, type Called } from './call';
import { loadCardKey, proveKey } from './card-key';
import { prepareShowing, renewCredential } from './holder';

const STORED_AS = 'credential';

/** The credential that this phone holds, or null. */
export const heldCredential = async (): Promise<string | null> => {
  const held = await load(STORED_AS);
  return typeof held === 'string' ? held : null;
};

/** Keeps a credential in place of the one before. @throws StorageFailure */
export const keepCredential = (credential: string): Promise<void> => keep(STORED_AS, credential);

/** Forgets the credential. @throws StorageFailure */
export const forgetCredential = (): Promise<void> => forget(STORED_AS);

/** Whether a credential says of the card what the service says, and is bound to this phone's key. */
const agrees = (credential: string | null, card: Card, key: PhoneKey): boolean => {
  const parsed = credential === null ? null : parseCredential(credential);
  return parsed?.openClaims['tier'] === card.tier && hex(parsed.holderKey) === hex(key.publicKey);
};

/** Has the card's credential made anew, for the key that this phone holds, and keeps it in place of the old one. */
const renew = async (key: PhoneKey): Promise<Called<null>> => {
  const prepared = await prepareShowing();
  if (!prepared.ok) return prepared;
  const called = await renewCredential({ proof: proveKey(key, prepared.reply.handle) });
  if (!called.ok) return called;
  await keepCredential(called.reply.credential);
  return { ok: true, reply: null };
};

/**
 * Fetches the credential of a valid card anew where it holds no more, or where it says something else than the card does, as after a
 * counter has raised it. Where that fails the next look tries again.
 * @param isDue whether the service says that it holds no more
 */
export const keepCurrent = (card: Card, isDue: boolean): Promise<Called<null>> =>
  withStorage(async () => {
    const key = await loadCardKey();
    if (!key || card.status !== 'valid') return { ok: true, reply: null };
    if (!isDue && agrees(await heldCredential(), card, key)) return { ok: true, reply: null };
    return renew(key);
  });
