import type { Configuration, TokenEndpointGrantContext } from 'oidc-provider';
import { Provider } from './library';

/** A request at the token endpoint whose client is known. */
export type GrantContext = TokenEndpointGrantContext<object>;

/** What happens around a grant, once its client is known. */
export interface GrantHook {
  /** Before the library looks at the grant. */
  readonly before?: (ctx: GrantContext) => Promise<void>;
  /** After it has made the answer, which is not sent yet. */
  readonly after?: (ctx: GrantContext) => Promise<void>;
}

type Handler<Params extends object> = (ctx: TokenEndpointGrantContext<Params>) => Promise<void> | void;

const around =
  <Params extends object>(handler: Handler<Params>, { before, after }: GrantHook): Handler<Params> =>
  async (ctx) => {
    await before?.(ctx);
    await handler(ctx);
    await after?.(ctx);
  };

/**
 * The library's provider with hooks around its own grants, by their names. The library registers its own handlers by the method that is public
 * for further ones; that is the place, since nobody waits for what hears its events.
 */
export const createHookedProvider = (
  issuer: string,
  configuration: Configuration,
  hooks: ReadonlyMap<string, GrantHook>,
): Provider => {
  type Names = readonly string[] | ReadonlySet<string> | string;
  class HookedProvider extends Provider {
    override registerGrantType<Params extends object>(
      name: string,
      handler: Handler<Params>,
      params?: Names,
      duplicates?: Names,
    ): void {
      super.registerGrantType(name, around(handler, hooks.get(name) ?? {}), params, duplicates);
    }
  }
  return new HookedProvider(issuer, configuration);
};
