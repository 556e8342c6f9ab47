import type { Point, Quad } from '../image/geometry';

/** The convex hull, counter-clockwise as seen with y up. Andrew 1979, monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const chain = (ordered: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const point of ordered) {
      for (;;) {
        const last = hull.at(-1);
        const before = hull.at(-2);
        if (last === undefined || before === undefined || turn(before, last, point) > 0) break;
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

const turn = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/**
 * The rectangle of least area around the points, each side moved outward by `grow(width, height)`. One of its sides lies on the hull.
 *
 * @returns null for fewer than three points that do not lie on one line
 */
export function smallestRectangle(
  points: readonly Point[],
  grow: (width: number, height: number) => number,
): Quad | null {
  const hull = convexHull(points);
  let best: { area: number; quad: Quad } | null = null;
  for (let i = 0; i < hull.length; i++) {
    const from = hull[i];
    const to = hull[(i + 1) % hull.length];
    if (from === undefined || to === undefined) continue;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length === 0) continue;
    const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    let [s0, s1, t0, t1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const p of hull) {
      const s = p.x * ux + p.y * uy;
      const t = p.y * ux - p.x * uy;
      s0 = Math.min(s0, s);
      s1 = Math.max(s1, s);
      t0 = Math.min(t0, t);
      t1 = Math.max(t1, t);
    }
    const area = (s1 - s0) * (t1 - t0);
    if (area === 0 || (best !== null && area >= best.area)) continue;
    const edge = grow(s1 - s0, t1 - t0);
    const corner = (s: number, t: number): Point => ({ x: s * ux - t * uy, y: s * uy + t * ux });
    const quad: Quad = [
      corner(s0 - edge, t0 - edge),
      corner(s1 + edge, t0 - edge),
      corner(s1 + edge, t1 + edge),
      corner(s0 - edge, t1 + edge),
    ];
    best = { area, quad };
  }
  return best?.quad ?? null;
}

/** The same rectangle, its corners renamed so that its direction is the one of the four nearest to `angle` (radians). */
export function turnTowards(quad: Quad, angle: number): Quad {
  const [a, b, c, d] = quad;
  const own = Math.atan2(b.y - a.y, b.x - a.x);
  const quarters = ((Math.round((angle - own) / (Math.PI / 2)) % 4) + 4) % 4;
  if (quarters === 1) return [b, c, d, a];
  if (quarters === 2) return [c, d, a, b];
  if (quarters === 3) return [d, a, b, c];
  return quad;
}
