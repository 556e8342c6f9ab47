import type { KoaContextWithOIDC } from 'oidc-provider';
import type { OpenAsk, OpenedAsk } from '../../_core/asks/open-ask';
import { askOrderOf } from './ask-order';
import { refusedAsk } from './ask-refusal';
import type { LoadCaller } from './held-answer';
import { errors, interactionPolicy } from './library';

interface InteractionPorts {
  readonly loadCaller: LoadCaller;
  readonly openAsk: OpenAsk;
}

const BROWSER = { kind: 'browser' } as const;

/**
 * Every authorization asks a holder anew, whoever used this browser before. The library keeps what `details` gives with the interaction, sealed
 * as everything of it.
 */
export const askPolicy = ({ loadCaller, openAsk }: InteractionPorts): interactionPolicy.Prompt[] => {
  const open = async ({ oidc }: KoaContextWithOIDC): Promise<{ readonly ask?: OpenedAsk }> => {
    // Nobody is asked where nothing may be shown: the library refuses it next.
    if (oidc.promptPending('none')) return {};
    const caller = oidc.client && (await loadCaller(oidc.client.clientId));
    if (!caller) throw new errors.AccessDenied('the client is not active');
    const asked = await openAsk(caller, askOrderOf(oidc.params ?? {}, BROWSER));
    if (!asked.ok) throw refusedAsk(asked.error, true);
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
