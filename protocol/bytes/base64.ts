import { base64Alphabet, base64urlAlphabet } from '../spec/rfc4648';

const encode = (bytes: Uint8Array, alphabet: string): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    if (at + 1 < bytes.length) text += alphabet.charAt((group >> 6) & 63);
    if (at + 2 < bytes.length) text += alphabet.charAt(group & 63);
  }
  return text;
};

/** Bytes as base64 with padding (RFC 4648, section 4), for pictures in data URLs. */
export const base64Encode = (bytes: Uint8Array): string => {
  const text = encode(bytes, base64Alphabet);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
};

/** Bytes as base64url without padding (RFC 4648, section 5). */
export const base64urlEncode = (bytes: Uint8Array): string => encode(bytes, base64urlAlphabet);

const valueOf = new Map(Array.from(base64urlAlphabet, (character, value) => [character, value]));

/**
 * The bytes of a base64url text.
 * @returns null for anything but the one spelling of those bytes: padding, foreign characters, an impossible length and stray
 * bits in the last character are refused
 */
export const base64urlDecode = (text: string): Uint8Array | null => {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = valueOf.get(character);
    if (value === undefined) return null;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (pending >> bits) & 0xff;
      at += 1;
    }
  }
  return (pending & ((1 << bits) - 1)) === 0 ? bytes : null;
};
