import { compileCondition } from './condition';
import type { Json } from './ejson';
import { decodeValue, isJsonObject, typeKey } from './ejson';
import { testExpression } from './expression-context';
import { decodeFieldCondition, decodeQuery, isElementOperators, isOperatorObject, isPattern } from './query-decode';
import type { Value } from './value';
import { isFields, sameValue } from './value';

/**
 * Checks what `$pull` takes out of an array: what is equal to a value, what operators hold for, or the objects that a query matches.
 *
 * @param now what a server date stands for, in milliseconds since 1970
 */
export function compilePull(json: Json, now: number): (element: Value) => boolean {
  if (isElementOperators(json) || isPattern(json)) {
    const matches = compileCondition({ element: decodeFieldCondition(json, now) }, testExpression);
    return (element) => matches({ element });
  }
  if (isJsonObject(json) && (typeKey(json) === undefined || isOperatorObject(json))) {
    const matches = compileCondition(decodeQuery(json, now), testExpression);
    return (element) => isFields(element) && matches(element);
  }
  const value = decodeValue(json, now);
  return (element) => sameValue(element, value);
}
