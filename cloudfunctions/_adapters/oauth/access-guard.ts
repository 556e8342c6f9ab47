import type { Now } from '../../_core/ambient-ports';
import { findInstitution, type InstitutionPorts } from '../../_core/institutions/institution';
import type { ActivePartner } from '../../_core/partners/partner';
import type { OauthRecords } from '../cloudbase/oauth-records';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { problemReply } from '../runtime/problem';
import type { ProblemCode } from '../runtime/problem-table';
import { checkProof, PROOF_WINDOW_SECONDS } from './dpop-proof';
import type { Provider } from './library';
import { resourceOf, type Scope } from './provider';

/** Who asks with a token: a partner's server. */
export interface InstitutionCaller {
  readonly clientId: string;
  /** As it is registered now. */
  readonly partner: ActivePartner;
  readonly scopes: ReadonlySet<string>;
}

/** The caller of a request, or what to answer to one that is nobody's. */
export type Authenticated =
  { readonly ok: true; readonly value: InstitutionCaller } | { readonly ok: false; readonly reply: HttpReply };

/** Finds who asks, by token and proof. @param scope what the token must be for */
export type Authenticate = (request: HttpRequest, scope: Scope) => Promise<Authenticated>;

interface GuardPorts extends InstitutionPorts, Pick<OauthRecords, 'addRecord'> {
  readonly now: Now;
  readonly issuer: string;
  /** Below whose address problems are described. */
  readonly problemsOf: string;
  readonly provider: () => Provider;
  /** Hears of each refusal. */
  readonly onRefused: (error: string) => void;
}

/** RFC 6750, section 3.1, and RFC 9449, section 7.1. */
type AccessError = 'invalid_token' | 'invalid_dpop_proof' | 'insufficient_scope';

const codeOf = {
  invalid_token: 'token_invalid',
  invalid_dpop_proof: 'proof_invalid',
  insufficient_scope: 'scope_insufficient',
} as const satisfies Record<AccessError, ProblemCode>;

/** @param error null where nothing was presented: then the header says how to authenticate, and no more (RFC 6750, section 3.1) */
const refusal = (problemsOf: string, error: AccessError | null, description: string, scope: Scope): Authenticated => {
  const told = error === null ? '' : `, error="${error}", error_description="${description}", scope="${scope}"`;
  const challenge = { 'www-authenticate': `DPoP algs="ES256"${told}` };
  return {
    ok: false,
    reply: problemReply(problemsOf, { code: error === null ? 'caller_unknown' : codeOf[error] }, challenge),
  };
};

/** The token of an authorization header of the scheme DPoP, or null. */
const tokenIn = ({ headers }: HttpRequest): string | null =>
  /^DPoP ([\w.~+/-]{1,200}=*)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;

/** The guard of everything that institutions ask with a token. */
export const createAuthenticate =
  ({ now, issuer, problemsOf, provider, addRecord, onRefused, ...institutions }: GuardPorts): Authenticate =>
  async (request, scope) => {
    const refused = (error: AccessError | null, description: string): Authenticated => {
      onRefused(error ?? 'none_presented');
      return refusal(problemsOf, error, description, scope);
    };
    const accessToken = tokenIn(request);
    if (accessToken === null) return refused(null, '');
    const token = await provider().ClientCredentials.find(accessToken);
    if (!token?.isValid || token.clientId === undefined || token.aud !== resourceOf(issuer)) {
      return refused('invalid_token', 'the token is unknown, over, or for another API');
    }
    const target = { method: request.method, url: `${issuer}${request.path}`, accessToken, now: now() };
    const proof = await checkProof(request.headers.get('dpop') ?? '', target);
    if (!proof) return refused('invalid_dpop_proof', 'the proof is missing, stale, or for another request');
    if (proof.jkt !== token.jkt) return refused('invalid_token', 'the token is bound to another key');
    const isFirst = await addRecord({
      model: 'DpopProof',
      id: `${proof.jkt} ${proof.jti}`,
      payload: {},
      expiresAt: now() + 2 * PROOF_WINDOW_SECONDS * 1000,
    });
    if (!isFirst) return refused('invalid_dpop_proof', 'the proof was used before');
    const found = await findInstitution(institutions, token.clientId);
    if (!found) return refused('invalid_token', 'the client is not active');
    const { scopes } = token;
    if (!scopes.has(scope)) return refused('insufficient_scope', 'the token is for something else');
    return { ok: true, value: { clientId: token.clientId, partner: found.partner, scopes } };
  };
