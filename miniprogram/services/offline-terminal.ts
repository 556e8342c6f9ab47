import {
  instant,
  passKeyName,
  publicKeyFromBase64url,
  validators,
  type PassKey,
  type PrepareOfflineReply,
} from '../protocol';
import { ticks } from '../platform/clock';
import { sha256 } from '../platform/keys';
import { keep, load } from '../platform/storage';
import { withStorage, type Called } from './call';
import { prepareOffline } from './verifier';

/** How old what was heard of the service may be, in milliseconds: a key that is withdrawn is trusted no longer than that. */
export const TERMINAL_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** What the terminal knew of the service when it was last online. */
export interface OfflineTerminal {
  readonly reply: PrepareOfflineReply;
  /** The phone's own clock when it was heard. */
  readonly heardAt: number;
}

const STORED_AS = 'offline-terminal';

const isTerminal = (value: unknown): value is OfflineTerminal =>
  typeof value === 'object' &&
  value !== null &&
  'heardAt' in value &&
  typeof value.heardAt === 'number' &&
  'reply' in value &&
  validators.PrepareOfflineReply(value.reply);

/** What was kept, however old; null where this phone has never been online as a terminal. @throws StorageFailure */
export const loadTerminal = async (): Promise<OfflineTerminal | null> => {
  const kept = await load(STORED_AS);
  return isTerminal(kept) ? kept : null;
};

/** Hears the issuer's keys and the own rights, and keeps them for the time without a network. */
export const hearTerminal = (): Promise<Called<OfflineTerminal>> =>
  withStorage(async () => {
    const called = await prepareOffline();
    if (!called.ok) return called;
    const terminal = { reply: called.reply, heardAt: ticks() };
    await keep(STORED_AS, terminal);
    return { ok: true, reply: terminal };
  });

/** Milliseconds since the terminal was online; below zero where the phone's clock was set back since. */
const ageOf = ({ heardAt }: OfflineTerminal): number => ticks() - heardAt;

/** Whether keys and rights may still be relied upon; a clock that was set back hides their age. */
export const isRecent = (terminal: OfflineTerminal): boolean => {
  const age = ageOf(terminal);
  return age >= 0 && age <= TERMINAL_AGE_MS;
};

/** What was kept and may still be relied upon; null where there is none, or the storage fails. */
export const recentTerminal = async (): Promise<OfflineTerminal | null> => {
  const called = await withStorage(async () => ({ ok: true, reply: await loadTerminal() }));
  return called.ok && called.reply && isRecent(called.reply) ? called.reply : null;
};

/** What the service's clock shows, as far as this phone can tell: milliseconds since 1970. */
export const serverTimeOf = (terminal: OfflineTerminal): number => terminal.reply.serverTime + ageOf(terminal);

/** The issuer's keys by the names that passes give them. @throws RangeError where one is no point of the curve */
export const keysOf = ({ reply }: OfflineTerminal): ReadonlyMap<string, PassKey> =>
  new Map(
    reply.keys.map(({ key: text, notBefore, notAfter }) => {
      const key = publicKeyFromBase64url(text);
      return [
        passKeyName(key, sha256),
        {
          key,
          notBefore: notBefore === null ? null : instant(notBefore),
          notAfter: notAfter === null ? null : instant(notAfter),
        },
      ];
    }),
  );
