import type { Raster } from '../image/raster';

/** A straight edge: y = at + slope·x for a level one, x = at + slope·y for an upright one. */
export interface EdgeLine {
  readonly at: number;
  readonly slope: number;
  /** Share of its length, 0 … 1, along which the picture changes across it. */
  readonly strength: number;
}

/** The upright rectangle that the text fills. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Slopes that perspective gives to the sides of a card whose text is level. */
const maximumSlope = 0.22;
const slopeStep = 0.01;

/** Samples along a line. */
const samples = 64;

/** Edges a side that are kept for the choice among rectangles, and how far apart they must be, in pixels. */
const kept = 5;
const apart = 4;

/** Differences at this quantile of a picture and above count as a full edge. */
const fullEdge = 0.93;

/** The strongest straight edges above, below, left and right of an extent, at most five each. */
export function strongestLines(view: Raster, text: Extent): Record<'left' | 'right' | 'top' | 'bottom', EdgeLine[]> {
  const { width, height } = view;
  const down = differences(view, 0, 1);
  const across = differences(view, 1, 0);
  const level = (from: number, to: number): EdgeLine[] =>
    search(from, to, text.left, text.right, (along, at) => sample(down, width, height, along, at));
  const upright = (from: number, to: number): EdgeLine[] =>
    search(from, to, text.top, text.bottom, (along, at) => sample(across, width, height, at, along));
  return {
    top: level(0, text.top),
    bottom: level(text.bottom, height - 1),
    left: upright(0, text.left),
    right: upright(text.right, width - 1),
  };
}

function search(
  from: number,
  to: number,
  begin: number,
  end: number,
  edge: (along: number, at: number) => number,
): EdgeLine[] {
  const found: (EdgeLine & { readonly middle: number })[] = [];
  const half = (begin + end) / 2;
  for (let middle = Math.ceil(from); middle <= to; middle++) {
    let best = { at: 0, slope: 0, strength: -1, middle };
    for (let slope = -maximumSlope; slope <= maximumSlope; slope += slopeStep) {
      let sum = 0;
      for (let i = 0; i < samples; i++) {
        const along = begin + ((end - begin) * (i + 0.5)) / samples;
        sum += edge(along, middle + slope * (along - half));
      }
      if (sum / samples > best.strength) best = { at: middle - slope * half, slope, strength: sum / samples, middle };
    }
    found.push(best);
  }
  found.sort((a, b) => b.strength - a.strength);
  const chosen: typeof found = [];
  for (const line of found) {
    if (chosen.length === kept) break;
    if (chosen.every((other) => Math.abs(other.middle - line.middle) >= apart)) chosen.push(line);
  }
  return chosen;
}

/** For each pixel how much the picture changes across it in one direction, 0 … 1, in the colour that changes most. */
function differences({ data, width, height }: Raster, dx: number, dy: number): Float32Array {
  const change = new Float32Array(width * height);
  const step = (dy * width + dx) * 3;
  for (let y = 2 * dy; y < height - 2 * dy; y++) {
    for (let x = 2 * dx; x < width - 2 * dx; x++) {
      const o = (y * width + x) * 3;
      let most = 0;
      for (let k = o; k < o + 3; k++) {
        const ahead = (data[k + step] ?? 0) + (data[k + 2 * step] ?? 0);
        const behind = (data[k - step] ?? 0) + (data[k - 2 * step] ?? 0);
        most = Math.max(most, Math.abs(ahead - behind));
      }
      change[y * width + x] = most;
    }
  }
  const full = Math.max(6, quantile(change, fullEdge));
  for (let i = 0; i < change.length; i++) change[i] = Math.min(1, (change[i] ?? 0) / full);
  return change;
}

/** A quantile of the values, from every seventh of them. */
function quantile(values: Float32Array, share: number): number {
  const some = values.filter((_, i) => i % 7 === 0).sort();
  return some[Math.floor(some.length * share)] ?? 0;
}

function sample(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const [column, row] = [Math.round(x), Math.round(y)];
  return column < 0 || row < 0 || column >= width || row >= height ? 0 : (values[row * width + column] ?? 0);
}
