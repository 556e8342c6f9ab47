import { trustFrameworks } from './ask-answer';
import type { Typed } from './schema';

const essential = { type: 'boolean' } as const;

/** Asked for, with nothing more to say of it but whether it is essential: nothing is told by halves. */
const asked = {
  anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: false, required: [], properties: { essential } }],
} as const;

/** @param values what may be insisted on */
const askedAs = <const Values extends readonly string[]>(values: Values) =>
  ({
    anyOf: [
      { type: 'null' },
      {
        type: 'object',
        additionalProperties: false,
        required: [],
        properties: { essential, value: { type: 'string', enum: values } },
      },
    ],
  }) as const;

/**
 * The parameter `claims` of a request (OpenID Connect Core 1.0, section 5.5) with what Identity Assurance 1.0 adds to it, as far as it can be
 * served. Without `verified_claims`, all is asked for that the partner is registered for.
 */
export const ClaimsRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['id_token'],
  properties: {
    id_token: {
      type: 'object',
      additionalProperties: false,
      required: [],
      properties: {
        acr: asked,
        amr: asked,
        auth_time: asked,
        verified_claims: {
          type: 'object',
          additionalProperties: false,
          required: ['verification', 'claims'],
          properties: {
            verification: {
              type: 'object',
              additionalProperties: false,
              required: ['trust_framework'],
              properties: {
                trust_framework: askedAs(trustFrameworks),
                /** `full` accepts no lower tier. */
                assurance_level: askedAs(['light', 'full']),
                time: asked,
                verification_process: asked,
              },
            },
            /** By the names under which they are told. */
            claims: {
              type: 'object',
              additionalProperties: false,
              required: [],
              properties: {
                age_over_18: asked,
                masked_name: asked,
                masked_number: asked,
                name: asked,
                number: asked,
                gender: asked,
                birthdate: asked,
                ethnicity: asked,
                address: asked,
                document_issuing_authority: asked,
                document_expires_on: asked,
              },
            },
          },
        },
      },
    },
  },
} as const;
export type ClaimsRequest = Typed<typeof ClaimsRequest>;
