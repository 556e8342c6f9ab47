import { base45Alphabet } from '../spec/rfc9285';

/** Bytes as base45 (RFC 9285, section 4): two bytes as three characters, a last single byte as two. */
export const base45Encode = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    const value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    text += base45Alphabet.charAt(value % 45) + base45Alphabet.charAt(Math.floor(value / 45) % 45);
    if (isPair) text += base45Alphabet.charAt(Math.floor(value / 2025));
  }
  return text;
};

const NO_VALUE = 0xff;
const values = new Uint8Array(128).fill(NO_VALUE);
Array.from(base45Alphabet).forEach((character, value) => {
  values[character.charCodeAt(0)] = value;
});

/**
 * The bytes of a base45 text.
 * @returns null for anything but the one spelling of those bytes: lower case, foreign characters, an impossible length and groups
 * above what their bytes can hold are refused
 */
export const base45Decode = (text: string): Uint8Array | null => {
  if (text.length % 3 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  const valueAt = (at: number): number => values[text.charCodeAt(at)] ?? NO_VALUE;
  let to = 0;
  for (let from = 0; from < text.length; from += 3) {
    const isTriple = from + 2 < text.length;
    const low = valueAt(from);
    const middle = valueAt(from + 1);
    const high = isTriple ? valueAt(from + 2) : 0;
    if (low === NO_VALUE || middle === NO_VALUE || high === NO_VALUE) return null;
    const value = low + 45 * middle + 2025 * high;
    if (value > (isTriple ? 0xffff : 0xff)) return null;
    if (isTriple) {
      bytes[to] = value >> 8;
      to += 1;
    }
    bytes[to] = value & 0xff;
    to += 1;
  }
  return bytes;
};
