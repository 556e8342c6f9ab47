import type { Point, Quad } from './geometry';

/** A projective map of the plane: rows of a 3×3 matrix, the last entry 1. */
export type Transform = readonly [number, number, number, number, number, number, number, number, number];

/** Maps a point. */
export function apply(t: Transform, { x, y }: Point): Point {
  const w = t[6] * x + t[7] * y + t[8];
  return { x: (t[0] * x + t[1] * y + t[2]) / w, y: (t[3] * x + t[4] * y + t[5]) / w };
}

/** The map that undoes `t`, by the adjugate matrix. @returns null when `t` is degenerate */
export function inverse(t: Transform): Transform | null {
  const [a, b, c, d, e, f, g, h, i] = t;
  const corner = a * e - b * d;
  if (Math.abs(corner) < 1e-12) return null;
  return [
    (e * i - f * h) / corner,
    (c * h - b * i) / corner,
    (b * f - c * e) / corner,
    (f * g - d * i) / corner,
    (a * i - c * g) / corner,
    (c * d - a * f) / corner,
    (d * h - e * g) / corner,
    (b * g - a * h) / corner,
    1,
  ];
}

/**
 * The map that sends an upright picture of `width` × `height` pixels onto a quad: the outer corners of its corner pixels to the corners.
 * Heckbert 1989, "Fundamentals of Texture Mapping and Image Warping", 2.2.3.
 */
export function rectangleToQuad(width: number, height: number, quad: Quad): Transform {
  const [p0, p1, p2, p3] = quad;
  const [dx1, dy1] = [p1.x - p2.x, p1.y - p2.y];
  const [dx2, dy2] = [p3.x - p2.x, p3.y - p2.y];
  const [sx, sy] = [p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = determinant === 0 ? 0 : (sx * dy2 - dx2 * sy) / determinant;
  const h = determinant === 0 ? 0 : (dx1 * sy - sx * dy1) / determinant;
  const rows = [
    [(p1.x - p0.x + g * p1.x) / width, (p3.x - p0.x + h * p3.x) / height, p0.x],
    [(p1.y - p0.y + g * p1.y) / width, (p3.y - p0.y + h * p3.y) / height, p0.y],
    [g / width, h / height, 1],
  ] as const;
  // Whole numbers are the centres of pixels, so the outer corner lies half a pixel before the first one.
  const [x, y, w] = rows.map(([across, down, at]) => at + (across + down) / 2);
  const last = w ?? 1;
  return [
    rows[0][0] / last,
    rows[0][1] / last,
    (x ?? 0) / last,
    rows[1][0] / last,
    rows[1][1] / last,
    (y ?? 0) / last,
    rows[2][0] / last,
    rows[2][1] / last,
    1,
  ];
}

/** The rotation, scaling and shift that brings `from` nearest to `to` in the least-squares sense. Umeyama 1991, in two dimensions. */
export function similarity(from: readonly Point[], to: readonly Point[]): Transform {
  const mean = (points: readonly Point[]): Point => ({
    x: points.reduce((sum, p) => sum + p.x, 0) / points.length,
    y: points.reduce((sum, p) => sum + p.y, 0) / points.length,
  });
  const a = mean(from);
  const b = mean(to);
  let cosine = 0;
  let sine = 0;
  let spread = 0;
  from.forEach((p, i) => {
    const q = to[i] ?? b;
    const [x, y, u, v] = [p.x - a.x, p.y - a.y, q.x - b.x, q.y - b.y];
    cosine += x * u + y * v;
    sine += x * v - y * u;
    spread += x * x + y * y;
  });
  const c = spread === 0 ? 1 : cosine / spread;
  const s = spread === 0 ? 0 : sine / spread;
  return [c, -s, b.x - c * a.x + s * a.y, s, c, b.y - s * a.x - c * a.y, 0, 0, 1];
}
