import { utf8Decode, utf8Encode } from '../bytes/utf8';
import { base64urlDecode, base64urlEncode } from '../bytes/base64';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

const MAX_DEPTH = 16;

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** The position after the string that opens at `start`, in JSON that is known to be well-formed. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
};

const afterBlanks = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
};

/**
 * Whether well-formed JSON names each member of an object once, names none `__proto__`, and is not nested too deeply. `JSON.parse`
 * itself keeps the last of two members in silence, where another reader may keep the first.
 */
const isUnambiguous = (text: string): boolean => {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : null);
    else if (character === '}' || character === ']') open.pop();
    if (open.length > MAX_DEPTH) return false;
    if (character !== '"') continue;

    const end = endOfString(text, at);
    if (text.charAt(afterBlanks(text, end)) === ':') {
      const name: unknown = JSON.parse(text.slice(at, end));
      const names = open[open.length - 1];
      if (typeof name !== 'string' || name === '__proto__' || names?.has(name) !== false) return false;
      names.add(name);
    }
    at = end - 1;
  }
  return true;
};

/** Reads JSON of anybody's making. @returns null where it is not JSON, ambiguous, or too deeply nested */
export const parseJson = (text: string): JsonValue | null => {
  try {
    const value = JSON.parse(text) as JsonValue; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- JSON.parse promises no type, and returns JSON values alone
    return isUnambiguous(text) ? value : null;
  } catch {
    return null;
  }
};

/** JSON as base64url of its UTF-8, the form of each part of a JWT and of a disclosure. */
export const encodeJson = (value: JsonValue): string => base64urlEncode(utf8Encode(JSON.stringify(value)));

/** Reads what `encodeJson` writes, in any spelling of the JSON. @returns null where it is none */
export const decodeJson = (text: string): JsonValue | null => {
  const bytes = base64urlDecode(text);
  const json = bytes && utf8Decode(bytes);
  return json === null ? null : parseJson(json);
};
