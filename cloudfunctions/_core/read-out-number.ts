/**
 * A number that one person reads out to another. Each is drawn alike often: of 2⁶⁴ drawings, one number has at most one more than another.
 * @param bytes 8 random bytes
 * @param digits at most 9
 */
export const drawNumber = (bytes: Uint8Array, digits = 8): string =>
  String(bytes.reduce((sum, byte) => (sum * 256 + byte) % 10 ** digits, 0)).padStart(digits, '0');
