import { specialNames } from '../spec/special-names';

/** Where an address leads: to a name of the public DNS, or to the machine itself. */
export type AddressReach = 'public' | 'loopback';

/** The longest address of an institution, in characters. */
export const ADDRESS_MAX = 200;

const parts = /^(https?):\/\/([a-z0-9.-]+)(?::([1-9]\d{0,4}))?(\/[^?]*)(\?.*)?$/;
/**
 * What RFC 3986 allows in a path and a query, but for the asterisk, since an address stands for itself alone, and the apostrophe, which
 * parsers spell in two ways.
 */
const characters = /^(?:[A-Za-z0-9._~!$&()+,;=:@/?-]|%[0-9A-F]{2})*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost'];

/** Whether the host is a name below a public top level: never a number, and none of the names that are nobody's. */
const isPublicName = (host: string): boolean => {
  const labels = host.split('.');
  const isSpecial = specialNames.some((name) => host === name || host.endsWith(`.${name}`));
  return (
    host.length <= 253 &&
    labels.length >= 2 &&
    labels.every((one) => label.test(one)) &&
    // No top level is a number, however it is written (RFC 3696, section 2), so no IPv4 address passes.
    /^[a-z]/.test(labels[labels.length - 1] ?? '') &&
    !isSpecial
  );
};

/** Whether the text is spelled as every parser of addresses would spell it again: no port that is the scheme's own, no dots to resolve. */
const isCanonical = (scheme: string, port: string | undefined, path: string): boolean =>
  port !== (scheme === 'https' ? '443' : '80') &&
  (port === undefined || Number(port) <= 65535) &&
  path.split('/').every((segment) => !/^(?:\.|%2E){1,2}$/.test(segment));

/**
 * Where an address of an institution's leads: its browser's way back, or where it hears of events. It is `https` at a public name, or
 * `http` at the machine itself, has neither user nor fragment nor wildcard, and is spelled in one way only, so that two texts are the same
 * address exactly where they are equal.
 * @returns null for whatever else
 */
export const addressReach = (text: string): AddressReach | null => {
  const [whole, scheme = '', host = '', port, path = '', query = ''] = parts.exec(text) ?? [];
  if (whole === undefined || text.length > ADDRESS_MAX) return null;
  if (!characters.test(path) || !characters.test(query) || !isCanonical(scheme, port, path)) return null;
  if (scheme === 'http') return loopbackHosts.includes(host) ? 'loopback' : null;
  return isPublicName(host) ? 'public' : null;
};
