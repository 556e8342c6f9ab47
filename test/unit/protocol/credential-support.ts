import {
  base64urlDecode,
  base64urlEncode,
  createCredential,
  instant,
  utf8Encode,
  verifyCredential,
  type CredentialContent,
  type IssuerTools,
  type JsonObject,
  type JsonValue,
  type Sign,
} from '../../../protocol';
import { ascii, keyPair, sha256, twinOf, verifySignature } from './support';

export const issuer = keyPair();
export const holder = keyPair();
export const claims = {
  name: '林晓梅',
  birthdate: '1949-12-31',
  address: { region: '北京市', lines: ['朝阳区', '1 号'] },
};
let salts = 0;
export const salt = (): Uint8Array => sha256(ascii(String((salts += 1)))).subarray(0, 16);
export const content: CredentialContent & IssuerTools = {
  issuer: 'https://issuer.example',
  vct: 'urn:example:card:1',
  kid: 'key-1',
  holderKey: holder.key,
  issuedAt: 1_795_000_000,
  expiresAt: 1_826_536_000,
  status: { uri: 'https://issuer.example/status/1', index: 70_000 },
  claims,
  alwaysDisclosed: { tier: 'light' },
  decoys: 3,
  salt,
  sha256,
  sign: issuer.sign,
};
export const expected = {
  expectedIssuer: content.issuer,
  expectedVct: content.vct,
  keys: new Map([['key-1', issuer.key]]),
  now: instant(1_795_000_000_000),
  sha256,
  verify: verifySignature,
};
export const check = (text: string) => verifyCredential(text, expected);

export const jsonPart = (value: JsonValue | string): string =>
  base64urlEncode(utf8Encode(typeof value === 'string' ? value : JSON.stringify(value)));
const readPart = (text: string | undefined): JsonObject =>
  JSON.parse(Buffer.from(base64urlDecode(text ?? '') ?? []).toString()) as JsonObject;
/** A text's digest in the spelling of the format. */
export const sha256Of = (text: string): string => base64urlEncode(sha256(utf8Encode(text)));
export const partsOf = (text: string) => {
  const [jwt = '', ...rest] = text.split('~');
  const [header, payload, signature = ''] = jwt.split('.');
  return { header: readPart(header), payload: readPart(payload), signature, disclosures: rest.slice(0, -1) };
};
export const genuine = createCredential(content);
export const genuineParts = partsOf(genuine);

/** Signs anything as the issuer would, low s and all. */
export const signed = (
  header: JsonValue | string,
  payload: JsonValue | string,
  disclosures: readonly string[],
  sign: Sign = issuer.sign,
) => {
  const input = `${jsonPart(header)}.${jsonPart(payload)}`;
  const signature = sign(utf8Encode(input));
  const low =
    BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`) >> 255n === 0n ? signature : twinOf(signature);
  return [`${input}.${base64urlEncode(low)}`, ...disclosures, ''].join('~');
};
export const resigned = (changes: {
  header?: JsonObject;
  payload?: JsonObject;
  disclosures?: readonly string[];
}): string => {
  const { header, payload, disclosures } = genuineParts;
  return signed(
    { ...header, ...changes.header },
    { ...payload, ...changes.payload },
    changes.disclosures ?? disclosures,
  );
};
export const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
