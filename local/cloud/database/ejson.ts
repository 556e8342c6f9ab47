import { CloudError, unsupported } from '../cloud-error';
import type { Fields, Value } from './value';
import { isFields } from './value';

/** JSON as `JSON.parse` gives it, before any of it is believed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A parsed JSON object. */
export type JsonObject = Record<string, Json>;

/** Of a stored value. */
const MAX_DEPTH = 100;
/** Of anything that a caller sends: a value of that depth, within operators. */
const MAX_NESTING = 300;

/** Whether `json` is an object and not an array. */
export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Parses the JSON text of a caller; `what` names it in the refusal. */
export function parseJson(text: string, what: string): Json {
  let json: Json;
  try {
    // JSON.parse is typed `any`; its results are exactly `Json`.
    json = JSON.parse(text) as Json;
  } catch {
    throw new CloudError('INVALID_PARAM', `${what} is not valid JSON`);
  }
  refuseNesting(json, 0, what);
  return json;
}

/** @throws CloudError when a document nests deeper than one may that is stored */
export function refuseDepth(value: Value, depth = 0): void {
  if (depth > MAX_DEPTH) throw tooDeep('values nest', MAX_DEPTH);
  if (Array.isArray(value)) for (const item of value) refuseDepth(item, depth + 1);
  else if (isFields(value)) for (const item of Object.values(value)) refuseDepth(item, depth + 1);
}

/** Whatever reads it further calls itself for what is within, and the machine's stack has an end. */
function refuseNesting(json: Json, depth: number, what: string): void {
  if (depth > MAX_NESTING) throw tooDeep(`${what} nests`, MAX_NESTING);
  if (typeof json !== 'object' || json === null) return;
  for (const inner of Array.isArray(json) ? json : Object.values(json)) refuseNesting(inner, depth + 1, what);
}

function tooDeep(what: string, most: number): CloudError {
  return new CloudError('INVALID_PARAM', `${what} at most ${String(most)} deep`);
}

/**
 * Decodes one value of canonical Extended JSON v2, as the SDK writes it, and the SDK's own `$tcb_server_date`.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError for a type outside of `Value`, by its name
 * @see https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md
 */
export function decodeValue(json: Json, now: number, depth = 0): Value {
  if (depth > MAX_DEPTH) throw tooDeep('values nest', MAX_DEPTH);
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') return finite(json);
  if (Array.isArray(json)) return json.map((item) => decodeValue(item, now, depth + 1));
  const typed = typeKey(json);
  return typed === undefined ? decodeFields(json, now, depth) : decodeTyped(typed, json[typed] ?? null, now);
}

/** Decodes an object whose own keys are field names. */
export function decodeFields(json: JsonObject, now: number, depth = 0): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(json)) {
    checkFieldName(name);
    if (name.includes('.')) throw unsupported('a dot inside the name of a stored field');
    fields[name] = decodeValue(value, now, depth + 1);
  }
  return fields;
}

/** Refuses a field name, or a dotted path, that could reach an operator or an object's prototype, or leads deeper than any value. */
export function checkFieldName(name: string): void {
  if (name.startsWith('$')) throw unsupported(`the operator or value type ${name} at this place`);
  if (name.includes('\0')) throw new CloudError('INVALID_PARAM', 'a field name must not contain a null character');
  const names = name.split('.');
  if (names.includes('__proto__')) throw new CloudError('INVALID_PARAM', 'the field name __proto__ is not allowed');
  // No stored value is deeper, and each step of a path is compared with those of the others.
  if (names.length > MAX_DEPTH) throw tooDeep('the fields of a path nest', MAX_DEPTH);
}

/** The `$` key of a typed value such as `{"$numberInt":"1"}`; none when the object is a plain one. */
export function typeKey(json: JsonObject): string | undefined {
  const keys = Object.keys(json);
  return keys.length === 1 && keys[0]?.startsWith('$') === true ? keys[0] : undefined;
}

/** Writes a value as canonical Extended JSON v2 text, numbers in the narrowest type that holds them. */
export function encode(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return encodeNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return `{"$date":{"$numberLong":"${String(value.getTime())}"}}`;
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`;
  let text = '';
  for (const name of Object.keys(value)) {
    const inner = value[name];
    if (inner !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${encode(inner)}`;
  }
  return `{${text}}`;
}

/** Reads back what `encode` wrote, which was checked before it was written. */
export function decodeStored(text: string): Value {
  // JSON.parse is typed `any`; its results are exactly `Json`.
  return revived(JSON.parse(text) as Json);
}

/** A fresh JSON value with the typed ones in it replaced. */
function revived(json: Json): Value {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(revived);
  const fields: Fields = json;
  for (const name in json) {
    const inner = json[name];
    if (typeof inner !== 'object' || inner === null) {
      // Only the one key of a typed value begins so.
      if (name.startsWith('$')) return decodeTyped(name, inner ?? null, 0);
      continue;
    }
    if (name === '$date') return dateOf(inner);
    fields[name] = revived(inner);
  }
  return fields;
}

function decodeTyped(type: string, inner: Json, now: number): Value {
  switch (type) {
    case '$numberInt':
    case '$numberDouble':
      return finite(Number(textOf(inner, type)));
    case '$numberLong':
      return safeInteger(textOf(inner, type));
    case '$date':
      return dateOf(inner);
    case '$tcb_server_date':
      return validDate(now + serverDateOffset(inner), type);
    default:
      throw unsupported(`the value type or operator ${type} at this place`);
  }
}

function textOf(json: Json, type: string): string {
  if (typeof json !== 'string' || json.trim() === '') throw new CloudError('INVALID_PARAM', `malformed ${type}`);
  return json;
}

function finite(number: number): number {
  if (!Number.isFinite(number)) throw unsupported('a number that is not finite');
  return number;
}

function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw unsupported('a 64-bit integer beyond 2^53');
  return number;
}

function dateOf(inner: Json): Date {
  const milliseconds = isJsonObject(inner)
    ? safeInteger(textOf(inner['$numberLong'] ?? null, '$date'))
    : new Date(textOf(inner, '$date')).getTime();
  return validDate(milliseconds, '$date');
}

/** One that is out of range would be written as what cannot be read again. */
function validDate(milliseconds: number, type: string): Date {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) throw new CloudError('INVALID_PARAM', `malformed ${type}`);
  return date;
}

function serverDateOffset(inner: Json): number {
  const offset = isJsonObject(inner) ? decodeValue(inner['offset'] ?? 0, 0) : null;
  if (typeof offset !== 'number') throw new CloudError('INVALID_PARAM', 'malformed $tcb_server_date');
  return offset;
}

function encodeNumber(number: number): string {
  if (Object.is(number, -0)) return '{"$numberDouble":"-0.0"}';
  if (!Number.isSafeInteger(number)) return `{"$numberDouble":"${String(number)}"}`;
  return `{"${Math.abs(number) < 2 ** 31 ? '$numberInt' : '$numberLong'}":"${String(number)}"}`;
}
