import fc from 'fast-check';
import { decode, likelihood, type Steps } from '../../../cloudfunctions/_adapters/embedded/ocr/ctc';
import type { Alphabet } from '../../../cloudfunctions/_adapters/embedded/ocr/alphabet';

const characters = ['', '甲', '乙', '丙'];
const alphabet: Alphabet = { characters, classes: new Map(characters.slice(1).map((c, i) => [c, i + 1])) };

const stepsOf = (rows: readonly (readonly number[])[]): Steps => ({
  probabilities: Float32Array.from(rows.flat()),
  count: rows.length,
  classes: characters.length,
});

/** A step that is sure of one class. */
const sure = (index: number, probability = 0.97): number[] =>
  characters.map((_, i) => (i === index ? probability : (1 - probability) / (characters.length - 1)));

const read = (rows: readonly (readonly number[])[], allowed?: string): string =>
  decode(stepsOf(rows), alphabet, allowed)
    .map(({ character }) => character)
    .join('');

describe('decoding', () => {
  it('drops blanks and repetitions, and keeps a character that a blank repeats', () => {
    expect(read([sure(1), sure(1), sure(0), sure(1), sure(2), sure(2)])).toBe('甲甲乙');
    expect(read([])).toBe('');
  });

  it('tells where each character stands and how sure it is at its best', () => {
    const [only, ...more] = decode(stepsOf([sure(0), sure(1, 0.7), sure(1, 0.9), sure(0)]), alphabet);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ character: '甲', from: 1, to: 3 });
    expect(only?.probability).toBeCloseTo(0.9);
  });

  it('keeps to the allowed characters, and makes up none of them', () => {
    const torn = [0.02, 0.55, 0.4, 0.03];
    expect(read([torn])).toBe('甲');
    expect(read([torn], '乙')).toBe('乙');
    expect(read([sure(1)], '乙丙')).toBe('');
  });
});

describe('the likelihood of a text', () => {
  const distributions = fc
    .array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 4 })
    .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b)));
  const someSteps = fc.array(distributions, { minLength: 1, maxLength: 5 });

  /** What a path of classes spells. */
  const spell = (path: readonly number[]): string =>
    path.map((k, i) => (k === 0 || k === path[i - 1] ? '' : (characters[k] ?? ''))).join('');

  const paths = (length: number): number[][] =>
    length === 0 ? [[]] : paths(length - 1).flatMap((path) => characters.map((_, k) => [...path, k]));

  it('is the sum over all paths that spell it', () => {
    fc.assert(
      fc.property(someSteps, fc.constantFrom('', '甲', '乙丙', '甲甲', '丙乙甲'), (rows, text) => {
        const total = paths(rows.length)
          .filter((path) => spell(path) === text)
          .reduce((sum, path) => sum + path.reduce((p, k, i) => p * (rows[i]?.[k] ?? 0), 1), 0);
        expect(likelihood(stepsOf(rows), 0, rows.length, text, alphabet)).toBeCloseTo(total, 6);
      }),
    );
  });

  it('looks at its own part of the line only', () => {
    const rows = [sure(2), sure(1), sure(3)];
    expect(likelihood(stepsOf(rows), 1, 2, '甲', alphabet)).toBeCloseTo(0.97);
  });

  it('grants a character that the network cannot write half of the likeliest other', () => {
    expect(likelihood(stepsOf([sure(1, 0.8)]), 0, 1, '丁', alphabet)).toBeCloseTo(0.4);
  });
});
