/** Below this path everything of institutions is answered. */
export const INSTITUTION_PATH = '/institution';
/** Where the keys that sign for the provider are published. */
export const JWKS_PATH = `${INSTITUTION_PATH}/jwks`;
/** Where a browser begins an authorization; below it, under the authorization's name, it goes back to its institution. */
export const AUTHORIZE_PATH = `${INSTITUTION_PATH}/authorize`;
/** Where a server hands in what it asks of a holder at a browser, before the browser goes there (RFC 9126). */
export const PUSHED_REQUEST_PATH = `${INSTITUTION_PATH}/par`;
/** Where a server asks a holder who is at no browser of its own (CIBA Core 1.0). */
export const BACKCHANNEL_PATH = `${INSTITUTION_PATH}/backchannel`;
export const TOKEN_PATH = `${INSTITUTION_PATH}/token`;
/** Where a server asks whether a token of its own holds (RFC 7662). */
export const INTROSPECTION_PATH = `${INSTITUTION_PATH}/introspect`;
/** Where a server gives a token of its own back (RFC 7009). */
export const REVOCATION_PATH = `${INSTITUTION_PATH}/revoke`;
/** Below this path, under the authorization's name, a browser waits for the holder. */
export const ASK_PATH = `${INSTITUTION_PATH}/ask`;

/** The path below which an issuer's own paths lie: empty, or as of `/sandbox`. */
export const basePathOf = (issuer: string): string => new URL(issuer).pathname.replace(/\/$/, '');

/** The name of an authorization as it stands behind a path. */
const UID = /^\/([\w-]{1,64})$/;

/** The authorization that an address names directly below a path; null where it names none. */
export const uidBelow = (path: string, address: string): string | null => {
  const [, uid = null] = (address.startsWith(path) ? UID.exec(address.slice(path.length)) : null) ?? [];
  return uid;
};

const providers = [
  PUSHED_REQUEST_PATH,
  BACKCHANNEL_PATH,
  TOKEN_PATH,
  INTROSPECTION_PATH,
  REVOCATION_PATH,
  AUTHORIZE_PATH,
];

/** Whether a path is the provider's to answer, as OAuth has it. */
export const isProviders = (path: string): boolean =>
  path.startsWith('/.well-known/') || providers.includes(path) || path.startsWith(`${AUTHORIZE_PATH}/`);
