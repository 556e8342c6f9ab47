import fc from 'fast-check';
import { CODE_RENEWAL_S } from '../../../protocol';
import { countdown, tellNext } from '../../../miniprogram/presenters/countdown';
import { foreignTexts, languages } from './languages';

const PERIOD = CODE_RENEWAL_S * 1000;
const START = 1_795_000_000_000;
const END = START + 300_000;

/** Instants around a showing, and far away from it: a clock may jump. */
const instants = fc.oneof(
  fc.integer({ min: START - 60_000, max: END + 60_000 }),
  fc.integer({ min: 0, max: 4_102_444_800_000 }),
);

describe('the countdown of a showing', () => {
  it('stays within a code’s time wherever the clock stands', () => {
    fc.assert(
      fc.property(instants, instants, (now, madeAt) => {
        const { share, next } = countdown(now, madeAt, END);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThanOrEqual(CODE_RENEWAL_S);
        expect(next === 0).toBe(share === 0);
      }),
    );
  });

  it('counts a code down from its period to one second, and never up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: PERIOD - 1 }), fc.nat({ max: PERIOD }), (age, more) => {
        const [earlier, later] = [age, age + more].map((passed) => countdown(START + passed, START, END));
        expect(earlier?.next).toBe(CODE_RENEWAL_S - Math.floor(age / 1000));
        expect(later?.next).toBeLessThanOrEqual(earlier?.next ?? 0);
        expect(later?.share).toBeLessThanOrEqual(earlier?.share ?? 0);
      }),
    );
    expect(countdown(START, START, END)).toMatchObject({ next: CODE_RENEWAL_S, share: 1 });
    expect(countdown(START + PERIOD - 1, START, END).next).toBe(1);
    expect(countdown(START + PERIOD, START, END)).toMatchObject({ next: 0, share: 0 });
  });

  it('is over exactly at the end, and not a millisecond before', () => {
    fc.assert(
      fc.property(instants, instants, (now, madeAt) => {
        expect(countdown(now, madeAt, END).isOver).toBe(now >= END);
      }),
    );
    expect([-1, 0, 1].map((after) => countdown(END + after, END, END).isOver)).toEqual([false, true, true]);
  });

  it.each([
    [300_000, '5:00'],
    [299_999, '5:00'],
    [299_000, '4:59'],
    [60_000, '1:00'],
    [59_001, '1:00'],
    [9_000, '0:09'],
    [1, '0:01'],
    [0, '0:00'],
    [-5_000, '0:00'],
  ])('shows %d ms as %s', (rest, left) => {
    expect(countdown(END - rest, START, END).left).toBe(left);
  });

  it('of an earlier clock shows a whole code, and of a later one none', () => {
    expect(countdown(START - 7_200_000, START, END)).toMatchObject({ next: CODE_RENEWAL_S, share: 1, isOver: false });
    expect(countdown(START + 7_200_000, START, END)).toEqual({ next: 0, share: 0, left: '0:00', isOver: true });
  });

  it.each(languages)('is told in %s', (language) => {
    expect(tellNext(7, language)).toContain('7');
    expect(foreignTexts([tellNext(7, language)], language)).toEqual([]);
  });
});
