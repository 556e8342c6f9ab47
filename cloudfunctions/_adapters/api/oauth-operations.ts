import { BINDING_MESSAGE_MAX, purposeIds } from '../../../protocol';
import {
  AUTHORIZE_PATH,
  BACKCHANNEL_PATH,
  INTROSPECTION_PATH,
  JWKS_PATH,
  PUSHED_REQUEST_PATH,
  REVOCATION_PATH,
  TOKEN_PATH,
} from '../oauth/paths';
import { refer, type SchemaObject } from './api-components';

/** A refusal as OAuth has it. Others than these may come of a library’s own: decide by the status where one is not known. */
export const oauthError: SchemaObject = {
  type: 'object',
  required: ['error'],
  description:
    'RFC 6749, section 5.2. Where one of our own codes is the reason, it stands before a colon in the description.',
  properties: { error: { type: 'string' }, error_description: { type: 'string' } },
};

const text: SchemaObject = { type: 'string' };
const wordOf = (value: string): SchemaObject => ({ const: value });
const seconds: SchemaObject = { type: 'integer', minimum: 1 };
const jwt: SchemaObject = { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$' };

const authentication = {
  client_assertion_type: wordOf('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: {
    ...jwt,
    description:
      'A JWT by a registered key, ES256 (RFC 7523): `iss` and `sub` are the client id, `aud` is the issuer alone, `jti` is new, `iat` is of the last minute, and it ends within five.',
  },
};

const asked = {
  scope: wordOf('openid'),
  purpose: { type: 'string', enum: purposeIds, description: 'What you ask for.' },
  claims: {
    type: 'string',
    contentMediaType: 'application/json',
    contentSchema: refer('ClaimsRequest'),
    description: 'Which claims; left out, all that you are registered for.',
  },
  acr_values: { type: 'string', description: '`full` accepts no card of the lower tier.' },
  binding_message: {
    ...{ type: 'string', maxLength: BINDING_MESSAGE_MAX },
    description: 'What the holder compares on both screens; left out, it is drawn.',
  },
  presentation_nonce: {
    ...{ type: 'string', pattern: '^[\\w.~-]{16,128}$' },
    description: 'Asks for an SD-JWT presentation bound to it, as `vp_token`.',
  },
  requested_expiry: {
    type: 'string',
    pattern: '^[1-9][0-9]*$',
    description: 'How long the ask waits, up to 300 seconds.',
  },
  nonce: text,
};

const formOf = (properties: Readonly<Record<string, SchemaObject>>, required: readonly string[]): SchemaObject => ({
  type: 'object',
  required: [...required, 'client_assertion_type', 'client_assertion'],
  properties: { ...properties, ...authentication },
});

interface Refusals {
  /** Codes of OAuth for status 400. */
  readonly faults: readonly string[];
}

const refusalOf = (description: string, errors: readonly string[]): SchemaObject => ({
  description,
  content: {
    'application/json': { schema: { allOf: [refer('OAuthError'), { properties: { error: { enum: errors } } }] } },
  },
});

const refusalsOf = ({ faults }: Refusals): SchemaObject => ({
  400: refusalOf('The request is at fault, or is not granted.', faults),
  401: refusalOf('The assertion proves nobody who may ask.', ['invalid_client']),
  429: {
    ...refusalOf('Too many calls.', ['slow_down']),
    headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
  },
});

/** An endpoint to which servers post forms. */
const endpoint = (given: {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly form: SchemaObject;
  readonly isProved: boolean;
  readonly answer: readonly [status: 200 | 201, content: SchemaObject | null];
  readonly faults: readonly string[];
}): SchemaObject => {
  const { operationId, summary, description, form, isProved, faults } = given;
  const [status, content] = given.answer;
  return {
    post: {
      ...{ operationId, tags: ['OAuth'], summary, description, security: [] },
      ...(isProved && { parameters: [{ $ref: '#/components/parameters/DPoP' }] }),
      requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
      responses: {
        [status]: {
          description: 'As asked.',
          ...(content && { content: { 'application/json': { schema: content } } }),
        },
        ...refusalsOf({ faults }),
      },
    },
  };
};

const objectOf = (properties: Readonly<Record<string, SchemaObject>>, required: readonly string[]): SchemaObject => ({
  ...{ type: 'object', required, properties },
});

const grants: SchemaObject = {
  oneOf: [
    formOf(
      {
        grant_type: wordOf('client_credentials'),
        scope: { type: 'string', description: 'What for: `verifications`.' },
      },
      ['grant_type', 'scope'],
    ),
    formOf({ grant_type: wordOf('urn:openid:params:grant-type:ciba'), auth_req_id: text }, [
      'grant_type',
      'auth_req_id',
    ]),
    formOf({ grant_type: wordOf('authorization_code'), code: text, redirect_uri: text, code_verifier: text }, [
      'grant_type',
      'code',
      'redirect_uri',
      'code_verifier',
    ]),
  ],
};

const tokenReply = objectOf(
  {
    access_token: text,
    token_type: { ...text, pattern: '^[Dd][Pp][Oo][Pp]$' },
    expires_in: seconds,
    scope: text,
    id_token: {
      ...jwt,
      description:
        'Of an answer. Its claims are `AskAnswer`, beside those that every ID token has; signed by the keys of the provider.',
    },
  },
  ['access_token', 'token_type', 'expires_in'],
);

const commonFaults = [
  'invalid_request',
  'invalid_target',
  'invalid_scope',
  'unauthorized_client',
  'invalid_dpop_proof',
];

/** The OAuth endpoints that partners' servers ask by a library of its field, as far as a description helps. */
export const oauthPaths = (issuer: string): Readonly<Record<string, SchemaObject>> => ({
  [TOKEN_PATH]: endpoint({
    operationId: 'token',
    summary: 'Get a token, or fetch the answer of a holder',
    description: `A token for \`${issuer}\` lives five minutes and is bound to the key of the proof. An answer is told once.`,
    ...{ form: grants, isProved: true, answer: [200, tokenReply] },
    faults: [
      ...commonFaults,
      ...['invalid_grant', 'unsupported_grant_type', 'authorization_pending', 'slow_down'],
      ...['access_denied', 'expired_token', 'unmet_authentication_requirements'],
    ],
  }),
  [BACKCHANNEL_PATH]: endpoint({
    operationId: 'askByBackchannel',
    summary: 'Ask a holder who stands at a counter or is on the phone (CIBA)',
    description: 'Poll the token endpoint with `auth_req_id`, no sooner than each `interval` seconds.',
    form: formOf(
      {
        ...asked,
        login_hint: {
          ...{ type: 'string', pattern: '^(?:[0-9]{9}|scan)$' },
          description: 'Nine digits that the holder reads out; or `scan`, and the answer has the code for your screen.',
        },
      },
      ['scope', 'purpose', 'login_hint'],
    ),
    isProved: false,
    answer: [
      200,
      objectOf(
        {
          ...{ auth_req_id: text, expires_in: seconds, interval: seconds, binding_message: text },
          scan_code: { ...text, description: 'The text of a QR code, with `login_hint=scan`.' },
        },
        ['auth_req_id', 'expires_in', 'interval', 'binding_message'],
      ),
    ],
    faults: [...commonFaults, 'access_denied', 'invalid_binding_message'],
  }),
  [PUSHED_REQUEST_PATH]: endpoint({
    operationId: 'pushRequest',
    summary: 'Hand in what a holder at a browser is asked',
    description: 'Then send the browser to the authorization endpoint with `client_id` and `request_uri` (RFC 9126).',
    form: formOf(
      {
        ...asked,
        ...{ response_type: wordOf('code'), redirect_uri: text, state: text },
        ...{ code_challenge: text, code_challenge_method: wordOf('S256') },
      },
      ['scope', 'purpose', 'response_type', 'redirect_uri', 'code_challenge', 'code_challenge_method'],
    ),
    isProved: true,
    answer: [201, objectOf({ request_uri: text, expires_in: seconds }, ['request_uri', 'expires_in'])],
    faults: [...commonFaults, 'unsupported_response_type'],
  }),
  [AUTHORIZE_PATH]: {
    get: {
      ...{ operationId: 'authorize', tags: ['OAuth'], security: [] },
      summary: 'Send a browser to its holder’s phone',
      description:
        'The browser comes back to `redirect_uri` with `code` and `state`, or with `error`. It can only be what was pushed.',
      parameters: ['client_id', 'request_uri'].map((name) => ({ name, in: 'query', required: true, schema: text })),
      responses: {
        303: {
          description: 'To the page on which the browser waits, or back with an error.',
          headers: { Location: { $ref: '#/components/headers/Location' } },
        },
        400: refusalOf('The request was not pushed, or is over; a browser is shown a page.', [
          ...commonFaults,
          'invalid_client',
        ]),
      },
    },
  },
  [INTROSPECTION_PATH]: endpoint({
    operationId: 'introspect',
    summary: 'Ask whether a token of your own holds',
    description: 'RFC 7662. Of every other token it is told that it does not.',
    ...{ form: formOf({ token: text }, ['token']), isProved: false },
    answer: [200, objectOf({ active: { type: 'boolean' } }, ['active'])],
    faults: commonFaults,
  }),
  [REVOCATION_PATH]: endpoint({
    operationId: 'revoke',
    summary: 'Give a token of your own back',
    description: 'RFC 7009.',
    ...{ form: formOf({ token: text }, ['token']), isProved: false },
    answer: [200, null],
    faults: commonFaults,
  }),
  [JWKS_PATH]: {
    get: {
      ...{ operationId: 'providerKeys', tags: ['OAuth'], security: [] },
      summary: 'Read the keys that sign ID tokens',
      description: 'A JWK set (RFC 7517). Read it anew where a token names a key that you do not know.',
      responses: {
        200: {
          description: 'The keys.',
          content: {
            'application/json': {
              schema: objectOf({ keys: { type: 'array', items: { type: 'object' } } }, ['keys']),
            },
          },
        },
      },
    },
  },
});
