import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { TrustFramework } from '../../../protocol';
import { ORDERS_OF_PARTNER, takeTurnOf } from '../../_core/institutions/counter';
import type { TakeTurn } from '../../_core/rate-limit';
import { askOrderOf, wayOf } from './ask-order';
import { slowDown } from './ask-refusal';
import type { LoadCaller } from './held-answer';
import { errors } from './library';

interface ParamsPorts {
  readonly loadCaller: LoadCaller;
  readonly takeTurn: TakeTurn;
  readonly trustFramework: TrustFramework;
}

/**
 * The parameters of an ask beside the library's own, all read at once and wherever they come in first. What a server pushes for a browser takes a
 * turn of its partner's orders, here where it has signed: what browsers make of it takes none. An ask by CIBA takes its own where it is opened.
 */
export const askParams = ({
  loadCaller,
  takeTurn,
  trustFramework,
}: ParamsPorts): NonNullable<Configuration['extraParams']> => {
  const takeOrderTurn = async (clientId: string): Promise<void> => {
    const caller = await loadCaller(clientId);
    if (!caller) throw new errors.InvalidClientAuth('the client is not active');
    const turn = await takeTurnOf({ takeTurn }, ORDERS_OF_PARTNER, caller);
    if (!turn.ok) throw slowDown();
  };
  return {
    purpose: async ({ oidc }: KoaContextWithOIDC, _purpose: string | undefined, { clientId }: Client) => {
      const params = oidc.params ?? {};
      const way = oidc.route === 'backchannel_authentication' ? wayOf(params) : ({ kind: 'browser' } as const);
      askOrderOf(params, way, trustFramework);
      if (oidc.route === 'pushed_authorization_request') await takeOrderTurn(clientId);
    },
    binding_message: null,
    presentation_nonce: null,
    requested_expiry: null,
  };
};
