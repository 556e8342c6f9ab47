const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^https?:\/\//, '<url>'],
  [/^cloud:\/\//, '<file id>'],
  [/^[0-9a-f]{24}$|^[0-9a-f]{32}$/, '<id>'],
];
/** Present in every answer and told apart nowhere. */
const LEFT_OUT = new Set(['requestId', 'request_id', 'header', 'total_time']);

/**
 * What of an answer two servers must share: names, types, counts and texts; not ids, times and addresses that each makes by itself.
 *
 * @param mark what the run's own ids begin with
 */
export const shapeOf = (value: unknown, mark: string): unknown => {
  if (value === undefined) return '<undefined>';
  if (value instanceof Date) return '<date>';
  if (value instanceof Uint8Array) return `<${String(value.length)} bytes>`;
  if (typeof value === 'string') {
    const shape = SHAPES.find(([pattern]) => pattern.test(value))?.[1];
    return shape ?? value.replaceAll(mark, '<mark>');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shapeOf(item, mark));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !LEFT_OUT.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, shapeOf(inner, mark)]),
  );
};
