import type { Alphabet } from './alphabet';

/** What a recogniser says of a line: for each of its steps from left to right a probability for each class. */
export interface Steps {
  readonly probabilities: Float32Array;
  readonly count: number;
  readonly classes: number;
}

/** A character that was read. */
export interface Emission {
  readonly character: string;
  readonly probability: number;
  /** First step that says so. */
  readonly from: number;
  /** Step after the last one that says so. */
  readonly to: number;
}

/** With a restricted alphabet, a character that the network all but excludes is not taken for want of others. */
const minimumRestricted = 0.1;

/**
 * Best-path decoding: the likeliest class of each step, repetitions and blanks dropped (Graves et al. 2006).
 *
 * @param allowed characters to choose from; all without it
 */
export function decode(steps: Steps, alphabet: Alphabet, allowed?: string): Emission[] {
  const choice = allowed === undefined ? null : [...allowed].map((character) => alphabet.classes.get(character) ?? 0);
  const read: Emission[] = [];
  let previous = 0;
  for (let step = 0; step < steps.count; step++) {
    const { index, probability } = choice === null ? likeliest(steps, step) : likeliestOf(steps, step, choice);
    const last = read.at(-1);
    if (index !== 0 && index !== previous) {
      read.push({ character: alphabet.characters[index] ?? '', probability, from: step, to: step + 1 });
    } else if (index !== 0 && last !== undefined) {
      read[read.length - 1] = { ...last, probability: Math.max(probability, last.probability), to: step + 1 };
    }
    previous = index;
  }
  return read;
}

function likeliest({ probabilities, classes }: Steps, step: number, first = 0): { index: number; probability: number } {
  const offset = step * classes;
  let index = first;
  let probability = -1;
  for (let k = first; k < classes; k++) {
    const value = probabilities[offset + k] ?? 0;
    if (value > probability) {
      probability = value;
      index = k;
    }
  }
  return { index, probability };
}

function likeliestOf({ probabilities, classes }: Steps, step: number, choice: readonly number[]) {
  const offset = step * classes;
  let index = 0;
  let probability = Math.max(minimumRestricted, probabilities[offset] ?? 0);
  for (const k of choice) {
    const value = probabilities[offset + k] ?? 0;
    if (k !== 0 && value > probability) {
      probability = value;
      index = k;
    }
  }
  return { index, probability };
}

/** A character that the alphabet lacks looks like some other one to the network; this share of the likeliest one's probability is its. */
const unknownShare = 0.5;

/** The probability that steps `from` … `to` (exclusive) spell a text, over all alignments (the forward algorithm of CTC). */
export function likelihood(steps: Steps, from: number, to: number, text: string, alphabet: Alphabet): number {
  const states: (number | 'unknown')[] = [0];
  for (const character of text) states.push(alphabet.classes.get(character) ?? 'unknown', 0);
  let forward = states.map((_, s): number => (s === 0 ? 1 : 0));
  for (let step = from; step < to; step++) {
    const unknown = unknownShare * likeliest(steps, step, 1).probability;
    forward = states.map((index, s) => {
      const stay = forward[s] ?? 0;
      const advance = forward[s - 1] ?? 0;
      const skip = index !== 0 && index !== states[s - 2] ? (forward[s - 2] ?? 0) : 0;
      const here = index === 'unknown' ? unknown : (steps.probabilities[step * steps.classes + index] ?? 0);
      return (stay + advance + skip) * here;
    });
  }
  return (forward.at(-1) ?? 0) + (forward.at(-2) ?? 0);
}
