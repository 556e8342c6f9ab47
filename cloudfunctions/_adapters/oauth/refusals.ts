import type { errors as Errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Provider } from './library';

type RefusedError = Pick<Errors.OIDCProviderError, 'error' | 'statusCode'>;

/** Where it is told what an ask has come to: where a server fetches it, and where a browser goes back with it. */
const fetchingRoutes = ['token', 'resume'];

/** What an ask may come to, and that it has come to nothing yet. */
const outcomes = [
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
  'unmet_authentication_requirements',
];

/** Whether that is how asks go: who declines, or polls a second early, is nothing to look at; who calls without end is. */
const isOrdinary = ({ oidc }: KoaContextWithOIDC, { error, statusCode }: RefusedError): boolean =>
  fetchingRoutes.includes(oidc.route) && outcomes.includes(error) && statusCode !== 429;

/** Has it heard where a client was refused, and by which code of OAuth. */
export const hearRefusals = (provider: Provider, onRefused: (at: string, error: string) => void): void => {
  const hear =
    (at: string) =>
    (ctx: KoaContextWithOIDC, refusal: RefusedError): void => {
      if (!isOrdinary(ctx, refusal)) onRefused(at, refusal.error);
    };
  provider.on('grant.error', hear('grant'));
  provider.on('introspection.error', hear('introspection'));
  provider.on('revocation.error', hear('revocation'));
  provider.on('pushed_authorization_request.error', hear('pushed request'));
  provider.on('backchannel_authentication.error', hear('backchannel'));
  provider.on('authorization.error', hear('authorization'));
};
