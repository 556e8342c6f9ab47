/** Base45 by RFC 9285, written apart from the product's own: whole numbers instead of bytes where the caller wants a wrong spelling. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const digits = (value: number, count: number): string => {
  let rest = value;
  let text = '';
  for (let at = 0; at < count; at += 1) {
    text += ALPHABET.charAt(rest % 45);
    rest = Math.floor(rest / 45);
  }
  return text;
};

export const encodeBase45 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) text += digits((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0), 3);
  return bytes.length % 2 === 1 ? text + digits(bytes[bytes.length - 1] ?? 0, 2) : text;
};

export const decodeBase45 = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((letter) => ALPHABET.indexOf(letter));
    const value = group.reduceRight((sum, digit) => sum * 45 + digit, 0);
    bytes.push(...(group.length === 3 ? [value >> 8, value & 255] : [value]));
  }
  return Uint8Array.from(bytes);
};
