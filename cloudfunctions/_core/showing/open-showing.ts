import { base64urlEncode, instant, isTierEnough, showingHandle, verifyShowingStatement } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  OpenShowingReply,
  OpenShowingRequest,
  PrepareShowingReply,
  VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { PREPARED_LIFE_MS, SHOWING_LIFE_MS, statusOn, type OpenShowing } from '../card/identity';
import { checkEventOf } from '../card/identity-events';
import type { LoadIdentityOfAccount, OpenPreparedShowing, PrepareShowing } from '../card/identity-ports';
import type { AppendEvent } from '../event';
import { done, refuse, type Result } from '../result';

export interface PrepareShowingPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly prepareShowing: PrepareShowing;
  readonly appendEvent: AppendEvent;
}

/**
 * Gives the handle of the next showing, which is also the nonce that the holder's key signs. The showing before it ends.
 * Refuses `not_found`, and `card_not_active` for a card that is not valid.
 */
export const prepareShowing = async (
  ports: PrepareShowingPorts,
  account: AccountKey,
): Promise<Result<PrepareShowingReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  if (statusOn(identity.card, ports.today()) !== 'valid') return refuse('card_not_active');
  const { showing } = identity;
  // Its check may have been interrupted before its event, and the identity is about to forget it.
  if (showing?.state === 'redeemed') await ports.appendEvent(checkEventOf(identity, showing));
  const handle = showingHandle(base64urlEncode(ports.randomBytes(16)));
  const prepared = await ports.prepareShowing(identity, { state: 'prepared', handle, preparedAt: ports.now() });
  return prepared ? done({ ok: true, handle }) : refuse('wrong_step');
};

export interface OpenShowingPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly openPreparedShowing: OpenPreparedShowing;
}

/** One byte each picks the word out of 256 and the colour out of 8, all alike likely. */
const drawMatchMark = (randomBytes: RandomBytes): { word: number; colour: number } => {
  const [word = 0, colour = 0] = randomBytes(2);
  return { word, colour: colour % 8 };
};

/**
 * Opens the prepared showing for a purpose with the phone's fresh key, vouched for by the holder's key.
 * Refuses `not_found`, `key_proof_invalid`, `wrong_step` where no fresh handle is prepared, `card_not_active`, and
 * `not_permitted` where the purpose needs a higher tier.
 */
export const openShowing = async (
  ports: OpenShowingPorts,
  account: AccountKey,
  request: OpenShowingRequest,
): Promise<Result<OpenShowingReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const { showing, card } = identity;
  const openedAt = ports.now();
  if (showing?.state !== 'prepared' || showing.preparedAt + PREPARED_LIFE_MS < openedAt) return refuse('wrong_step');
  const statement = verifyShowingStatement(request.statement, {
    expectedHandle: showing.handle,
    holderKey: card.holderKey,
    verify: ports.verifySignature,
  });
  if (!statement.ok) return refuse('key_proof_invalid');
  if (!isTierEnough(card.tier, statement.purpose)) return refuse('not_permitted');

  const opened: OpenShowing = {
    state: 'open',
    handle: showing.handle,
    key: statement.key,
    purpose: statement.purpose,
    openedAt,
    expiresAt: instant(openedAt + SHOWING_LIFE_MS),
    matchMark: drawMatchMark(ports.randomBytes),
  };
  if (!(await ports.openPreparedShowing(identity.key, opened))) return refuse('card_not_active');
  return done({ ok: true, serverTime: openedAt, expiresAt: opened.expiresAt, matchMark: opened.matchMark });
};
