import { addresses } from '../../contract/addresses';
import type { Device } from '../device';
import { readMessages, type Message } from './message';

/** What the super-app hears for the user who is logged in. */
export interface Inbox {
  /** The user has seen it: it does not come again. */
  readonly keepAsRead: (message: Message) => void;
}

/**
 * How long from one question to the next, and at most where nobody answers. A question is short: one that waited for its answer would
 * hold one of the six connections that a browser has for an origin, and the phones of a page share them.
 */
const EVERY_MS = 2000;
const AT_MOST_MS = 30_000;

/** @returns null where no answer came */
const load = async (openId: string, after: number, signal: AbortSignal): Promise<readonly Message[] | null> => {
  try {
    const headers = { 'x-local-openid': openId };
    const answer = await fetch(`${addresses.cloud}/wx/messages?after=${String(after)}`, { headers, signal });
    return readMessages(await answer.json());
  } catch {
    return null;
  }
};

/**
 * Hears the messages of the user who is logged in, in their order, each once and again after a restart until it was read. It asks only
 * while the phone is looked at and has a network.
 */
export const openInbox = ({ id, settings }: Device, deliver: (message: Message) => void): Inbox => {
  // Another user is another run of the phone.
  const { openId } = settings.current;
  const key = `phone:${id}:messages:${openId}`;
  const lastRead = (): number => Number(localStorage.getItem(key) ?? 0);
  let last = lastRead();
  let wait = EVERY_MS;
  let next: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  const ask = async (): Promise<void> => {
    const { signal } = asking;
    const messages = await load(openId, last, signal);
    if (signal.aborted) return;
    for (const message of messages ?? []) {
      last = message.id;
      deliver(message);
    }
    wait = messages ? EVERY_MS : Math.min(wait * 2, AT_MOST_MS);
    next = setTimeout(() => void ask(), wait);
  };
  const isListening = (): boolean => {
    const now = settings.current;
    return document.visibilityState === 'visible' && now.network === 'online' && now.openId === openId;
  };
  const stop = (): void => {
    clearTimeout(next);
    asking.abort();
  };
  const follow = (): void => {
    stop();
    if (!isListening()) return;
    asking = new AbortController();
    void ask();
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) follow();
  });
  settings.listen((now, before) => {
    if (now.network !== before.network || now.openId !== before.openId) follow();
  });
  return {
    keepAsRead: (message) => localStorage.setItem(key, String(Math.max(lastRead(), message.id))),
  };
};
