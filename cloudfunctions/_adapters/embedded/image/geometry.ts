/** A place in a picture, in pixels: x to the right, y down, whole numbers at the centres of pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners clockwise from the top left one, as the text or the card is read. */
export type Quad = readonly [Point, Point, Point, Point];

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export const midpoint = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export const centre = (quad: Quad): Point => midpoint(midpoint(quad[0], quad[2]), midpoint(quad[1], quad[3]));

/** Mean length of the upper and lower side. */
export const quadWidth = (quad: Quad): number => (distance(quad[0], quad[1]) + distance(quad[3], quad[2])) / 2;

/** Mean length of the left and right side. */
export const quadHeight = (quad: Quad): number => (distance(quad[0], quad[3]) + distance(quad[1], quad[2])) / 2;

/** The direction in which a quad is read, in radians, 0 to the right and π/2 down. */
export const direction = (quad: Quad): number =>
  Math.atan2(quad[1].y - quad[0].y + quad[2].y - quad[3].y, quad[1].x - quad[0].x + quad[2].x - quad[3].x);

/** An upright rectangle as a quad. */
export const rectangle = (x: number, y: number, width: number, height: number): Quad => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
];

/** The same corners, each moved by one function. */
export const mapQuad = (quad: Quad, move: (point: Point) => Point): Quad => [
  move(quad[0]),
  move(quad[1]),
  move(quad[2]),
  move(quad[3]),
];

/** The smallest upright rectangle around the points. */
export function bounds(points: readonly Point[]): { left: number; top: number; right: number; bottom: number } {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** The middle of the values, 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
