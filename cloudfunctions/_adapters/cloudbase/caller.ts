import tcb from '@cloudbase/node-sdk';
import type { AccountKey } from '../../../protocol';
import type { Account, BlindIndex } from '../crypto/blind-index';
import type { Opened } from '../runtime/serve';

/**
 * The mini-program user who called, from the context object of this invocation alone. `process.env` of a warm instance may still
 * hold the caller before, and the event is the caller's own text: neither is looked at.
 * @returns null where WeChat did not vouch for a user
 */
const readCaller = (context: unknown): Account | null => {
  if (typeof context !== 'object' || context === null) return null;
  let environment: object;
  try {
    // Without `environment` the SDK would fall back to `environ`, a list that a value with a semicolon can add to.
    if (!('environment' in context) || typeof context.environment !== 'string' || context.environment === '')
      return null;
    const parsed = tcb.parseContext(context as Parameters<typeof tcb.parseContext>[0]);
    environment = parsed.environment ?? {};
  } catch {
    return null;
  }
  const { WX_OPENID: openId, WX_APPID: appId } = environment as { WX_OPENID?: unknown; WX_APPID?: unknown };
  const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);
  return isId(openId) && isId(appId) ? { superApp: 'wechat', appId, openId } : null;
};

/** What the platform itself adds to the event of a mini-program's call. */
const withoutPlatformKeys = (event: unknown): unknown => {
  if (typeof event !== 'object' || event === null) return event;
  const { userInfo: _userInfo, tcbContext: _tcbContext, ...own } = event as Record<string, unknown>;
  return own;
};

/** Opens a call of a mini-program's user: the account by its keyed hash, and the event without what the platform adds to it. */
export const openUserCall =
  (index: BlindIndex) =>
  (event: unknown, context: unknown): Opened<AccountKey> | null => {
    const account = readCaller(context);
    return account && { caller: index.ofAccount(account), said: withoutPlatformKeys(event) };
  };

/**
 * The user of a call, where WeChat itself must be asked about them. Only their account key can be seen in it: neither JSON nor a log
 * nor an inspection of it finds the open id, which lives as long as the call does.
 */
export interface PresentUser {
  readonly account: AccountKey;
}

const openIds = new WeakMap<PresentUser, string>();

/** The open id of a present user, for a question to WeChat and for nothing else. @throws Error where `openPresentCall` did not make it */
export const openIdOf = (user: PresentUser): string => {
  const openId = openIds.get(user);
  if (openId === undefined) throw new Error('nobody is present');
  return openId;
};

/** Opens a call like `openUserCall`, and has the user at hand for a question to WeChat. */
export const openPresentCall =
  (index: BlindIndex) =>
  (event: unknown, context: unknown): Opened<PresentUser> | null => {
    const account = readCaller(context);
    if (!account) return null;
    const user = Object.freeze({ account: index.ofAccount(account) });
    openIds.set(user, account.openId);
    return { caller: user, said: withoutPlatformKeys(event) };
  };
