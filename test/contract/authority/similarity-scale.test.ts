import fc from 'fast-check';
import { scoreOf } from '../../../local/authority/similarity-scale';

describe('the scale from cosine to score', () => {
  it('holds the points of equal false-match rate together', () => {
    expect([-1, 0, 0.42, 0.55, 1].map(scoreOf)).toEqual([0, 0, 50, 70, 100]);
  });

  it('never falls, and stays from 0 to 100 with two decimals', () => {
    const cosine = fc.double({ min: -1.01, max: 1.01, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, (one, other) => {
        const [low, high] = [scoreOf(Math.min(one, other)), scoreOf(Math.max(one, other))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(100);
        expect(Number(high.toFixed(2))).toBe(high);
      }),
    );
  });
});
