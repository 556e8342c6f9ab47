declare const brand: unique symbol;

/** A value of type `Base` that only its own parser or maker may produce. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One enrolment, from consent to card: 32 lower-case hexadecimal digits, random. */
export type CaseId = Brand<string, 'CaseId'>;
/** One card: 32 lower-case hexadecimal digits, random; never derived from the person. */
export type CardId = Brand<string, 'CardId'>;
/** One showing: 16 random bytes as base64url (22 characters). */
export type ShowingHandle = Brand<string, 'ShowingHandle'>;
/** A file in cloud storage: `cloud://<environment>.<bucket>/<path>`. */
export type FileId = Brand<string, 'FileId'>;
/** The account of a super-app user, as a keyed hash: whoever reads it cannot tell the open id. */
export type AccountKey = Brand<string, 'AccountKey'>;
/** An identity number, as a keyed hash. */
export type IdentityKey = Brand<string, 'IdentityKey'>;
/** A resident identity number that passed `parseIdNumber`: 18 characters, the last a digit or `X`. */
export type IdNumber = Brand<string, 'IdNumber'>;
/** Milliseconds since 1970-01-01T00:00:00Z, by the server's clock. */
export type Instant = Brand<number, 'Instant'>;
/** A calendar date as `YYYY-MM-DD`. */
export type CalendarDate = Brand<string, 'CalendarDate'>;
