import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuthenticatedCall } from '../../../protocol/wire/internal';
import { validators } from '../../../protocol/wire/validators';
import type { Now } from '../../_core/ambient-ports';
import type { Opened } from '../runtime/serve';

/** For how long after it was made a call between functions is taken, in milliseconds. */
const CALL_LIFE_MS = 60_000;

const macOf = (key: Uint8Array, payload: string): Buffer => createHmac('sha256', key).update(payload).digest();

/** Wraps what one function says to another, with the proof that it says it. @param key 32 bytes that both hold */
export const authenticate = (key: Uint8Array, call: object): AuthenticatedCall => {
  const payload = JSON.stringify(call);
  return { payload, mac: macOf(key, payload).toString('base64url') };
};

/** Opens a call of another function of ours: null where the MAC is not that function's or the call is old. */
export const createOpenAuthenticated =
  (key: Uint8Array, now: Now) =>
  (event: unknown): Opened<'function'> | null => {
    if (!validators.AuthenticatedCall(event)) return null;
    const due = macOf(key, event.payload);
    const given = Buffer.from(event.mac, 'base64url');
    if (given.length !== due.length || !timingSafeEqual(given, due)) return null;
    const said: unknown = JSON.parse(event.payload);
    const issuedAt = typeof said === 'object' && said !== null && 'issuedAt' in said ? said.issuedAt : null;
    const isFresh = typeof issuedAt === 'number' && Math.abs(now() - issuedAt) <= CALL_LIFE_MS;
    return isFresh ? { caller: 'function', said } : null;
  };
