import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../database/ejson';
import type { Credentials } from '../credentials';

/** What a signature is made over. Only POST requests with a JSON body are signed here. */
export interface Signable {
  /** The whole address, beginning with `http://`. */
  readonly url: string;
  /** The host that the address names. */
  readonly host: string;
  /** Those that are signed, by their lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly params: JsonObject;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Gives the `Authorization` that a request must bear. */
export type Authorize = (request: Signable) => string;

const ALGORITHM = 'TC3-HMAC-SHA256';
const SERVICE = 'tcb';
const SECONDS_OF_A_DAY = 24 * 60 * 60;
/** In such an address nothing has still to be escaped. */
const PLAIN = /^[\w\-.~!$&*+,;=:@/?%]*$/;
/** How many sets of parameter names are remembered in their order; an SDK has about twenty. */
const MAX_ORDERS = 100;
const MAX_ORDER_LENGTH = 2000;

interface Named {
  readonly name: string;
  readonly canonical: string;
}

/**
 * Signs as `sign` of `@cloudbase/signature-nodejs` does with `withSignedParams`, at a tenth of its time: the key of a day and the order
 * of names are kept. A test compares the two.
 *
 * What the vendor's leaves unsigned for its name, such as `constructor`, is signed here: such a request is refused.
 *
 * @throws Error where the vendor's signer throws, for names that could stand for one another, and for an address that is not escaped
 */
export function openAuthorize({ secretId, secretKey }: Credentials): Authorize {
  let day = { from: NaN, date: '', key: createSecretKey(Buffer.alloc(1)) };
  const orders = new Map<string, readonly Named[]>();

  /** The date of a time, and the key of that day. */
  const dayOf = (timestamp: number): typeof day => {
    if (!(timestamp >= day.from && timestamp < day.from + SECONDS_OF_A_DAY)) {
      const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
      const ofDate = hmac(`TC3${secretKey}`, date).digest();
      const ofService = hmac(ofDate, SERVICE).digest();
      const from = Math.floor(timestamp / SECONDS_OF_A_DAY) * SECONDS_OF_A_DAY;
      day = { from, date, key: createSecretKey(hmac(ofService, 'tc3_request').digest()) };
    }
    return day;
  };

  const orderOf = (names: readonly string[]): readonly Named[] => {
    const joined = JSON.stringify(names);
    const known = orders.get(joined);
    if (known !== undefined) return known;
    const order = inOrder(names);
    if (orders.size >= MAX_ORDERS) orders.clear();
    if (joined.length <= MAX_ORDER_LENGTH) orders.set(joined, order);
    return order;
  };

  return ({ url, host, headers, params, timestamp }) => {
    if (!PLAIN.test(url)) throw new Error('the address holds what must be escaped');
    const signedHeaders: string[] = [];
    let canonicalHeaders = '';
    for (const { name, canonical } of orderOf(Object.keys(headers))) {
      const value = headers[name] ?? '';
      const text = canonical === 'content-type' ? typed(value) : textOf(value).trim().toLowerCase();
      if (canonical === 'host' && text !== host) throw new Error('another host is signed');
      signedHeaders.push(canonical);
      canonicalHeaders += `${signedHeaders.length === 1 ? '' : '\n'}${canonical}:${text}`;
    }
    if (!signedHeaders.includes('host') || !headers['content-type']) {
      throw new Error('the host and content-type headers must be signed');
    }

    const signedParams: string[] = [];
    let payload = '';
    for (const { name, canonical } of orderOf(Object.keys(params))) {
      const value = params[name] ?? null;
      const text = canonical === 'content-type' ? typed(value) : textOf(value).trim();
      if (text === '') continue;
      signedParams.push(canonical);
      payload += `&${canonical}=${text}\r\n`;
    }

    const mark = url.indexOf('?');
    const query = mark === -1 ? '' : url.slice(mark + 1);
    const path = url.slice('http:'.length, mark === -1 ? undefined : mark);
    const headerNames = signedHeaders.join(';');
    const canonicalRequest = `post\n${path}\n${query}\n${canonicalHeaders}\n\n${headerNames}\n${sha256(payload)}`;
    const { date, key } = dayOf(timestamp);
    const scope = `${date}/${SERVICE}/tc3_request`;
    const toSign = `${ALGORITHM}\n${String(timestamp)}\n${scope}\n${sha256(canonicalRequest)}`;
    const signature = hmac(key, toSign).digest('hex');
    const names = `SignedParams=${signedParams.join(';')}, SignedHeaders=${headerNames}`;
    return `${ALGORITHM} Credential=${secretId}/${scope}, ${names}, Signature=${signature}`;
  };
}

/** Names as they are signed, in the order in which they are. An empty one is left out. */
function inOrder(names: readonly string[]): readonly Named[] {
  const order = names
    .filter((name) => name !== '')
    .map((name) => ({ name, canonical: encoded(name.toLowerCase().trim()) }))
    .sort((one, other) => one.canonical.localeCompare(other.canonical));
  if (new Set(order.map(({ canonical }) => canonical)).size !== order.length) {
    throw new Error('two parameters differ in case only');
  }
  if (names.includes('__proto__')) throw new Error('a parameter is named __proto__');
  return order;
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A content type is signed as it is, save for the boundary of a form. */
function typed(value: unknown): string {
  if (typeof value !== 'string') throw new Error('a content type must be a text');
  return value.startsWith('multipart/form-data') ? 'multipart/form-data' : value;
}

function hmac(key: KeyObject | Buffer | string, text: string) {
  return createHmac('sha256', key).update(text);
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
