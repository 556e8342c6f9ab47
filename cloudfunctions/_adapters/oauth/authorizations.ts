import type { InteractionResults } from 'oidc-provider';
import type { PurposeId } from '../../../protocol';
import type { OpenedAsk } from '../../_core/asks/open-ask';
import type { AskOutcome } from './ask-outcome';
import { errors, type Provider } from './library';

/** An authorization that waits in a browser for its holder. */
export interface Authorization extends OpenedAsk {
  /** Its name in the addresses of its page. */
  readonly uid: string;
  readonly clientId: string;
  readonly purpose: PurposeId;
  /** In which languages the institution would have its page (OpenID Connect Core 1.0, section 3.1.2.1). */
  readonly languages: string;
}

/** What an authorization has come to. */
export type AuthorizationOutcome = Exclude<AskOutcome, { readonly kind: 'pending' }>;

/** How long a browser may take to come back once its ask is over, in seconds. */
const RETURN_SECONDS = 60;

type Interaction = InstanceType<Provider['Interaction']>;

/** Written by our own policy, see `askPolicy`, and by nothing else. */
const askIn = ({ prompt }: Interaction): OpenedAsk | undefined => (prompt.details as { readonly ask?: OpenedAsk }).ask;

/** For how long an authorization waits in its browser, in seconds. */
export const authorizationLife = (interaction: Interaction, now: number): number =>
  Math.ceil(((askIn(interaction)?.expiresAt ?? now) - now) / 1000) + RETURN_SECONDS;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An authorization by its name; null where there is none, or its time is over. */
export const findAuthorization = async (provider: Provider, uid: string): Promise<Authorization | null> => {
  const interaction = await provider.Interaction.find<Interaction>(uid);
  const ask = interaction && askIn(interaction);
  if (!ask) return null;
  const { params } = interaction;
  return {
    ...ask,
    uid,
    clientId: textOf(params['client_id']),
    // Read when the authorization was pushed, see `askOrderOf`.
    purpose: params['purpose'] as PurposeId,
    languages: textOf(params['ui_locales']),
  };
};

const resultOf = async (
  provider: Provider,
  { clientId, session }: Authorization,
  outcome: AuthorizationOutcome,
): Promise<InteractionResults> => {
  if (outcome.kind === 'refused') {
    // The authorization endpoint knows no code of CIBA's.
    const error = outcome.error === 'expired_token' ? 'access_denied' : outcome.error;
    return { error, error_description: outcome.description };
  }
  const grant = new provider.Grant({ clientId, accountId: session });
  grant.addOIDCScope('openid');
  const { acr, amr, authTime } = outcome.authentication;
  return {
    login: { accountId: session, acr, amr, ts: authTime, remember: false },
    consent: { grantId: await grant.save() },
  };
};

/**
 * Writes down what an authorization has come to.
 * @returns the path from which the library sends the browser back to its institution; null where the authorization is gone
 */
export const finishAuthorization = async (
  provider: Provider,
  authorization: Authorization,
  outcome: AuthorizationOutcome,
): Promise<string | null> => {
  const interaction = await provider.Interaction.find<Interaction>(authorization.uid);
  if (!interaction) return null;
  interaction.result = await resultOf(provider, authorization, outcome);
  try {
    await interaction.persist();
  } catch (error) {
    // Another tab has gone back since.
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
  return new URL(interaction.returnTo).pathname;
};

/**
 * What is to be done with a browser that comes back from its page: it has nothing to come back with yet, it is the library's to send on, or its
 * way ends here, since the authorization is over or the address that it would go to is registered no more.
 */
export const returnOf = async (provider: Provider, uid: string): Promise<'early' | 'due' | 'over'> => {
  const interaction = await provider.Interaction.find<Interaction>(uid);
  if (!interaction) return 'over';
  if (!interaction.result) return 'early';
  const { params } = interaction;
  const client = await provider.Client.find(textOf(params['client_id']));
  return client?.redirectUriAllowed(textOf(params['redirect_uri'])) === true ? 'due' : 'over';
};
