import { unsupported } from '../cloud-error';
import type { Json } from './ejson';
import { decodeValue, isJsonObject } from './ejson';
import { compareValues } from './order';
import { failed } from './update-path';
import type { Value } from './value';
import { typeName } from './value';

/** Gives the value of a field as it will be; `undefined` comes in where the field is missing. */
export type FieldChange = (value: Value | undefined) => Value;

type Decode = (json: Json, now: number) => FieldChange;

/** The operators that give a field another value, with how each is checked. */
export const fieldOperators: Readonly<Record<string, Decode>> = {
  $set: (json, now) => {
    const value = decodeValue(json, now);
    return () => value;
  },
  $min: (json, now) => {
    const value = decodeValue(json, now);
    return (present) => (present === undefined || compareValues(value, present) < 0 ? value : present);
  },
  $max: (json, now) => {
    const value = decodeValue(json, now);
    return (present) => (present === undefined || compareValues(value, present) > 0 ? value : present);
  },
  $inc: (json, now) => {
    const by = number(decodeValue(json, now), '$inc');
    return (present = 0) => {
      const value = number(present, '$inc');
      return counted(value + by, [value, by]);
    };
  },
  $mul: (json, now) => {
    const by = number(decodeValue(json, now), '$mul');
    return (present = 0) => {
      const value = number(present, '$mul');
      return counted(value * by, [value, by]);
    };
  },
  $bit: (json, now) => {
    if (!isJsonObject(json) || Object.keys(json).length === 0) throw failed('$bit takes and, or, xor');
    const changes = Object.entries(json).map(([name, inner]) => ({ name, by: whole(decodeValue(inner, now)) }));
    const unknown = changes.find(({ name }) => !['and', 'or', 'xor'].includes(name));
    if (unknown !== undefined) throw failed(`$bit takes and, or, xor, found ${unknown.name.slice(0, 20)}`);
    return (present = 0) => Number(changes.reduce((bits, { name, by }) => combined(name, bits, by), whole(present)));
  },
  $currentDate: (json, now) => {
    const type = isJsonObject(json) ? json['$type'] : 'date';
    if (typeof json !== 'boolean' && !isJsonObject(json)) throw failed('$currentDate takes true or a $type');
    if (type === 'timestamp') throw unsupported('the type timestamp of $currentDate');
    if (type !== 'date') throw failed('$currentDate takes the $type date');
    return () => new Date(now);
  },
};

function combined(name: string, bits: bigint, by: bigint): bigint {
  if (name === 'and') return bits & by;
  return name === 'or' ? bits | by : bits ^ by;
}

function whole(value: Value): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw failed(`$bit takes whole numbers, found ${typeName(value)}`);
}

function number(value: Value, operator: string): number {
  if (typeof value !== 'number') throw failed(`${operator} takes a number, found ${typeName(value)}`);
  return value;
}

/** Whole numbers give a whole number, of which none is stored that cannot be held exactly. */
function counted(result: number, operands: readonly number[]): number {
  if (!Number.isFinite(result)) throw unsupported('a number that is not finite');
  if (operands.every(Number.isSafeInteger) && !Number.isSafeInteger(result)) {
    throw unsupported('a 64-bit integer beyond 2^53');
  }
  return result;
}
