/** Reads and writes UTF-8 (RFC 3629): a mini-program has no TextEncoder. */

const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;

/**
 * A text as UTF-8.
 * @throws RangeError where the text has a lone surrogate, which UTF-8 cannot say
 */
export const utf8Encode = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isSurrogate(code)) throw new RangeError('the text has a lone surrogate');
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return Uint8Array.from(bytes);
};

/** What a first byte of several announces: how many follow, its own bits, and the least code point that needs so many. */
const sequence = (lead: number): { following: number; bits: number; least: number } | null => {
  if (lead >= 0xc2 && lead <= 0xdf) return { following: 1, bits: lead & 0x1f, least: 0x80 };
  if (lead >= 0xe0 && lead <= 0xef) return { following: 2, bits: lead & 0x0f, least: 0x800 };
  if (lead >= 0xf0 && lead <= 0xf4) return { following: 3, bits: lead & 0x07, least: 0x10000 };
  return null;
};

/**
 * The text of UTF-8 bytes.
 * @returns null where the bytes are not UTF-8: overlong forms, surrogates, code points above U+10FFFF and cut sequences are refused
 */
export const utf8Decode = (bytes: Uint8Array): string | null => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    const announced = sequence(lead);
    if (!announced) return null;
    let code = announced.bits;
    for (let left = announced.following; left > 0; left -= 1) {
      at += 1;
      const byte = bytes[at] ?? 0;
      if ((byte & 0xc0) !== 0x80) return null;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < announced.least || code > 0x10ffff || isSurrogate(code)) return null;
    text += String.fromCodePoint(code);
  }
  return text;
};
