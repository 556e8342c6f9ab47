import { CloudError, unsupported } from '../cloud-error';
import { checkFieldName, decodeValue, isJsonObject, typeKey, type Json, type JsonObject } from './ejson';

/** Operators that an expression of an aggregation may use; each is tested against what MongoDB's manual says it gives. */
const OPERATORS: ReadonlySet<string> = new Set(
  [
    'abs add ceil divide exp floor ln log log10 mod multiply pow round sqrt subtract trunc',
    'arrayElemAt arrayToObject concatArrays filter in indexOfArray isArray map range reduce reverseArray size slice zip',
    'and not or cmp eq gt gte lt lte ne cond ifNull switch',
    'dateFromParts dateToString dayOfMonth dayOfWeek dayOfYear hour isoDayOfWeek isoWeek isoWeekYear millisecond minute month second year',
    'mergeObjects objectToArray',
    'allElementsTrue anyElementTrue setDifference setEquals setIntersection setIsSubset setUnion',
    'concat split strLenBytes strLenCP strcasecmp substrCP toLower toUpper trim ltrim rtrim',
    'let toString toInt toDouble toBool toDate type isNumber',
    'addToSet avg first last max min push stdDevPop stdDevSamp sum',
  ].flatMap((line) => line.split(' ').map((name) => `$${name}`)),
);

/**
 * Operators that the library underneath has with another meaning, and ours for them: it compares within one type only and looks into
 * arrays, where MongoDB's expressions compare all types in one order, and an array as a whole. No request can name ours.
 */
const OWN: Readonly<Record<string, string>> = {
  $cmp: '$compared',
  $eq: '$isEqual',
  $ne: '$isUnequal',
  $gt: '$isAbove',
  $gte: '$isNotBelow',
  $lt: '$isBelow',
  $lte: '$isNotAbove',
  // The library has a missing month and day for 0, and cuts a day off that MongoDB carries over.
  $dateFromParts: '$dateOfParts',
  // The library makes a list of any length, until the process has no memory left.
  $range: '$boundedRange',
};

const DATE_PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'];

/** What stands for a part of a date in a format of `$dateToString`. */
const DATE_FORMAT = /^(?:[^%]|%[YmdHMSLju])*$/;

/** Arguments that are names and not expressions. */
const NAMED: Readonly<Record<string, readonly string[]>> = { $filter: ['as'], $map: ['as'], $dateToString: ['format'] };

/**
 * Checks an expression operator by operator and decodes its values. Nothing that is not on the list of this file reaches the evaluator.
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError that names the operator which is not supported
 */
export function decodeExpression(json: Json, now: number): unknown {
  if (typeof json === 'string') return checkedPath(json);
  if (Array.isArray(json)) return json.map((item) => decodeExpression(item, now));
  if (!isJsonObject(json)) return json;
  const operator = typeKey(json);
  if (operator === undefined) return decodeFieldsOf(json, now);
  const operand = json[operator] ?? null;
  if (operator === '$literal') return { $literal: decodeValue(operand, now) };
  if (!OPERATORS.has(operator)) return decodeTypedValue(operator, json, now);
  return { [OWN[operator] ?? operator]: decodeOperand(operator, operand, now) };
}

/** Fields of a new document, each by its own expression. */
export function decodeFieldsOf(json: JsonObject, now: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json).map(([name, inner]) => {
      checkFieldName(name);
      return [name, decodeExpression(inner, now)];
    }),
  );
}

/** `$path` of the document, `$$name` of a variable, or a plain text. */
function checkedPath(text: string): string {
  if (text.startsWith('$')) checkFieldName(text.replace(/^\$+/, ''));
  return text;
}

/** A value such as `{"$numberInt":"1"}`; anything else of this look is an operator that is not on the list. */
function decodeTypedValue(operator: string, json: JsonObject, now: number): unknown {
  try {
    return decodeValue(json, now);
  } catch (error) {
    if (error instanceof CloudError && operator.startsWith('$number')) throw error;
    throw unsupported(`the expression operator ${operator}`);
  }
}

/** What a `$switch` gives where no case holds: the evaluation ends, as MongoDB's does. No request can name it. */
export const NO_BRANCH = { $noBranch: null };

function decodeOperand(operator: string, json: Json, now: number): unknown {
  // The library wants the number of places, which MongoDB does not.
  if (operator === '$trunc' && !Array.isArray(json)) return [decodeExpression(json, now), 0];
  if (operator === '$switch' && isJsonObject(json)) return { default: NO_BRANCH, ...decodeFieldsOf(json, now) };
  if (operator === '$dateToString') checkDateFormat(json);
  if (operator === '$dateFromParts') checkDateParts(json);
  const named = NAMED[operator] ?? [];
  if (!isJsonObject(json) || named.length === 0) return decodeExpression(json, now);
  return Object.fromEntries(
    Object.entries(json).map(([name, inner]) => {
      checkFieldName(name);
      return [name, named.includes(name) ? inner : decodeExpression(inner, now)];
    }),
  );
}

function checkDateParts(json: Json): void {
  if (!isJsonObject(json) || json['year'] === undefined) {
    throw new CloudError('INVALID_PARAM', '$dateFromParts takes an object with a year');
  }
  const other = Object.keys(json).find((name) => !DATE_PARTS.includes(name));
  if (other !== undefined) throw unsupported(`${other.slice(0, 40)} of $dateFromParts`);
}

function checkDateFormat(json: Json): void {
  const format = isJsonObject(json) ? json['format'] : undefined;
  if (format === undefined) return;
  if (typeof format !== 'string') throw new CloudError('INVALID_PARAM', 'the format of $dateToString must be a text');
  if (!DATE_FORMAT.test(format)) throw unsupported(`the date format "${format.slice(0, 40)}"`);
}
