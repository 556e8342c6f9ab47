import type { JSONSchema } from 'json-schema-to-ts';
import { ADDRESS_MAX } from '../institutions/address';
import { institutionActReasons } from '../operators/reasons';
import { Names } from './history-parts';
import { partnerId } from './partner-parts';
import { thumbprint, type Typed } from './schema';

/** The most keys that an institution proves itself by at once: two, while it changes from one to the next, and as many servers again. */
export const INSTITUTION_KEYS_MAX = 4;
/** The most addresses that a browser may be sent back to. */
export const REDIRECT_URIS_MAX = 10;

/** The name by which a partner's server asks for tokens: a word that was chosen, or 32 hexadecimal digits that were drawn. */
export const clientId = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{2,39}$', maxLength: 40 } as const;

/** A key's name of its owner's making. */
const keyName = { type: 'string', pattern: '^[A-Za-z0-9_.:=+/-]+$', minLength: 1, maxLength: 100 } as const;
const coordinate = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 } as const;

/** A public key by value (RFC 7517): what is not listed, a private part above all, does not pass. */
export const InstitutionJwk = {
  type: 'object',
  additionalProperties: false,
  required: ['kty', 'crv', 'x', 'y', 'kid'],
  properties: { kty: { const: 'EC' }, crv: { const: 'P-256' }, x: coordinate, y: coordinate, kid: keyName },
} as const;
export type InstitutionJwk = Typed<typeof InstitutionJwk>;

const address = { type: 'string', pattern: '^https?://[!-~]+$', minLength: 10, maxLength: ADDRESS_MAX } as const;
const addresses = {
  redirectUris: { type: 'array', maxItems: REDIRECT_URIS_MAX, items: address },
  /** Where it hears of events; null where it asks for none. */
  events: {
    anyOf: [
      { type: 'object', additionalProperties: false, required: ['url'], properties: { url: address } },
      { type: 'null' },
    ],
  },
} as const;

/** What a server is for: to ask holders, or to try the service with test persons. It stays what it was registered for. */
export const institutionUses = ['live', 'sandbox'] as const;
export type InstitutionUse = (typeof institutionUses)[number];
const use = { type: 'string', enum: institutionUses } as const;

const registering = {
  partner: partnerId,
  use,
  keys: { type: 'array', minItems: 1, maxItems: INSTITUTION_KEYS_MAX, items: InstitutionJwk },
  ...addresses,
} as const;

const targetOf = <
  const Properties extends Readonly<Record<string, JSONSchema>>,
  const Required extends readonly string[],
>(
  properties: Properties,
  required: Required,
) => ({ type: 'object', additionalProperties: false, required, properties }) as const;

const register = {
  kind: { const: 'register_institution' },
  reason: { type: 'string', enum: institutionActReasons.register_institution },
} as const;

const others = {
  addKey: {
    kind: { const: 'add_institution_key' },
    target: targetOf({ client: clientId, key: InstitutionJwk }, ['client', 'key']),
    reason: { type: 'string', enum: institutionActReasons.add_institution_key },
  },
  withdrawKey: {
    kind: { const: 'withdraw_institution_key' },
    target: targetOf({ client: clientId, kid: keyName }, ['client', 'kid']),
    reason: { type: 'string', enum: institutionActReasons.withdraw_institution_key },
  },
  move: {
    kind: { const: 'move_institution' },
    target: targetOf({ client: clientId, ...addresses }, ['client', 'redirectUris', 'events']),
    reason: { type: 'string', enum: institutionActReasons.move_institution },
  },
  end: {
    kind: { const: 'end_institution' },
    target: targetOf({ client: clientId }, ['client']),
    reason: { type: 'string', enum: institutionActReasons.end_institution },
  },
} as const;

/** Acts on a partner's server as they are asked for; where no client id is named, one is drawn. */
export const askedInstitutionActs = {
  register: {
    ...register,
    target: targetOf({ client: clientId, ...registering }, ['partner', 'use', 'keys', 'redirectUris', 'events']),
  },
  ...others,
} as const;

/** The same as two operators decide them. */
export const institutionActsToDecide = {
  register: {
    ...register,
    target: targetOf({ client: clientId, ...registering }, [
      ...(['client', 'partner', 'use', 'keys'] as const),
      ...(['redirectUris', 'events'] as const),
    ]),
  },
  ...others,
} as const;

/** The servers of a partner. */
export const ListInstitutionsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'partner'],
  properties: { action: { const: 'listInstitutions' }, partner: partnerId },
} as const;
export type ListInstitutionsRequest = Typed<typeof ListInstitutionsRequest>;

export const ListInstitutionsReply = {
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'names', 'isActive', 'institutions'],
  properties: {
    ok: { const: true },
    names: Names,
    /** Whether the partner may check cards now: the servers of one that may not are refused. */
    isActive: { type: 'boolean' },
    institutions: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['client', 'use', 'state', 'keys', 'redirectUris', 'events'],
        properties: {
          client: clientId,
          use,
          state: { type: 'string', enum: ['active', 'ended'] },
          keys: {
            type: 'array',
            maxItems: INSTITUTION_KEYS_MAX,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['kid', 'thumbprint'],
              /** As its owner names it, and its RFC 7638 thumbprint, by which two people compare keys. */
              properties: { kid: keyName, thumbprint },
            },
          },
          ...addresses,
        },
      },
    },
  },
} as const;
export type ListInstitutionsReply = Typed<typeof ListInstitutionsReply>;
