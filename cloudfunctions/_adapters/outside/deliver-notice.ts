import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { addressReach, securityEventToken, setErrors, utf8Decode } from '../../../protocol';
import type { NoticeFault, NoticeRefusal } from '../../_core/log-entry';
import type { Delivery, DeliverNotice } from '../../_core/notices/send-notices';
import type { ResolveName } from './resolve-name';

/** How long a connection may take to come about, TLS included, and how long all of it with the reply, in milliseconds. */
const CONNECT_MS = 3000;
const WHOLE_MS = 5000;
/** How much of a reply is read, in bytes; its head may be as long again. */
const REPLY_MAX = 4096;
const HEAD_MAX = 4 * REPLY_MAX;

/** How addresses outside are reached. */
export interface Reach {
  /** The service's own address: where it is this machine, servers may be on it too. */
  readonly issuer: string;
  /** Asked once for each delivery; the connection is made to what it says, and to nothing else. */
  readonly resolveName: ResolveName;
  /** Whether a machine at an address may be spoken to. */
  readonly isPublic: (address: string) => boolean;
  /** Certificates to trust in the place of the platform's. */
  readonly ca?: string;
  readonly connectMs?: number;
  readonly wholeMs?: number;
}

/** A delivery that came to nothing. */
class Fault extends Error {
  readonly fault: NoticeFault;
  constructor(fault: NoticeFault) {
    super(fault);
    this.fault = fault;
  }
}

const LOOPBACK = '127.0.0.1';

/** The address to which the connection is made; of a name's many, all must be public. @throws Fault */
const targetOf = async (reach: Reach, url: URL): Promise<string> => {
  const at = addressReach(url.href);
  if (at === 'loopback' && addressReach(`${reach.issuer}/`) === 'loopback') return LOOPBACK;
  if (at !== 'public') throw new Fault('address_not_allowed');
  const addresses = await reach.resolveName(url.hostname);
  const [first] = addresses;
  if (first === undefined) throw new Fault('name_unknown');
  if (!addresses.every((address) => reach.isPublic(address))) throw new Fault('address_not_public');
  return first;
};

/** Errors of TLS have codes of their own, by OpenSSL or by Node; those of the network begin with an E. */
const faultOf = (error: unknown): NoticeFault => {
  if (error instanceof Fault) return error.fault;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (/^(?:HPE_|ERR_HTTP)/.test(code)) return 'malformed';
  return /^E(?!RR_)[A-Z]+$/.test(code) || code === '' ? 'unreachable' : 'certificate';
};

const optionsOf = ({ ca }: Reach, url: URL, address: string): RequestOptions => {
  const isSecure = url.protocol === 'https:';
  const tls = {
    servername: url.hostname,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
  } as const;
  return {
    method: 'POST',
    // The address itself: nothing is left to be looked up.
    host: address,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    // A connection of its own: none that was made before, and no proxy's.
    agent: false,
    maxHeaderSize: HEAD_MAX,
    ...(isSecure && tls),
  };
};

/** One token on its way. */
interface Sending {
  readonly url: URL;
  readonly options: RequestOptions;
  readonly token: string;
  readonly connectMs: number;
}

/** The reply to a token that was sent to that very address. @throws Fault, or what the network throws */
const send = async ({ url, options, token, connectMs }: Sending, limit: AbortController): Promise<Delivery> => {
  const headers = {
    host: url.host,
    'content-type': securityEventToken.mediaType,
    accept: 'application/json',
    'content-length': Buffer.byteLength(token),
    connection: 'close',
  };
  const make = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = make({ ...options, headers, signal: limit.signal });
  const connecting = setTimeout(() => limit.abort(), connectMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).on('error', reject);
      request.once('finish', () => clearTimeout(connecting));
      // A server that switches to another protocol is left without a word.
      request.once('close', () => reject(new Fault('malformed')));
      request.end(token);
    });
    return await deliveryOf(response.on('error', () => undefined));
  } finally {
    clearTimeout(connecting);
    request.destroy();
  }
};

/** The beginning of a reply, as a text; null where it is longer than anybody needs. */
const readReply = async (response: IncomingMessage): Promise<string | null> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > REPLY_MAX) return null;
    parts.push(part);
  }
  return utf8Decode(Buffer.concat(parts));
};

/** Why a reply says that it wants no such token (RFC 8935, section 2.3); null where it does not say so. */
const refusalIn = (text: string | null): NoticeRefusal | null => {
  try {
    const said: unknown = JSON.parse(text ?? '');
    if (typeof said !== 'object' || said === null || !('err' in said) || typeof said.err !== 'string') return null;
    const { err } = said;
    return setErrors.find((known) => known === err) ?? 'other';
  } catch {
    return null;
  }
};

/** What a status that is neither a word of taking nor of refusing comes to: the same again, later. */
const failed = (status: number): Delivery => {
  const classes: readonly NoticeFault[] = ['status_2xx', 'redirected', 'status_4xx', 'status_5xx'];
  return { kind: 'failed', fault: classes[Math.floor(status / 100) - 2] ?? 'malformed' };
};

const deliveryOf = async (response: IncomingMessage): Promise<Delivery> => {
  const { statusCode: status = 0 } = response;
  if (status === 202) return { kind: 'taken' };
  const error = status === 400 ? refusalIn(await readReply(response)) : null;
  return error === null ? failed(status) : { kind: 'refused', error };
};

/**
 * Hands tokens to registered addresses (RFC 8935). A name is resolved here, all that it stands for must be public, and the connection is made
 * to what was looked at, so that no answer of a name's owner leads it elsewhere meanwhile. The certificate must be the name's. Nothing is
 * followed, no proxy is asked, and of what is there the status counts, and of a refusal its code.
 */
export const createDeliverNotice =
  (reach: Reach): DeliverNotice =>
  async (address, token) => {
    const { connectMs = CONNECT_MS, wholeMs = WHOLE_MS } = reach;
    const limit = new AbortController();
    const whole = setTimeout(() => limit.abort(), wholeMs);
    const over = new Promise<never>((_, reject) => {
      limit.signal.addEventListener('abort', () => reject(new Fault('too_slow')), { once: true });
    });
    try {
      if (!URL.canParse(address)) throw new Fault('address_not_allowed');
      const url = new URL(address);
      const target = await Promise.race([targetOf(reach, url), over]);
      const sending = send({ url, token, connectMs, options: optionsOf(reach, url, target) }, limit);
      return await Promise.race([sending, over]);
    } catch (error) {
      return { kind: 'failed', fault: limit.signal.aborted ? 'too_slow' : faultOf(error) };
    } finally {
      clearTimeout(whole);
    }
  };
