import { Query } from 'mingo';
import { Context, evalExpr } from 'mingo/core';
import { Lazy, type Iterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CloudError } from '../cloud-error';
import type { CompileExpression, Condition, Matches } from './condition';
import { compileCondition } from './condition';
import { compareValues } from './order';
import type { Order } from './order-by';
import { orderingOf } from './order-by';
import type { Fields, Value } from './value';

type Given = Parameters<typeof evalExpr>[0];
type Operator = Parameters<Context['addExpressionOps']>[0][`$${string}`];
type Stage = Parameters<Context['addPipelineOps']>[0][`$${string}`];

/** The most numbers that one expression makes; MongoDB bounds the memory that they take. */
const MAX_RANGE = 1_000_000;

const comparing =
  <T>(give: (order: number) => T) =>
  (document: Given, operands: Given, options: Options): T => {
    const values = Array.isArray(operands) ? operands : [];
    if (values.length !== 2) throw new CloudError('INVALID_PARAM', 'a comparison in an expression takes two values');
    // Documents and literals hold nothing but values.
    const [left, right] = values.map((operand) => evalExpr(document, operand, options) as Value | undefined);
    return give(compareValues(left, right));
  };

// `decodeExpression` lets nothing but an object of parts through, which the library's type of an operator does not say.
const $dateOfParts = ((document: Given, parts: Given, options: Options) =>
  dateOfParts(evalExpr(document, parts, options) as Fields)) as unknown as Operator;

const $boundedRange = (document: Given, operands: Given, options: Options): number[] => {
  const given = Array.isArray(operands) ? operands : [];
  const [start = NaN, end = NaN, step = 1] = given.map((operand) =>
    wholePart(evalExpr(document, operand, options) as Value),
  );
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (given.length > 3 || !Number.isFinite(length))
    throw failed('$range takes a start, an end and a step that is not 0');
  if (length > MAX_RANGE) throw failed(`$range gives at most ${String(MAX_RANGE)} numbers`);
  return Array.from({ length }, (_none, at) => start + at * step);
};

// The library gives the arguments of an own stage no type; `decodeQuery` and `decodeOrder` made what these two are given.
const $matching = ((documents: Iterator, condition: Condition, options: Options) =>
  documents.filter(compileCondition(condition, (expression) => truthOf(expression, options)))) as unknown as Stage;
const $sorting = ((documents: Iterator, order: Order) =>
  documents.transform<Fields>((all: Fields[]) => Lazy(sorted(all, order)))) as unknown as Stage;

function sorted(all: readonly Fields[], order: Order): Fields[] {
  const { placeOf, compare } = orderingOf(order);
  const placed = all.map((document) => ({ document, place: placeOf(document) }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ document }) => document);
}

/** The operators that are ours, for the library underneath. */
export const context = Context.init()
  .addExpressionOps({
    $noBranch: () => {
      throw failed('$switch: no case holds, and there is no default');
    },
    $compared: comparing(Math.sign),
    $isEqual: comparing((order) => order === 0),
    $isUnequal: comparing((order) => order !== 0),
    $isAbove: comparing((order) => order > 0),
    $isNotBelow: comparing((order) => order >= 0),
    $isBelow: comparing((order) => order < 0),
    $isNotAbove: comparing((order) => order <= 0),
    $dateOfParts,
    $boundedRange,
  })
  .addPipelineOps({
    $matching,
    $sorting,
  });

/** What is beyond a part's range is carried over, so that the 31st of February is in March. */
function dateOfParts({
  year,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
}: Fields): Date | null {
  const parts = [year, month, day, hour, minute, second, millisecond];
  if (parts.some((part) => part === undefined || part === null)) return null;
  const [y = 0, m = 0, d = 0, ...time] = parts.map(wholePart);
  if (y < 1 || y > 9999) throw failed('a year is from 1 to 9999');
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  const [hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = time;
  date.setUTCHours(hours, minutes, seconds, milliseconds);
  return date;
}

function wholePart(part: Value | undefined): number {
  if (typeof part === 'number' && Number.isSafeInteger(part)) return part;
  throw failed('a part of a date or a range is a whole number');
}

function failed(reason: string): CloudError {
  return new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation.Aggregate] ${reason}`);
}

/** Compiles an expression that stands in a query by itself. */
export const testExpression: CompileExpression = (expression) => {
  const query = new Query({ $expr: expression }, { context });
  // A query with an expression is never one of an array's elements.
  return (document) => query.test(document as Fields);
};

/** The truth of an expression within a pipeline, where it can name variables. */
function truthOf(expression: unknown, options: Options): Matches {
  return (document) => {
    const value: unknown = evalExpr(document, expression, options);
    return value !== false && value !== 0 && value !== null && value !== undefined;
  };
}
