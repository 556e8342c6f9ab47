/** A point in pixels. */
export type Point = readonly [x: number, y: number];
export type Quad = readonly [Point, Point, Point, Point];

/** Solves a system of linear equations, given as rows with the right side last, by Gauss-Jordan elimination. */
const solve = (rows: number[][]): number[] => {
  rows.forEach((_, column) => {
    const pivotAt = rows.reduce(
      (best, row, at) => (at >= column && Math.abs(row[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? at : best),
      column,
    );
    const [pivot] = rows.splice(pivotAt, 1);
    const scale = pivot?.[column] ?? 0;
    if (!pivot || Math.abs(scale) < 1e-12) throw new RangeError('the four points do not span a plane');
    rows.splice(column, 0, pivot);
    const unit = pivot.map((value) => value / scale);
    rows.forEach((row, at) => {
      const factor = row[column] ?? 0;
      rows[at] = at === column ? unit : row.map((value, index) => value - factor * (unit[index] ?? 0));
    });
  });
  return rows.map((row) => row.at(-1) ?? 0);
};

/** The projective map that takes the four points of `from` to those of `to`. @throws RangeError where three lie on a line */
export const homography = (from: Quad, to: Quad): ((point: Point) => Point) => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solve(
    from.flatMap(([x, y], corner) => {
      const [u, v] = to[corner] ?? [0, 0];
      return [
        [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
        [0, 0, 0, x, y, 1, -v * x, -v * y, v],
      ];
    }),
  );
  return ([x, y]) => {
    const depth = g * x + h * y + 1;
    return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
  };
};
