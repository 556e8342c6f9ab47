import { OpenedCounter, Verification } from '../../../protocol';
import type { Scope } from '../oauth/provider';
import type { ProblemCode } from '../runtime/problem-table';
import type { Said } from './api-schemas';

/** The names between braces of a path template (OpenAPI 3.1, section 4.8.8). */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** What may stand in a path in the place of a name. */
interface PathForm {
  readonly description: string;
  readonly schema: { readonly type: 'string'; readonly pattern: string; readonly maxLength: number };
}

interface Row<Path extends string = string> {
  readonly method: 'GET' | 'POST';
  /** Below the path of institutions. */
  readonly path: Path;
  readonly tag: 'Checks' | 'Counters' | 'Cards' | 'Server';
  readonly summary: string;
  readonly description: string;
  /** What the token must be for. */
  readonly scope: Scope;
  /** What stands in the path. Another form names nothing: `not_found`. */
  readonly named: Readonly<Record<NamesIn<Path>, PathForm>>;
  /** Whether an idempotency key must come with it. */
  readonly isKeyed: boolean;
  /** The schema of the body; null where none is read. */
  readonly request: keyof Said | null;
  readonly reply: keyof Said;
  /** What it may be refused as, beside what every operation of its kind may: see `refusalsOf`. */
  readonly refusals: readonly ProblemCode[];
}

const row = <const Path extends string, const Given extends Omit<Row<Path>, 'path'>>(given: { path: Path } & Given) =>
  given;

const verification: PathForm = {
  description: 'The `id` that the check was answered with.',
  schema: Verification.properties.id,
};

const reference: PathForm = {
  description: '`reference` of a check, or `card_reference` of an ID token.',
  // Of any form: what is none looks like another's.
  schema: { type: 'string', pattern: '^[^/]{1,200}$', maxLength: 200 },
};

/** Everything that partners' servers ask with a token: what answers them, and what describes it, are made of these rows. */
export const operations = {
  verifyCode: row({
    method: 'POST',
    path: '/verifications',
    tag: 'Checks',
    summary: 'Check a code that was scanned',
    description:
      'Redeems the code of a holder’s screen, once. Repeat the very same request under the same key where its reply was lost: for 60 seconds it is answered as before. A refused order consumed nothing.',
    scope: 'verifications',
    named: {},
    isKeyed: true,
    request: 'VerificationOrder',
    reply: 'Verification',
    refusals: [
      ...(['idempotency_key_reused', 'wrong_step'] as const),
      ...(['purpose_not_registered', 'claims_not_granted', 'quota_used'] as const),
      ...(['code_not_recognised', 'code_expired', 'code_already_used'] as const),
      ...(['purpose_mismatch', 'other_terminal', 'counter_needed'] as const),
      ...(['tier_too_low', 'suspended', 'revoked', 'expired'] as const),
    ],
  }),
  readVerification: row({
    method: 'GET',
    path: '/verifications/{id}',
    tag: 'Checks',
    summary: 'Read a check that this server made',
    description: 'Facts, receipt and look. The claims and the reference of the card are never told again.',
    scope: 'verifications',
    named: { id: verification },
    isKeyed: false,
    request: null,
    reply: 'MadeVerification',
    refusals: ['not_found'],
  }),
  reportLook: row({
    method: 'POST',
    path: '/verifications/{id}/look',
    tag: 'Checks',
    summary: 'Say what comparing portrait and person came to',
    description: 'Within ten minutes of the check, once; the same answer again is harmless.',
    scope: 'verifications',
    named: { id: verification },
    isKeyed: false,
    request: 'LookOrder',
    reply: 'LookOrder',
    refusals: ['not_found', 'wrong_step'],
  }),
  openCounter: row({
    method: 'POST',
    path: '/counters',
    tag: 'Counters',
    summary: 'Open a session of a counter that shows its code first',
    description: 'Show `code` as a QR code; what the holder shows after scanning it is redeemed by this counter alone.',
    scope: 'verifications',
    named: {},
    isKeyed: false,
    request: 'CounterOrder',
    reply: 'OpenedCounter',
    refusals: ['purpose_not_registered', 'claims_not_granted', 'quota_used'],
  }),
  readCounter: row({
    method: 'GET',
    path: '/counters/{session}',
    tag: 'Counters',
    summary: 'Read what became of a session',
    description: 'Whether somebody has scanned its code, and what hinders them.',
    scope: 'verifications',
    named: {
      session: {
        description: 'The `session` that was opened by this server.',
        schema: OpenedCounter.properties.session,
      },
    },
    isKeyed: false,
    request: null,
    reply: 'CounterStanding',
    refusals: ['not_found'],
  }),
  readCardStatus: row({
    method: 'GET',
    path: '/cards/{reference}/status',
    tag: 'Cards',
    summary: 'Read how a card stands',
    description:
      'By the reference that a check or an ask gave this partner. Whatever is no reference of the partner’s, or none any more, is `unknown`.',
    scope: 'verifications',
    named: { reference },
    isKeyed: false,
    request: null,
    reply: 'CardStatus',
    refusals: [],
  }),
  readConsent: row({
    method: 'GET',
    path: '/consents/{reference}',
    tag: 'Cards',
    summary: 'Read how a consent stands that lasts',
    description:
      'By the `card_reference` that came with it: given, withdrawn by the holder, or ended. Whatever is no such reference of the partner’s is `not_found`; so is one whose holder has deleted the account.',
    scope: 'verifications',
    named: { reference },
    isKeyed: false,
    request: null,
    reply: 'CardConsent',
    refusals: ['not_found'],
  }),
  describeServer: row({
    method: 'GET',
    path: '/self',
    tag: 'Server',
    summary: 'Read what this server is registered for',
    description: 'Tells a developer that token and proof are as they should be.',
    scope: 'verifications',
    named: {},
    isKeyed: false,
    request: null,
    reply: 'InstitutionSelf',
    refusals: [],
  }),
} as const satisfies Readonly<Record<string, Row>>;

export type OperationId = keyof typeof operations;
/** A row, whichever it is. */
export type OperationRow = Omit<Row, 'named'> & { readonly named: Readonly<Record<string, PathForm>> };

/** Every operation with its name. */
export const operationRows = Object.entries(operations) as readonly (readonly [OperationId, OperationRow])[]; // keys of a constant

/** The names that stand in the path of an operation. */
export type NamesOf<Id extends OperationId> = NamesIn<(typeof operations)[Id]['path']>;

/** Everything that an operation may be refused as. */
export const refusalsOf = ({ request, isKeyed, refusals }: OperationRow): readonly ProblemCode[] => [
  ...(['caller_unknown', 'token_invalid', 'proof_invalid', 'scope_insufficient'] as const),
  ...(request !== null || isKeyed ? (['request_invalid'] as const) : []),
  ...(request === null ? [] : (['media_type_unsupported', 'body_too_large'] as const)),
  ...(['too_many_requests', 'internal'] as const),
  ...refusals,
];
