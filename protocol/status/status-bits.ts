/** Bits of one entry of a list (draft-ietf-oauth-status-list, section 4.1). */
export type EntryBits = 1 | 2 | 4 | 8;

/** One entry that says something else than zero. */
export interface StatusEntry {
  readonly index: number;
  readonly value: number;
}

/**
 * Writes a list as its bytes: entry 0 in the least significant bits of the first byte, and so on upwards.
 * @param size how many entries the list has; their bits must fill whole bytes
 * @param entries those that are not zero, in any order
 * @throws RangeError where an entry lies outside of the list or has more bits than an entry, or bytes would be left partly used
 */
export const packStatuses = (size: number, bits: EntryBits, entries: Iterable<StatusEntry>): Uint8Array => {
  const perByte = 8 / bits;
  if (!Number.isSafeInteger(size) || size <= 0 || size % perByte !== 0) throw new RangeError('not the size of a list');
  const bytes = new Uint8Array(size / perByte);
  for (const { index, value } of entries) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('no entry of the list');
    if (!Number.isSafeInteger(value) || value < 0 || value >= 1 << bits) throw new RangeError('no value of an entry');
    const at = Math.floor(index / perByte);
    const shift = (index % perByte) * bits;
    bytes[at] = ((bytes[at] ?? 0) & ~(((1 << bits) - 1) << shift)) | (value << shift);
  }
  return bytes;
};

/** The value of an entry. @returns null where the list has no such entry */
export const readStatus = (bytes: Uint8Array, bits: EntryBits, index: number): number | null => {
  if (!Number.isSafeInteger(index) || index < 0) return null;
  const perByte = 8 / bits;
  const byte = bytes[Math.floor(index / perByte)];
  return byte === undefined ? null : (byte >> ((index % perByte) * bits)) & ((1 << bits) - 1);
};
