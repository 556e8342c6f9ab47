import { bytesOf, claims, hexOf, twinOf, type CodeParts } from './forged-code';

/** A way to write a code of a showing: what is odd about it, and its parts. */
export type OddCode = readonly [string, (handle: string) => CodeParts];

const iat = Math.floor(Date.now() / 1000);
const iatHex = iat.toString(16);
const cti = (handle: string): string => Buffer.from(handle, 'base64url').toString('hex');

/** Codes that another reader might take for the same, or for a code at all. */
export const misspelled: readonly OddCode[] = [
  ['the time in eight bytes', (handle) => ({ payload: `a2061b00000000${iatHex}0750${cti(handle)}` })],
  ['the time as a float', (handle) => ({ payload: `a206${hexOf(iat + 0.5)}0750${cti(handle)}` })],
  ['the time as a text', (handle) => ({ payload: `a206${hexOf(String(iat))}0750${cti(handle)}` })],
  ['the time in milliseconds', (handle) => ({ payload: claims(handle, Date.now()) })],
  ['the time before 1970', (handle) => ({ payload: claims(handle, -iat) })],
  ['a tagged time', (handle) => ({ payload: `a206c11a${iatHex}0750${cti(handle)}` })],
  ['the claims in another order', (handle) => ({ payload: `a20750${cti(handle)}061a${iatHex}` })],
  ['a claim twice', (handle) => ({ payload: `a3061a${iatHex}061a${iatHex}0750${cti(handle)}` })],
  ['a claim more', (handle) => ({ payload: `a3041a7fffffff061a${iatHex}0750${cti(handle)}` })],
  ['a map without end mark', (handle) => ({ payload: `bf061a${iatHex}0750${cti(handle)}ff` })],
  ['the handle in pieces', (handle) => ({ payload: `a2061a${iatHex}075f50${cti(handle)}ff` })],
  ['a long key', (handle) => ({ payload: `a21806 1a${iatHex}0750${cti(handle)}`.replace(' ', '') })],
  ['a handle too short', (handle) => ({ payload: `a2061a${iatHex}074f${cti(handle).slice(2)}` })],
  ['a handle too long', (handle) => ({ payload: `a2061a${iatHex}0751${cti(handle)}00` })],
  ['something after the claims', (handle) => ({ payload: `${claims(handle)}00` })],
  ['no claims', () => ({ payload: 'a0' })],
  ['no tag', (handle) => ({ payload: claims(handle), envelope: (array) => array })],
  ['a long tag', (handle) => ({ payload: claims(handle), envelope: (array) => `d812${array}` })],
  ['another tag', (handle) => ({ payload: claims(handle), envelope: (array) => `d1${array}` })],
  ['the tag of a CWT around', (handle) => ({ payload: claims(handle), envelope: (array) => `d83dd2${array}` })],
  ['something after the end', (handle) => ({ payload: claims(handle), envelope: (array) => `d2${array}f6` })],
  [
    'an array without end mark',
    (handle) => ({ payload: claims(handle), envelope: (array) => `d29f${array.slice(2)}ff` }),
  ],
  ['a key id beside', (handle) => ({ payload: claims(handle), unprotected: 'a1044101' })],
  ['the algorithm unprotected', (handle) => ({ payload: claims(handle), protectedHeader: '', unprotected: 'a10126' })],
  ['no algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a0' })],
  ['another algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a1013822' })],
  ['a long algorithm', (handle) => ({ payload: claims(handle), protectedHeader: 'a1013806' })],
  ['no signature', (handle) => ({ payload: claims(handle), signature: () => new Uint8Array(0) })],
  ['half a signature', (handle) => ({ payload: claims(handle), signature: (given) => given.subarray(0, 32) })],
  [
    'a byte more of signature',
    (handle) => ({
      payload: claims(handle),
      signature: (given) => bytesOf(`${Buffer.from(given).toString('hex')}00`),
    }),
  ],
];

/** Codes whose form is right and whose signature is not the one that was made for this use. */
export const badlySigned: readonly OddCode[] = [
  ['the high-S twin of its signature', (handle) => ({ payload: claims(handle), signature: twinOf })],
  ['a signature of zeros', (handle) => ({ payload: claims(handle), signature: () => new Uint8Array(64) })],
  [
    'r and s exchanged',
    (handle) => ({
      payload: claims(handle),
      signature: (given) => Uint8Array.from([...given.subarray(32), ...given.subarray(0, 32)]),
    }),
  ],
  ['a signature for another use', (handle) => ({ payload: claims(handle), audience: 'wechat-id/showing' })],
  ['a signature for no use', (handle) => ({ payload: claims(handle), audience: '' })],
];
