/** Tag 18, the only one of this subset: its content is a COSE_Sign1. */
export interface CborTagged {
  readonly tag: 18;
  readonly content: CborValue;
}

/** Keys are whole numbers or texts; their order does not matter here and is fixed in the encoding. */
export type CborMap = ReadonlyMap<number | string, CborValue>;

/** What the subset can say: whole numbers within ±(2⁵³ − 1), byte strings, texts, arrays, maps and tag 18. */
export type CborValue = number | Uint8Array | string | readonly CborValue[] | CborMap | CborTagged;

/** How many arrays, maps and tags may lie in one another. */
export const MAX_DEPTH = 8;

/** Whether a value is a byte string; true for byte arrays of another realm too. */
export const isBytes = (value: CborValue | undefined): value is Uint8Array =>
  value !== undefined && ArrayBuffer.isView(value);

export const isMap = (value: CborValue | undefined): value is CborMap => value instanceof Map;

export const isArray = (value: CborValue | undefined): value is readonly CborValue[] => Array.isArray(value);
