import {
  createKillCode,
  KILL_CODE_BYTES,
  parseKillCode,
  showKillCode,
  type AccountKey,
  type IssueKillCodeReply,
  type KillCode,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import {
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type ChangeIdentityPorts,
} from './change-identity';
import type { Identity } from './identity';
import type { KillCodeKeyOf, LoadIdentityByKillCode, LoadIdentityOfAccount } from './identity-ports';
import { nextCodeFrom, stopsBy, withNewCode } from './kill-codes';
import { stop } from './stop-card';
import { without } from './stops';

export interface IssueKillCodePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly killCodeKeyOf: KillCodeKeyOf;
  /** Where the code is typed in, from any browser. */
  readonly killAddress: string;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/**
 * Makes the code that stops the card without phone and login, and gives it this once. The one before it works for some days more, so that
 * whoever has stolen the phone does not take the brake off by making a code of their own.
 * Refuses `not_found`, `card_not_active` for a card that anything but its holder's tap has stopped, `too_many_requests` while two codes
 * that were replaced still work, and `wrong_step` where other calls were always first.
 */
export const issueKillCode = (ports: IssueKillCodePorts, account: AccountKey): Promise<Result<IssueKillCodeReply>> =>
  changeIdentity<IssueKillCodeReply>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      // Whoever holds the phone of a card that was reported may not be its holder: a code of theirs would stop the next card too.
      if (without(identity.card.stops, 'holder').length > 0)
        return { kind: 'refused', error: { code: 'card_not_active' } };
      const madeAt = ports.now();
      const until = nextCodeFrom(identity.killCodes, madeAt);
      if (until !== null) return { kind: 'refused', error: { code: 'too_many_requests', until } };
      const code = createKillCode(ports.randomBytes(KILL_CODE_BYTES));
      const killCodes = withNewCode(identity.killCodes, ports.killCodeKeyOf(code), madeAt);
      const replacedUntil = killCodes[1]?.until ?? null;
      const next = nextRevisionOf(identity, { killCodes });
      return {
        kind: 'changed',
        next: withEvent(ports.sealEvent, next, { at: madeAt, happening: { kind: 'kill_code_made' } }),
        value: {
          ok: true,
          code: showKillCode(code),
          madeAt,
          address: ports.killAddress,
          ...(replacedUntil !== null && { replacedUntil }),
        },
      };
    },
  );

export interface ReadKillCodePorts {
  readonly now: Now;
  readonly killCodeKeyOf: KillCodeKeyOf;
  readonly loadIdentityByKillCode: LoadIdentityByKillCode;
}

/** The identity whose card a code stops; null where it is no card's, or was replaced too long ago. */
export const identityOfKillCode = async (ports: ReadKillCodePorts, code: KillCode): Promise<Identity | null> => {
  const key = ports.killCodeKeyOf(code);
  const identity = await ports.loadIdentityByKillCode(key);
  return identity && stopsBy(identity.killCodes, key, ports.now()) ? identity : null;
};

export interface KillCardPorts extends ChangeIdentityPorts, ReadKillCodePorts {
  readonly takeTurn: TakeTurn;
}

const MINUTE_MS = 60 * 1000;
/** How often one address may try in vain. Nobody guesses 95 bits: the limits tell a guesser to stop. */
export const KILLS_OF_ADDRESS: RateLimit = { name: 'kill', most: 10, windowMs: 10 * MINUTE_MS };
/** How often all together may try in vain: far above a bad day. */
export const KILLS_OF_ALL: RateLimit = { name: 'kill', most: 3000, windowMs: MINUTE_MS };

/**
 * Suspends the card of a kill code at once. From then on its holder's own resuming is refused: a face or a counter
 * makes it valid again. Nobody is logged in, so of codes that are wrong and of cards that are stopped already the answer is the same.
 * Turns are taken by what stopped nothing alone: thousands share an address, and none of them may keep another from the brake.
 * @param address the caller's network address; null where it is not known
 * @returns whether a card was stopped by this call
 * Refuses `kill_code_mistyped` where it is none, `kill_code_unknown`, `too_many_requests`, and `wrong_step` where other calls were always
 * first.
 */
export const killCard = async (
  ports: KillCardPorts,
  address: string | null,
  typed: string,
): Promise<Result<{ readonly ok: true }>> => {
  const code = parseKillCode(typed);
  if (!code) return refuse('kill_code_mistyped');
  const stopping = await changeIdentity(
    ports,
    () => identityOfKillCode(ports, code),
    (identity) => stop(ports, identity, 'kill_code'),
    ROUNDS_OF_OTHERS,
  );
  if (stopping.ok && stopping.value.isChanged) return done({ ok: true });
  if (!stopping.ok && stopping.error.code !== 'not_found') return stopping;
  const ofAddress = await ports.takeTurn(KILLS_OF_ADDRESS, { kind: 'address', address: address ?? 'unknown' });
  const isInTurn = ofAddress && (await ports.takeTurn(KILLS_OF_ALL, { kind: 'everybody' }));
  return refuse(isInTurn ? 'kill_code_unknown' : 'too_many_requests');
};
