/** Below this path everything of institutions is answered. */
export const INSTITUTION_PATH = '/institution';
/** Where the keys that sign for the provider are published. */
export const JWKS_PATH = `${INSTITUTION_PATH}/jwks`;
/** Where a browser begins an authorization; below it, under the authorization's name, it goes back to its institution. */
export const AUTHORIZE_PATH = `${INSTITUTION_PATH}/authorize`;
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
