import type { KoaContextWithOIDC } from 'oidc-provider';
import type { TrustFramework } from '../../../protocol';
import type { OpenAsk, OpenedAsk } from '../../_core/asks/open-ask';
import type { RateLimit, TakeTurn } from '../../_core/rate-limit';
import { askOrderOf } from './ask-order';
import { refusedAsk } from './ask-refusal';
import type { LoadCaller } from './held-answer';
import { errors, interactionPolicy } from './library';

interface InteractionPorts {
  readonly loadCaller: LoadCaller;
  readonly openAsk: OpenAsk;
  readonly takeTurn: TakeTurn;
  readonly trustFramework: TrustFramework;
}

const BROWSER = { kind: 'browser' } as const;

/**
 * How many asks one pushed request opens: whoever has its address can send it, so that a page may be opened again, and not without end. The window
 * is longer than a request lives, and so ends once meanwhile at most.
 */
const ASKS_OF_REQUEST: RateLimit = { name: 'asks of request', most: 3, windowMs: 10 * 60 * 1000 };

/**
 * Every authorization asks a holder anew, whoever used this browser before. The library keeps what `details` gives with the interaction, sealed
 * as everything of it.
 */
export const askPolicy = ({
  loadCaller,
  openAsk,
  takeTurn,
  trustFramework,
}: InteractionPorts): interactionPolicy.Prompt[] => {
  const open = async ({ oidc }: KoaContextWithOIDC): Promise<{ readonly ask?: OpenedAsk }> => {
    // Nobody is asked where nothing may be shown: the library refuses it next.
    if (oidc.promptPending('none')) return {};
    // Whoever comes back was asked; only a request that a server has pushed asks anew.
    const { PushedAuthorizationRequest: pushed } = oidc.entities;
    if (oidc.route === 'resume' || !pushed) throw new errors.AccessDenied('nobody has answered');
    if (!(await takeTurn(ASKS_OF_REQUEST, { kind: 'request', request: pushed.jti })))
      throw new errors.InvalidRequestUri('request_uri was sent too often: push the request anew');
    const caller = oidc.client && (await loadCaller(oidc.client.clientId));
    if (!caller) throw new errors.AccessDenied('the client is not active');
    const asked = await openAsk(caller, askOrderOf(oidc.params ?? {}, BROWSER, trustFramework));
    if (!asked.ok) throw refusedAsk(asked.error);
    return { ask: asked.value };
  };
  return [
    new interactionPolicy.Prompt(
      { name: 'login', requestable: true },
      async (ctx) => ({ ...(await open(ctx)) }),
      new interactionPolicy.Check(
        'not_asked',
        'the holder is asked anew',
        'login_required',
        ({ oidc }) => oidc.result?.login === undefined,
      ),
    ),
  ];
};
