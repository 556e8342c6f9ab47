import { createHmac } from 'node:crypto';
import {
  accountKey,
  guardianKey,
  identityKey,
  killCodeKey,
  noticeLineKey,
  officeKey,
  type AccountKey,
  type GuardianKey,
  type IdentityKey,
  type IdNumber,
  type KillCode,
  type KillCodeKey,
  type NoticeLineKey,
  type OfficeKey,
  type SessionHandle,
} from '../../../protocol';

/** An account of a super-app's user. A second super-app is a second value of `superApp`. */
export interface Account {
  readonly superApp: 'wechat';
  readonly appId: string;
  readonly openId: string;
}

/**
 * Keyed hashes under which people and accounts are found. A plain hash would not do: all identity numbers can be tried in a day.
 */
export interface BlindIndex {
  readonly ofNumber: (number: IdNumber) => IdentityKey;
  readonly ofAccount: (account: Account) => AccountKey;
  /** A counter that an institution's server speaks for, in the place of an account: the names alone would be guessed. */
  readonly ofCounter: (client: string, counter: string) => AccountKey;
  /** An ask of an institution's server, in the place of an account as well, and never a counter's. */
  readonly ofAsk: (client: string, session: SessionHandle) => AccountKey;
  /** What waits to be told of a holder to an institution's server. @param holder the name that the identity's data key draws */
  readonly ofNoticeLine: (client: string, holder: string) => NoticeLineKey;
  /** A number by which an institution asks a holder: 32 hexadecimal digits. */
  readonly ofAskNumber: (number: string) => string;
  /** A number that a holder reads out at a counter: 32 hexadecimal digits. */
  readonly ofVisit: (number: string) => string;
  /** A number that a child reads out to a guardian: 32 hexadecimal digits. */
  readonly ofGuardianCall: (number: string) => string;
  /** A person as a guardian: the same person's identity has another hash, and neither leads to the other. */
  readonly ofGuardian: (number: IdNumber) => GuardianKey;
  readonly ofKillCode: (code: KillCode) => KillCodeKey;
  /** A window in which somebody's turns are counted. @returns 64 hexadecimal digits */
  readonly ofWindow: (parts: readonly string[]) => string;
  /** @param office its name as documents print it; blanks in it say nothing */
  readonly ofOffice: (office: string) => OfficeKey;
}

/**
 * @param key 32 bytes, kept apart from the database
 * @throws RangeError where the key has another length
 */
export const createBlindIndex = (key: Uint8Array): BlindIndex => {
  if (key.length !== 32) throw new RangeError('the index key must have 32 bytes');
  const keyed = (kind: string, parts: readonly string[]): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, ...parts]))
      .digest('hex');
  return {
    ofNumber: (number) => identityKey(keyed('number', [number])),
    ofCounter: (client, counter) => accountKey(keyed('counter', [client, counter])),
    ofAsk: (client, session) => accountKey(keyed('ask', [client, session])),
    ofNoticeLine: (client, holder) => noticeLineKey(keyed('notice line', [client, holder])),
    ofAskNumber: (number) => keyed('ask number', [number]).slice(0, 32),
    ofVisit: (number) => keyed('visit', [number]).slice(0, 32),
    ofGuardianCall: (number) => keyed('guardian call', [number]).slice(0, 32),
    ofGuardian: (number) => guardianKey(keyed('guardian', [number])),
    ofKillCode: (code) => killCodeKey(keyed('kill code', [code])),
    ofWindow: (parts) => keyed('window', parts),
    ofOffice: (office) => officeKey(keyed('office', [office.replace(/\s/g, '')])),
    ofAccount: ({ superApp, appId, openId }) => accountKey(keyed('account', [superApp, appId, openId])),
  };
};
