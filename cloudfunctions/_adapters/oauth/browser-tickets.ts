import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../runtime/http-event';
import { basePathOf, INSTITUTION_PATH } from './paths';

/** Longer than any authorization waits, in seconds. */
const TICKET_SECONDS = 600;

/**
 * Cookies by which the browser that began an authorization is known, and no other. The library's own never leave: it sets two for each
 * authorization, and their signatures, all of which say the authorization's name, and a reply of a route may carry but one header of a name.
 */
export interface BrowserTickets {
  /** The value of a `Set-Cookie` header that gives a ticket to an authorization. */
  readonly giveTo: (uid: string) => string;
  /** The value of one that takes it back. */
  readonly takeBack: (uid: string) => string;
  /** Whether a request comes from a browser with the ticket to that authorization. */
  readonly isHeldBy: (request: HttpRequest, uid: string) => boolean;
}

const cookieIn = ({ headers }: HttpRequest, name: string): string | undefined =>
  (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([named]) => named === name)?.[1];

/**
 * @param secret 32 bytes of the function's environment; the key of the tickets is derived from them for this use alone
 * @param issuer over TLS or not, and below which path: a ticket goes no other way
 */
export const createBrowserTickets = (secret: Uint8Array, issuer: string): BrowserTickets => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'wechat-id browser tickets', 32));
  const path = `${basePathOf(issuer)}${INSTITUTION_PATH}`;
  const secure = issuer.startsWith('https:') ? '; Secure' : '';
  const nameOf = (uid: string): string => `ask-${uid}`;
  const valueOf = (uid: string): string => createHmac('sha256', key).update(uid).digest('base64url');
  const cookie = (uid: string, value: string, seconds: number): string =>
    `${nameOf(uid)}=${value}; Path=${path}; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${secure}`;
  return {
    giveTo: (uid) => cookie(uid, valueOf(uid), TICKET_SECONDS),
    takeBack: (uid) => cookie(uid, '', 0),
    isHeldBy: (request, uid) => {
      const [given, wanted] = [Buffer.from(cookieIn(request, nameOf(uid)) ?? ''), Buffer.from(valueOf(uid))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
};
