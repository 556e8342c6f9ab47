import {
  createStatusListToken,
  instant,
  statusOf,
  statusType,
  utf8Encode,
  base64urlEncode,
  type FetchedStatusList,
  type JsonValue,
  type PublishedStatus,
  type Sign,
  type StatusListContent,
} from '../../../protocol';
import { deflate, inflate } from '../../../cloudfunctions/_adapters/crypto/zlib';
import { keyPair, twinOf, verifySignature } from './support';

export const issuer = keyPair();
export const uri = 'https://issuer.example/public/status/1';
export const issuedAt = 1_795_000_000;
/** An instant some seconds after the list was signed. */
export const after = (seconds: number) => instant((issuedAt + seconds) * 1000);

export const content: StatusListContent = {
  uri,
  kid: 'key-1',
  issuedAt,
  expiresAt: issuedAt + 86_400,
  ttl: 300,
  size: 2 ** 17,
  entries: [
    { index: 1, value: statusType.invalid },
    { index: 2, value: statusType.suspended },
    { index: 3, value: 3 },
    { index: 2 ** 17 - 1, value: statusType.suspended },
  ],
};

export const tokenOf = (change: Partial<StatusListContent> = {}, sign: Sign = issuer.sign): string =>
  createStatusListToken({ ...content, ...change, deflate, sign });

export const expected = {
  keys: new Map([['key-1', issuer.key]]),
  now: after(60),
  verify: verifySignature,
  inflate,
};

/** What a copy says that was fetched when it was signed, at an instant. */
export const statusAt = (
  fetched: string | FetchedStatusList | null,
  index: number,
  change: Partial<typeof expected> = {},
): PublishedStatus =>
  statusOf({ uri, index }, typeof fetched === 'string' ? { token: fetched, fetchedAt: after(0) } : fetched, {
    ...expected,
    ...change,
  });

const part = (value: JsonValue | string): string =>
  base64urlEncode(utf8Encode(typeof value === 'string' ? value : JSON.stringify(value)));

export const header = { alg: 'ES256', typ: 'statuslist+jwt', kid: 'key-1' };
export const payloadOf = (bytes: Uint8Array, bits: JsonValue = 2) => ({
  sub: uri,
  iat: issuedAt,
  exp: issuedAt + 86_400,
  ttl: 300,
  status_list: { bits, lst: base64urlEncode(bytes) },
});

/** Signs anything as the issuer would, low s and all. */
export const signed = (head: JsonValue | string, payload: JsonValue | string, sign: Sign = issuer.sign): string => {
  const input = `${part(head)}.${part(payload)}`;
  const signature = sign(utf8Encode(input));
  const isHigh = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) >> 255n === 1n;
  return `${input}.${base64urlEncode(isHigh ? twinOf(signature) : signature)}`;
};
