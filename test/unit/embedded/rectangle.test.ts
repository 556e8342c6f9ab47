import fc from 'fast-check';
import { direction, distance, type Point, type Quad } from '../../../cloudfunctions/_adapters/embedded/image/geometry';
import { smallestRectangle, turnTowards } from '../../../cloudfunctions/_adapters/embedded/ocr/rectangle';

const coordinate = fc.integer({ min: -100, max: 100 });
const clouds = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 3, maxLength: 40 });
const keep = (): number => 0;

const area = ([a, b, , d]: Quad): number => distance(a, b) * distance(a, d);

/** How far a point lies outside of a rectangle. */
const outside = (quad: Quad, point: Point): number => {
  const [a, b, , d] = quad;
  const reach = (to: Point): number => {
    const length = distance(a, to);
    const at = ((point.x - a.x) * (to.x - a.x) + (point.y - a.y) * (to.y - a.y)) / length;
    return Math.max(-at, at - length, 0);
  };
  return Math.max(reach(b), reach(d));
};

describe('the smallest rectangle around points', () => {
  it('holds all of them, and is no larger than the upright one', () => {
    fc.assert(
      fc.property(clouds, (points) => {
        const quad = smallestRectangle(points, keep);
        if (quad === null) return;
        expect(Math.max(...points.map((point) => outside(quad, point)))).toBeLessThan(1e-6);
        const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
        const upright = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
        expect(area(quad)).toBeLessThanOrEqual(upright + 1e-6);
      }),
    );
  });

  it('finds a tilted line of text as it lies', () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
    const corners = [0, 200].flatMap((along) =>
      [0, 20].map((up) => ({ x: along * c - up * s, y: along * s + up * c })),
    );
    const quad = smallestRectangle(corners, keep);
    expect(quad).not.toBeNull();
    if (quad === null) return;
    expect(area(quad)).toBeCloseTo(4000);
    expect(direction(turnTowards(quad, 0))).toBeCloseTo(0.3);
  });

  it('grows on all sides alike', () => {
    const points = [0, 100].flatMap((x) => [0, 10].map((y) => ({ x, y })));
    const quad = smallestRectangle(points, () => 5);
    expect(quad === null ? 0 : area(quad)).toBeCloseTo(110 * 20);
  });

  it('is none for points on one line', () => {
    expect(
      smallestRectangle(
        [1, 2, 3].map((x) => ({ x, y: 2 * x })),
        keep,
      ),
    ).toBeNull();
    expect(smallestRectangle([], keep)).toBeNull();
  });
});
