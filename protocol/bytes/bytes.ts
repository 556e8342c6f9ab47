/** One run of bytes out of several. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};

/** Whether two runs of bytes are alike, in a time that depends on their lengths alone. */
export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false;
  let difference = 0;
  one.forEach((byte, at) => {
    difference |= byte ^ (other[at] ?? 0);
  });
  return difference === 0;
};

/**
 * Order of two runs of bytes, byte by byte; of a run and its beginning, the beginning comes first.
 * @returns below zero where `one` comes first, zero where they are alike, above zero otherwise
 */
export const compareBytes = (one: Uint8Array, other: Uint8Array): number => {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};

/** Bytes of a hexadecimal constant. @throws RangeError where the text is not hexadecimal digits in pairs */
export const hexDecode = (text: string): Uint8Array => {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('not hexadecimal');
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
};
