import {
  BINDING_MESSAGE_MAX,
  purposeIds,
  tierNames,
  type ClaimsRequest,
  type PurposeId,
  type Tier,
  type TrustFramework,
} from '../../../protocol';
import { validators } from '../../../protocol/wire/validators';
import { ASK_LIFE_MS } from '../../_core/asks/ask';
import { isBindingMessage } from '../../_core/asks/binding-message';
import { isPresentationNonce, type AskOrder } from '../../_core/asks/open-ask';
import { errors } from './library';
import { claimsAsked } from './told-claims';

/** The parameters of a request, as the library hands them on: texts, each given once. */
export type AskParameters = Readonly<Record<string, unknown>>;

const textOf = (params: AskParameters, name: string): string | undefined => {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
};

const isPurpose = (text: string): text is PurposeId => (purposeIds as readonly string[]).includes(text);

const purposeOf = (params: AskParameters): PurposeId => {
  const purpose = textOf(params, 'purpose') ?? '';
  if (!isPurpose(purpose)) throw new errors.InvalidRequest(`send purpose, one of: ${purposeIds.join(', ')}`);
  return purpose;
};

const unserved = (at: string): Error =>
  new errors.InvalidRequest(
    `claims asks at '${at}' for what cannot be served; see claims_in_verified_claims_supported in the metadata`,
  );

/** The library has found that it is a JSON object, and parses it again itself where it needs it. */
const claimsRequestOf = (params: AskParameters, trustFramework: TrustFramework): ClaimsRequest['id_token'] => {
  const text = textOf(params, 'claims');
  if (text === undefined) return {};
  const asked: unknown = JSON.parse(text);
  if (!validators.ClaimsRequest(asked)) throw unserved(validators.ClaimsRequest.errors?.[0]?.instancePath ?? '');
  const wanted = asked.id_token.verified_claims?.verification.trust_framework?.value;
  if (wanted === undefined || wanted === trustFramework) return asked.id_token;
  // Whoever insists on the real one is not told the sandbox's, nor the other way round.
  throw unserved('/id_token/verified_claims/verification/trust_framework/value');
};

const tiers = new Map<string, Tier>([
  ...(['light', 'full'] as const).flatMap((tier) => [[tier, tier] as const, [tierNames[tier], tier] as const]),
]);

/** The first of the values that is known here; the request cannot insist on any (Core 1.0, section 3.1.2.1). */
const tierOf = (params: AskParameters): Tier | undefined =>
  textOf(params, 'acr_values')
    ?.split(' ')
    .map((value) => tiers.get(value))
    .find((tier) => tier !== undefined);

const levelOf = ({ verified_claims: asked }: ClaimsRequest['id_token']): Tier | undefined =>
  asked?.verification.assurance_level?.value;

/** The higher of two where both are given. */
const higher = (first: Tier | undefined, second: Tier | undefined): Tier | undefined =>
  first === 'full' ? first : (second ?? first);

const messageOf = (params: AskParameters, way: AskOrder['way']): string | undefined => {
  const message = textOf(params, 'binding_message');
  if (message === undefined || isBindingMessage(message)) return message;
  const advice = `binding_message is one line of at most ${String(BINDING_MESSAGE_MAX)} characters that can be seen`;
  // CIBA Core 1.0, section 13; the authorization endpoint knows no such code.
  throw way.kind === 'browser' ? new errors.InvalidRequest(advice) : new errors.InvalidBindingMessage(advice);
};

const nonceOf = (params: AskParameters): string | undefined => {
  const nonce = textOf(params, 'presentation_nonce');
  if (nonce === undefined || isPresentationNonce(nonce)) return nonce;
  throw new errors.InvalidRequest('presentation_nonce has 16 to 128 of the characters A-Z a-z 0-9 . _ ~ -');
};

const lifeOf = (params: AskParameters): number | undefined => {
  const seconds = textOf(params, 'requested_expiry');
  if (seconds === undefined) return undefined;
  if (/^[1-9][0-9]*$/.test(seconds) && Number(seconds) * 1000 <= ASK_LIFE_MS) return Number(seconds) * 1000;
  throw new errors.InvalidRequest(
    `requested_expiry is a whole number from 1 to ${String(ASK_LIFE_MS / 1000)}: seconds`,
  );
};

/** A holder is known by nothing that an institution could keep. @throws InvalidRequest */
const assertNoHint = (params: AskParameters): void => {
  for (const name of ['id_token_hint', 'login_hint_token'])
    if (params[name] !== undefined)
      throw new errors.InvalidRequest(`leave ${name} out: a holder is met anew each time, by a number or a code`);
};

/** Where the holder is met, as CIBA's `login_hint` says: by nine digits that were read out, or by a code on a screen. @throws InvalidRequest */
export const wayOf = (params: AskParameters): AskOrder['way'] => {
  const hint = textOf(params, 'login_hint') ?? '';
  if (hint === 'scan') return { kind: 'scan' };
  if (/^[0-9]{9}$/.test(hint)) return { kind: 'number', number: hint };
  throw new errors.InvalidRequest('send login_hint: the nine digits that the holder reads out, or the word scan');
};

/**
 * What an institution asks, by the parameters of its request.
 * @param trustFramework by whose rules the answer will be verified
 * @throws InvalidRequest, or InvalidBindingMessage, with what to send instead
 */
export const askOrderOf = (params: AskParameters, way: AskOrder['way'], trustFramework: TrustFramework): AskOrder => {
  assertNoHint(params);
  const asked = claimsRequestOf(params, trustFramework);
  const claims = asked.verified_claims && claimsAsked(asked.verified_claims.claims);
  if (claims?.length === 0) throw new errors.InvalidRequest('claims names none: leave it out to be told all');
  const tier = higher(tierOf(params), levelOf(asked));
  const [bindingMessage, presentationNonce, lifeMs] = [messageOf(params, way), nonceOf(params), lifeOf(params)];
  return {
    purpose: purposeOf(params),
    way,
    ...(claims && { claims }),
    ...(tier && { tier }),
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(presentationNonce !== undefined && { presentationNonce }),
    ...(lifeMs !== undefined && { lifeMs }),
  };
};
