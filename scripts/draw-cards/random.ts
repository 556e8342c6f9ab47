import { createHash } from 'node:crypto';

/** A seeded source of numbers. */
export interface Random {
  /** The next number from `low` to `high`. */
  readonly between: (low: number, high: number) => number;
  /** One of the choices. */
  readonly pick: <Choice>(choices: readonly [Choice, ...Choice[]]) => Choice;
}

/** Numbers that depend on the seed alone: xorshift32 (Marsaglia 2003), started from the seed's SHA-256. */
export const seededRandom = (seed: string): Random => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE() | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    between: (low, high) => low + (high - low) * next(),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
};
