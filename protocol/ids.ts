/* eslint-disable @typescript-eslint/consistent-type-assertions -- a brand is made by an assertion; this file is the only maker */
declare const brand: unique symbol;

/** A value of type `Base` that only its own maker may produce. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One enrolment, from consent to card: 32 lower-case hexadecimal digits, random. */
export type CaseId = Brand<string, 'CaseId'>;
/** One card: 32 lower-case hexadecimal digits, random; never derived from the person. */
export type CardId = Brand<string, 'CardId'>;
/** One entry of the event log: 32 lower-case hexadecimal digits, random. */
export type EventId = Brand<string, 'EventId'>;
/** One showing: 16 random bytes as base64url (22 characters). */
export type ShowingHandle = Brand<string, 'ShowingHandle'>;
/** One offline pass: 32 lower-case hexadecimal digits, random. */
export type PassId = Brand<string, 'PassId'>;
/** One session of a counter, for which a holder opens a bound showing: 16 random bytes as base64url (22 characters). */
export type SessionHandle = Brand<string, 'SessionHandle'>;
/** A file in cloud storage: `cloud://<environment>.<bucket>/<path>`. */
export type FileId = Brand<string, 'FileId'>;
/** The account of a super-app user, as a keyed hash: whoever reads it cannot tell the open id. */
export type AccountKey = Brand<string, 'AccountKey'>;
/** An identity number, as a keyed hash. */
export type IdentityKey = Brand<string, 'IdentityKey'>;
/** A kill code, as a keyed hash. */
export type KillCodeKey = Brand<string, 'KillCodeKey'>;
/** A person's identity number as a keyed hash of its own kind: it leads from a child's card to its guardian's list, and to no identity. */
export type GuardianKey = Brand<string, 'GuardianKey'>;
/** One deletion of an account: 32 lower-case hexadecimal digits, from its random challenge. */
export type DeletionId = Brand<string, 'DeletionId'>;
/** What a partner's server is told once: 32 lower-case hexadecimal digits, the `jti` of its token. */
export type NoticeId = Brand<string, 'NoticeId'>;
/** A partner's server and a holder, as one keyed hash: neither is read from it. */
export type NoticeLineKey = Brand<string, 'NoticeLineKey'>;
/** An office that issues documents, as a keyed hash of its name. */
export type OfficeKey = Brand<string, 'OfficeKey'>;
/** A resident identity number that passed `parseIdNumber`: 18 characters, the last a digit or `X`. */
export type IdNumber = Brand<string, 'IdNumber'>;
/** Milliseconds since 1970-01-01T00:00:00Z, by the server's clock. */
export type Instant = Brand<number, 'Instant'>;
/** A calendar date as `YYYY-MM-DD`. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

const shaped = (text: string, pattern: RegExp, name: string): string => {
  // The value itself stays out of the message: it may be a person's.
  if (!pattern.test(text)) throw new RangeError(`not a ${name}`);
  return text;
};
const hexId = /^[0-9a-f]{32}$/;

/** @throws RangeError where the text has not the form of a case id */
export const caseId = (text: string): CaseId => shaped(text, hexId, 'case id') as CaseId;
/** @throws RangeError where the text has not the form of a card id */
export const cardId = (text: string): CardId => shaped(text, hexId, 'card id') as CardId;
/** @throws RangeError where the text has not the form of an event id */
export const eventId = (text: string): EventId => shaped(text, hexId, 'event id') as EventId;
/** @throws RangeError where the text has not the form of a pass id */
export const passId = (text: string): PassId => shaped(text, hexId, 'pass id') as PassId;
/** @throws RangeError where the text has not the form of a showing handle */
export const showingHandle = (text: string): ShowingHandle =>
  shaped(text, /^[A-Za-z0-9_-]{21}[AQgw]$/, 'showing handle') as ShowingHandle;
const sixteenBytes = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** Whether the text has the form of a session handle. */
export const isSessionHandle = (text: string): boolean => sixteenBytes.test(text);
/** @throws RangeError where the text has not the form of a session handle */
export const sessionHandle = (text: string): SessionHandle =>
  shaped(text, sixteenBytes, 'session handle') as SessionHandle;
/** @throws RangeError where the text has not the form of a file id */
export const fileId = (text: string): FileId => shaped(text, /^cloud:\/\/[^/]+\/.+$/, 'file id') as FileId;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const accountKey = (text: string): AccountKey => shaped(text, /^[0-9a-f]{64}$/, 'account key') as AccountKey;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const identityKey = (text: string): IdentityKey => shaped(text, /^[0-9a-f]{64}$/, 'identity key') as IdentityKey;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const killCodeKey = (text: string): KillCodeKey =>
  shaped(text, /^[0-9a-f]{64}$/, 'kill code key') as KillCodeKey;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const guardianKey = (text: string): GuardianKey => shaped(text, /^[0-9a-f]{64}$/, 'guardian key') as GuardianKey;
/** @throws RangeError where the text has not the form of a deletion id */
export const deletionId = (text: string): DeletionId => shaped(text, hexId, 'deletion id') as DeletionId;
/** @throws RangeError where the text has not the form of a notice id */
export const noticeId = (text: string): NoticeId => shaped(text, hexId, 'notice id') as NoticeId;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const noticeLineKey = (text: string): NoticeLineKey =>
  shaped(text, /^[0-9a-f]{64}$/, 'notice line key') as NoticeLineKey;
/** @throws RangeError where the text is no keyed hash (64 hexadecimal digits) */
export const officeKey = (text: string): OfficeKey => shaped(text, /^[0-9a-f]{64}$/, 'office key') as OfficeKey;
/** @throws RangeError where the number is no whole count of milliseconds */
export const instant = (milliseconds: number): Instant => {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) throw new RangeError('not an instant');
  return milliseconds as Instant;
};
/** @throws RangeError where the text has not the form `YYYY-MM-DD` */
export const calendarDate = (text: string): CalendarDate =>
  shaped(text, /^\d{4}-\d{2}-\d{2}$/, 'calendar date') as CalendarDate;
/** For `parseIdNumber` alone, which has checked the digits. */
export const checkedIdNumber = (text: string): IdNumber => shaped(text, /^\d{17}[\dX]$/, 'identity number') as IdNumber;

/** 16 random bytes as 32 hexadecimal digits, the spelling of every random id. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
