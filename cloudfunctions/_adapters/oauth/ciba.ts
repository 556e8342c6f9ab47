import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { sessionHandle, type TrustFramework } from '../../../protocol';
import type { OpenAsk, OpenedAsk } from '../../_core/asks/open-ask';
import type { TakeTurn } from '../../_core/rate-limit';
import { askOrderOf, wayOf } from './ask-order';
import { askOutcomeOf } from './ask-outcome';
import { refusedAsk } from './ask-refusal';
import type { GrantContext, GrantHook } from './grant-hooks';
import type { HeldStandingOf, LoadCaller } from './held-answer';
import { errors } from './library';

/** The grant by which an answer is fetched (CIBA Core 1.0, section 10.1). */
export const CIBA_GRANT = 'urn:openid:params:grant-type:ciba';

/** How often a client may ask whether the holder has answered, in seconds; told, and then not insisted on to the second. */
const POLL_INTERVAL_SECONDS = 5;
/** How often one ask may be polled. */
export const POLLS_OF_ASK = { name: 'ask polls', most: 1, windowMs: (POLL_INTERVAL_SECONDS - 1) * 1000 } as const;

/** How long an answer of the last moment waits for its client, in seconds. */
const FETCH_SECONDS = 30;

export interface CibaPorts {
  readonly now: () => number;
  readonly loadCaller: LoadCaller;
  readonly openAsk: OpenAsk;
  readonly takeTurn: TakeTurn;
  readonly standingOf: HeldStandingOf;
  readonly trustFramework: TrustFramework;
}

type Feature = NonNullable<NonNullable<Configuration['features']>['ciba']>;

/** OpenID Connect CIBA Core 1.0, by polling: its part of the library's configuration, and what happens before a poll. */
export interface Ciba {
  readonly feature: Feature;
  /** Of the record by which the client fetches the answer, in seconds. */
  readonly lifeOf: (ctx: KoaContextWithOIDC) => number;
  readonly beforePoll: NonNullable<GrantHook['before']>;
}

/** The session of the ask is the library's account of it. */
export const createCiba = (ports: CibaPorts): Ciba => {
  const { now, loadCaller, openAsk, takeTurn, standingOf, trustFramework } = ports;
  const opened = new WeakMap<object, OpenedAsk>();

  const open = async (ctx: KoaContextWithOIDC): Promise<string> => {
    const { client, params = {} } = ctx.oidc;
    const caller = client && (await loadCaller(client.clientId));
    if (!caller) throw new errors.InvalidClientAuth('the client is not active');
    const asked = await openAsk(caller, askOrderOf(params, wayOf(params), trustFramework));
    if (!asked.ok) throw refusedAsk(asked.error);
    opened.set(ctx, asked.value);
    return asked.value.session;
  };

  const tell = (ctx: KoaContextWithOIDC): void => {
    const ask = opened.get(ctx);
    if (!ask) throw new Error('the ask of this request was not opened');
    const isScan = ctx.oidc.params?.['login_hint'] === 'scan';
    ctx.body = {
      ...(ctx.body as object), // what the library answers
      interval: POLL_INTERVAL_SECONDS,
      binding_message: ask.bindingMessage,
      ...(isScan && { scan_code: ask.code }),
    };
  };

  const beforePoll = async (ctx: GrantContext): Promise<void> => {
    const { provider, client, params } = ctx.oidc;
    const request = await provider.BackchannelAuthenticationRequest.find(String(params['auth_req_id']), {
      ignoreExpiration: true,
    });
    const isOpen = request?.clientId === client.clientId && request.accountId !== undefined && request.isValid;
    // What is another's, over, used or settled is the library's to refuse or to answer.
    if (!isOpen || request.grantId || request.error !== undefined) return;
    const session = request.accountId ?? '';
    if (!(await takeTurn(POLLS_OF_ASK, { kind: 'ask', session: sessionHandle(session) }))) throw new errors.SlowDown();
    const outcome = askOutcomeOf(await standingOf(ctx, client.clientId, session));
    if (outcome.kind === 'pending') return;
    if (outcome.kind === 'refused') {
      // The library keeps the description under this name and writes it under another.
      request.errorDescription = outcome.description;
      await provider.backchannelResult(request, new errors.CustomOIDCProviderError(outcome.error, outcome.description));
      return;
    }
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session });
    grant.addOIDCScope('openid');
    await grant.save();
    await provider.backchannelResult(request, grant, outcome.authentication);
  };

  return {
    feature: {
      enabled: true,
      deliveryModes: ['poll'],
      processLoginHint: open,
      processLoginHintToken: () => undefined,
      // Every parameter has been read by then, see `askOrderOf`; what CIBA has beside them says nothing here.
      validateBindingMessage: () => undefined,
      validateRequestContext: () => undefined,
      verifyUserCode: () => undefined,
      triggerAuthenticationDevice: tell,
    },
    lifeOf: (ctx) => Math.ceil(((opened.get(ctx)?.expiresAt ?? now()) - now()) / 1000) + FETCH_SECONDS,
    beforePoll,
  };
};
