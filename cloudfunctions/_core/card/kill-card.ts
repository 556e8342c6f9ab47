import {
  createKillCode,
  KILL_CODE_BYTES,
  parseKillCode,
  showKillCode,
  type AccountKey,
  type IssueKillCodeReply,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { refuse, type Result } from '../result';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import type { KillCodeKeyOf, LoadIdentityByKillCode, LoadIdentityOfAccount } from './identity-ports';
import { stop } from './revoke-card';

export interface IssueKillCodePorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly killCodeKeyOf: KillCodeKeyOf;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/**
 * Makes the code that stops the card without phone and login, and gives it this once; the one before it is void from now on.
 * Refuses `not_found`, `card_not_active` for a revoked card, and `wrong_step` where other calls were always first.
 */
export const issueKillCode = (ports: IssueKillCodePorts, account: AccountKey): Promise<Result<IssueKillCodeReply>> =>
  changeIdentity<IssueKillCodeReply>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      if (identity.card.status === 'revoked') return { kind: 'refused', error: { code: 'card_not_active' } };
      const code = createKillCode(ports.randomBytes(KILL_CODE_BYTES));
      const madeAt = ports.now();
      const next = nextRevisionOf(identity, { killCode: { key: ports.killCodeKeyOf(code), madeAt } });
      return {
        kind: 'changed',
        next: withEvent(ports.sealEvent, next, { at: madeAt, happening: { kind: 'kill_code_made' } }),
        value: { ok: true, code: showKillCode(code), madeAt },
      };
    },
  );

export interface KillCardPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly killCodeKeyOf: KillCodeKeyOf;
  readonly loadIdentityByKillCode: LoadIdentityByKillCode;
  readonly takeTurn: TakeTurn;
}

const MINUTE_MS = 60 * 1000;
/** What one address may try. Nobody guesses 95 bits: the limits are there for the database. */
export const KILLS_OF_ADDRESS: RateLimit = { name: 'kill', most: 10, windowMs: 10 * MINUTE_MS };
/** What all together may try: far above a bad day, so that nobody keeps others from stopping their cards with a few machines. */
export const KILLS_OF_ALL: RateLimit = { name: 'kill', most: 3000, windowMs: MINUTE_MS };

/**
 * Suspends the card of a kill code at once and cuts its showing. From then on its holder's own resuming is refused: a face or a counter
 * makes it valid again. Nobody is logged in, so of codes that are wrong and of cards that are stopped already the answer is the same.
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
  const ofAddress = await ports.takeTurn(KILLS_OF_ADDRESS, { kind: 'address', address: address ?? 'unknown' });
  if (!ofAddress || !(await ports.takeTurn(KILLS_OF_ALL, { kind: 'everybody' }))) return refuse('too_many_requests');
  const key = ports.killCodeKeyOf(code);
  const stopping = await changeIdentity(
    ports,
    () => ports.loadIdentityByKillCode(key),
    (identity) => stop(ports, identity, 'kill_code'),
  );
  if (!stopping.ok) return stopping.error.code === 'not_found' ? refuse('kill_code_unknown') : stopping;
  return stopping.value.isChanged ? { ok: true, value: { ok: true } } : refuse('kill_code_unknown');
};
