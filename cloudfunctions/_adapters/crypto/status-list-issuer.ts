import { createStatusListToken, instant, type StatusReference } from '../../../protocol';
import { LIST_SIZE, type SignStatusList, type StatusPlace } from '../../_core/status/status-list';
import type { IssuerKeys } from './issuer-keys';
import { deflate } from './zlib';

/** How long a token holds, in seconds: for so long the lists outlive a service that is down. */
const LIFE_SECONDS = 24 * 60 * 60;
/** How long a copy is used before it is fetched anew, in seconds: so much later than the service itself a stranger hears of a change. */
export const LIST_TTL_SECONDS = 300;

/** The path at which the lists are published, each under its number. */
export const LIST_PATH = '/public/status/';

/** How a credential names a place. @param issuer the issuer's URL */
export const referenceTo = (issuer: string, { list, index }: StatusPlace): StatusReference => ({
  uri: `${issuer}${LIST_PATH}${String(list)}`,
  index,
});

/** Signs lists as the issuer of that URL, each with the key that signs at the time. */
export const createStatusListSigner =
  (issuer: string, keys: IssuerKeys): SignStatusList =>
  (list, entries, at) => {
    const { kid, sign, notAfter } = keys.signing(at);
    const issuedAt = Math.floor(at / 1000);
    // No list outlives its key: from then on nobody would believe it.
    const expiresAt = Math.min(issuedAt + LIFE_SECONDS, Math.floor(notAfter / 1000));
    const { uri } = referenceTo(issuer, { list, index: 0 });
    const content = { uri, kid, issuedAt, expiresAt, ttl: LIST_TTL_SECONDS, size: LIST_SIZE, entries };
    return {
      token: createStatusListToken({ ...content, deflate, sign }),
      kid,
      renewAt: instant(Math.floor((issuedAt + expiresAt) / 2) * 1000),
      expiresAt: instant(expiresAt * 1000),
    };
  };
