/** A number of eight digits that one person reads out to another. @param bytes 8 random bytes */
export const drawNumber = (bytes: Uint8Array): string =>
  String(bytes.reduce((sum, byte) => (sum * 256 + byte) % 100_000_000, 0)).padStart(8, '0');
