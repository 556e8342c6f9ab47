import fc from 'fast-check';
import { rectangle, type Point, type Quad } from '../../../cloudfunctions/_adapters/embedded/image/geometry';
import {
  apply,
  inverse,
  rectangleToQuad,
  similarity,
} from '../../../cloudfunctions/_adapters/embedded/image/transform';

const near = (a: Point, b: Point, tolerance = 1e-6): boolean => Math.hypot(a.x - b.x, a.y - b.y) < tolerance;
const shift = fc.double({ min: -30, max: 30, noNaN: true });
const place = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
});

/** A rectangle whose corners perspective has moved. */
const quads = fc.tuple(shift, shift, shift, shift, shift, shift, shift, shift).map(([a, b, c, d, e, f, g, h]): Quad => {
  const [p, q, r, s] = rectangle(100, 80, 400, 250);
  return [
    { x: p.x + a, y: p.y + b },
    { x: q.x + c, y: q.y + d },
    { x: r.x + e, y: r.y + f },
    { x: s.x + g, y: s.y + h },
  ];
});

describe('a projective map onto a quad', () => {
  it('sends the outer corners of a picture to the corners', () => {
    fc.assert(
      fc.property(quads, (quad) => {
        const map = rectangleToQuad(320, 200, quad);
        rectangle(-0.5, -0.5, 320, 200).forEach((corner, i) => {
          expect(near(apply(map, corner), quad[i] ?? corner)).toBe(true);
        });
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(quads, fc.nat(319), fc.nat(199), (quad, x, y) => {
        const map = rectangleToQuad(320, 200, quad);
        const back = inverse(map);
        expect(back).not.toBeNull();
        if (back !== null) expect(near(apply(back, apply(map, { x, y })), { x, y }, 1e-4)).toBe(true);
      }),
    );
  });

  it('has no inverse when the quad is flat', () => {
    const flat: Quad = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 2, y: 0 },
      { x: 3, y: 0 },
    ];
    expect(inverse(rectangleToQuad(10, 10, flat))).toBeNull();
  });
});

describe('the similarity between two sets of points', () => {
  it('finds the turn, scale and shift that made the second', () => {
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    const scale = fc.double({ min: 0.1, max: 10, noNaN: true });
    const spread = fc.array(place, { minLength: 5, maxLength: 5 }).filter((points) => {
      const [first] = points;
      return first !== undefined && points.some((p) => !near(p, first, 1));
    });
    fc.assert(
      fc.property(spread, angle, scale, place, (from, turn, factor, by) => {
        const [c, s] = [factor * Math.cos(turn), factor * Math.sin(turn)];
        const to = from.map(({ x, y }) => ({ x: c * x - s * y + by.x, y: s * x + c * y + by.y }));
        const map = similarity(from, to);
        from.forEach((point, i) => {
          expect(near(apply(map, point), to[i] ?? point, 1e-5)).toBe(true);
        });
      }),
    );
  });

  it('keeps shapes: it never shears to fit better', () => {
    const square = [...rectangle(0, 0, 1, 1)];
    const stretched = [...rectangle(0, 0, 3, 1)];
    const [a, b, , c, d] = similarity(square, stretched);
    expect([a, b]).toEqual([expect.closeTo(d), expect.closeTo(-c)]);
  });
});
