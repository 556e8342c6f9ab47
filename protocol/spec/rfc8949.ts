/**
 * CBOR, the part used here: the deterministic encoding of integers, strings, arrays, maps and one tag.
 * RFC 8949, December 2020, https://www.rfc-editor.org/rfc/rfc8949 (sections 3.1 and 4.2.1)
 */
export const majorType = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
} as const;

/** Additional information above 23: how many bytes of argument follow. */
export const argumentLength = { one: 24, two: 25, four: 26, eight: 27 } as const;
