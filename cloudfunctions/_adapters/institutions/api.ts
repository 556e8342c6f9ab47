import type { TrustFramework } from '../../../protocol';
import type { DeclineSession, EraseRelease } from '../../_core/asks/ask';
import type { OpenAsk } from '../../_core/asks/open-ask';
import type { ReadAsk, TellHolder } from '../../_core/asks/read-ask';
import { findInstitution, type InstitutionPorts } from '../../_core/institutions/institution';
import type { TakeTurn } from '../../_core/rate-limit';
import type { OauthRecords } from '../cloudbase/oauth-records';
import { createAuthenticate } from '../oauth/access-guard';
import { createBrowserTickets } from '../oauth/browser-tickets';
import { clientMetadata } from '../oauth/client-metadata';
import { createCurrentProvider } from '../oauth/current-provider';
import { createHeldStanding, type LoadCaller } from '../oauth/held-answer';
import { INSTITUTION_PATH } from '../oauth/paths';
import type { ProviderKeys } from '../oauth/provider-keys';
import { createStorage } from '../oauth/storage';
import { now } from '../runtime/ambient';
import { faultOf } from '../runtime/fault';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { log } from '../runtime/log';
import { createAnswer } from './answer';
import { createBrowserRoutes } from './browser';
import { createVerificationRoutes, type RoutePorts } from './routes';

/** What the provider does about asks. */
export interface HolderAsks {
  readonly openAsk: OpenAsk;
  readonly readAsk: ReadAsk;
  readonly tellHolder: TellHolder;
  readonly eraseRelease: EraseRelease;
  readonly declineSession: DeclineSession;
}

/** What an institutions' API is made of. */
export interface ApiOptions {
  /** By which name the log speaks of the function. */
  readonly name: string;
  /** The public address, without a slash at its end; everything is answered below it. */
  readonly issuer: string;
  /** Below whose address problems are described. */
  readonly problemsOf: string;
  readonly providerKeys: ProviderKeys;
  /** 32 bytes: makes a holder's name for each partner, and browsers' tickets. */
  readonly pairwiseKey: Uint8Array;
  readonly trustFramework: TrustFramework;
  /** Whether browsers may be sent back to the machine that they run on. */
  readonly takesLoopback: boolean;
  readonly institutions: InstitutionPorts;
  readonly records: OauthRecords;
  readonly takeTurn: TakeTurn;
  readonly asks: HolderAsks;
  readonly verifications: RoutePorts;
  readonly standIn?: NonNullable<Parameters<typeof createBrowserRoutes>[0]['standIn']>;
}

/** Under what the log has a request that no route of ours answers. */
export const API_ACTION = 'answer';

/**
 * Everything that partners' servers and holders' browsers ask of an issuer: OAuth and OpenID Connect, the pages between, and verifications.
 * @returns what answers a request whose path is told below the issuer's own
 */
export const createInstitutionApi = (options: ApiOptions): ((request: HttpRequest) => Promise<HttpReply>) => {
  const { name, issuer, problemsOf, providerKeys, pairwiseKey, institutions, records, takeTurn, asks, standIn } =
    options;

  const loadCaller: LoadCaller = async (clientId) => {
    const found = await findInstitution(institutions, clientId);
    return found && { clientId, partner: found.partner };
  };
  const standingOf = createHeldStanding({ ...asks, loadCaller });

  const provider = createCurrentProvider(
    {
      issuer,
      pairwiseKey,
      asks: { ...asks, now, loadCaller, standingOf, takeTurn, trustFramework: options.trustFramework },
      storage: createStorage({
        ...records,
        now,
        loadClient: async (clientId) => {
          const found = await findInstitution(institutions, clientId);
          return found && clientMetadata(found, options.takesLoopback);
        },
      }),
      onRefused: (at, error) => log({ event: 'ACCESS_REFUSED', function: name, at, error }),
      onFault: (error) => log({ event: 'CALL_FAILED', function: name, action: API_ACTION, fault: faultOf(error) }),
    },
    providerKeys,
    now,
  );

  const authenticate = createAuthenticate({
    ...institutions,
    ...records,
    ...{ now, issuer, problemsOf, provider },
    onRefused: (error) => log({ event: 'ACCESS_REFUSED', function: name, at: 'token', error }),
  });

  const verifications = createVerificationRoutes(options.verifications, {
    ...{ name, path: INSTITUTION_PATH },
    issuer: problemsOf,
  });

  const tickets = createBrowserTickets(pairwiseKey, issuer);
  const browser = createBrowserRoutes({
    ...{ ...institutions, ...asks, now, provider, tickets, standingOf, takeTurn, problemsOf },
    ...(standIn && { standIn }),
  });

  return createAnswer({
    ...{ problemsOf, provider, tickets, authenticate, verifications, browser },
    // Asked anew each time: keys come and go with the clock.
    publishedKeys: () => providerKeys.published(now()),
  });
};
