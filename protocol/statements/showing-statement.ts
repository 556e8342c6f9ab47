import type { Sign, VerifySignature } from '../crypto';
import { isSessionHandle, sessionHandle, type SessionHandle, type ShowingHandle } from '../ids';
import type { PublicKey } from '../key/public-key';
import { purposeIds, type PurposeId } from '../purposes/purpose-table';
import { createStatement, parseStatement } from './statement';

/** Private claim of a showing statement: what the card is shown for. */
const PURPOSE = 'purpose';
/** Private claim of a bound showing's statement: the session of the counter that it is for. */
const SESSION = 'session';

/**
 * The holder's key vouches for a fresh key that will sign the codes of one showing, for one purpose.
 * @param statement.key the fresh key of the phone
 * @param statement.sign signs with the holder's key
 * @returns a COSE_Sign1 as base64url
 */
export const createShowingStatement = (statement: {
  readonly handle: ShowingHandle;
  readonly key: PublicKey;
  readonly purpose: PurposeId;
  /** The counter's session that the holder consents to, or null. */
  readonly session: SessionHandle | null;
  readonly sign: Sign;
}): string =>
  createStatement('showing', {
    challenge: statement.handle,
    key: statement.key,
    more: new Map<string, string>([
      [PURPOSE, statement.purpose],
      ...(statement.session === null ? [] : [[SESSION, statement.session] as const]),
    ]),
    sign: statement.sign,
  });

export type ShowingStatementFault = 'malformed' | 'wrong_handle' | 'bad_signature';

/**
 * Checks a showing statement and gives the fresh key and the purpose that it is for. Never throws.
 * @param expected.holderKey the key that the card is bound to
 * @param expected.expectedHandle the handle that was given out for this showing
 */
export const verifyShowingStatement = (
  text: string,
  expected: {
    readonly holderKey: PublicKey;
    readonly expectedHandle: ShowingHandle;
    readonly verify: VerifySignature;
  },
):
  | {
      readonly ok: true;
      readonly key: PublicKey;
      readonly purpose: PurposeId;
      readonly session: SessionHandle | null;
    }
  | { readonly ok: false; readonly fault: ShowingStatementFault } => {
  const statement = parseStatement('showing', text);
  const purpose = purposeIds.find((id) => id === statement?.more.get(PURPOSE));
  const session = statement?.more.get(SESSION);
  const isSession = session === undefined || (typeof session === 'string' && isSessionHandle(session));
  const size = session === undefined ? 1 : 2;
  if (statement?.more.size !== size || !purpose || !isSession) return { ok: false, fault: 'malformed' };
  if (statement.challenge !== expected.expectedHandle) return { ok: false, fault: 'wrong_handle' };
  return statement.isSignedBy(expected.holderKey, expected.verify)
    ? { ok: true, key: statement.key, purpose, session: session === undefined ? null : sessionHandle(session) }
    : { ok: false, fault: 'bad_signature' };
};
