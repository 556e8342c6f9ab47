import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** The TypeScript type of what a JSON Schema accepts. */
export type Typed<Schema extends JSONSchema> = FromSchema<Schema>;

/** What a request says beside the name of its action; where a request has alternatives, each of them by itself. */
export type WithoutAction<Request> = Request extends unknown ? Omit<Request, 'action'> : never;

/** 32 lower-case hexadecimal digits. */
export const hexId = { type: 'string', pattern: '^[0-9a-f]{32}$', maxLength: 32 } as const;

/** 16 bytes as base64url without padding; the last character carries two bits. */
export const handle = { type: 'string', pattern: '^[A-Za-z0-9_-]{21}[AQgw]$', maxLength: 22 } as const;

/** A file id of cloud storage. Which folder it may lie in is the use case's business, not the schema's. */
export const fileId = {
  type: 'string',
  pattern: '^cloud://[a-z0-9-]{1,64}\\.[a-z0-9-]{1,128}/[A-Za-z0-9/_.-]{1,200}$',
  maxLength: 400,
} as const;

/** Milliseconds since 1970, until the year 2100. */
export const instant = { type: 'integer', minimum: 0, maximum: 4102444800000 } as const;

/** A calendar date. */
export const calendarDate = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10 } as const;

/**
 * Bytes as base64url without padding.
 * @param maxLength the most characters that are accepted
 */
export const base64url = <const Max extends number>(maxLength: Max) =>
  ({ type: 'string', pattern: '^[A-Za-z0-9_-]+$', maxLength }) as const;

/** Thumbprint of a key (RFC 7638): 32 bytes as base64url. */
export const thumbprint = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 } as const;

/** A signed receipt: a JWS in compact form (RFC 7515, section 7.1). */
export const receipt = {
  type: 'string',
  pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
  maxLength: 4096,
} as const;

/** An uncompressed point of P-256 as base64url: 65 bytes. */
export const uncompressedPoint = { type: 'string', pattern: '^[A-Za-z0-9_-]{87}$', maxLength: 87 } as const;
