import { thumbprint, type Typed } from './schema';

const header = { type: 'string', maxLength: 200 } as const;
const issuer = { type: 'string', minLength: 1, maxLength: 200 } as const;
const hash = thumbprint;
const size = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const seconds = { type: 'integer', minimum: 0, maximum: 4102444800 } as const;
/** A path through a tree of any size has at most one hash a level, and a proof between two sizes one more. */
const proof = { type: 'array', maxItems: 65, items: hash } as const;

/** A published document as a phone hears it, which calls the function `public` instead of fetching a URL. */
export const PublishedReply = {
  type: 'object',
  additionalProperties: false,
  required: ['statusCode', 'headers', 'body'],
  properties: {
    statusCode: { type: 'integer', minimum: 100, maximum: 599 },
    headers: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        'content-type': header,
        'cache-control': header,
        'x-content-type-options': header,
        'access-control-allow-origin': header,
        allow: header,
      },
    },
    body: { type: 'string', maxLength: 100_000 },
  },
} as const;
export type PublishedReply = Typed<typeof PublishedReply>;

/** A key of the issuer's (RFC 7517), with the time in which it holds. */
export const PublishedKey = {
  type: 'object',
  additionalProperties: false,
  required: ['kty', 'crv', 'x', 'y', 'kid', 'use', 'alg', 'nbf', 'exp'],
  properties: {
    kty: { const: 'EC' },
    crv: { const: 'P-256' },
    x: thumbprint,
    y: thumbprint,
    kid: { type: 'string', minLength: 1, maxLength: 100 },
    use: { const: 'sig' },
    alg: { const: 'ES256' },
    nbf: seconds,
    exp: seconds,
  },
} as const;
export type PublishedKey = Typed<typeof PublishedKey>;

const keys = { type: 'array', maxItems: 20, items: PublishedKey } as const;

/** The issuer and the keys of its cards and its log (draft-ietf-oauth-sd-jwt-vc, section 5). */
export const IssuerMetadata = {
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'jwks'],
  properties: {
    issuer,
    jwks: { type: 'object', additionalProperties: false, required: ['keys'], properties: { keys } },
  },
} as const;
export type IssuerMetadata = Typed<typeof IssuerMetadata>;

/** The issuer and the keys of its receipts. */
export const ReceiptKeys = {
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'keys'],
  properties: { issuer, keys },
} as const;
export type ReceiptKeys = Typed<typeof ReceiptKeys>;

/** Proof that an event's leaf is in the tree of that size (RFC 9162, section 2.1.3). */
export const InclusionProof = {
  type: 'object',
  additionalProperties: false,
  required: ['leaf', 'size', 'proof'],
  properties: { leaf: size, size, proof },
} as const;
export type InclusionProof = Typed<typeof InclusionProof>;

/** Proof that the tree of one size begins with the tree of another (RFC 9162, section 2.1.4). */
export const ConsistencyProof = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'proof'],
  properties: { from: size, to: size, proof },
} as const;
export type ConsistencyProof = Typed<typeof ConsistencyProof>;
