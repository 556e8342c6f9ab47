import { Query } from 'mingo';
import { Context, evalExpr } from 'mingo/core';
import { Lazy, type Iterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CloudError } from '../cloud-error';
import type { CompileExpression, Condition, Matches } from './condition';
import { compileCondition } from './condition';
import type { Order } from './find';
import { compareValues } from './order';
import { compareByOrder } from './order-by';
import type { Fields, Value } from './value';

type Stage = Parameters<Context['addPipelineOps']>[0][`$${string}`];

const comparing =
  <T>(give: (order: number) => T) =>
  (document: unknown, operands: unknown, options: Options): T => {
    const values = Array.isArray(operands) ? operands : [];
    if (values.length !== 2) throw new CloudError('INVALID_PARAM', 'a comparison in an expression takes two values');
    // Documents and literals hold nothing but values.
    const [left, right] = values.map((operand) => evalExpr(document, operand, options) as Value | undefined);
    return give(compareValues(left, right));
  };

// The library gives the arguments of an own stage no type; `decodeQuery` and `decodeOrder` made what these two are given.
const $matching = ((documents: Iterator, condition: Condition, options: Options) =>
  documents.filter(compileCondition(condition, (expression) => truthOf(expression, options)))) as unknown as Stage;
const $sorting = ((documents: Iterator, order: Order) =>
  documents.transform<Fields>((all: Fields[]) => Lazy([...all].sort(compareByOrder(order))))) as unknown as Stage;

/** The operators that are ours, for the library underneath. */
export const context = Context.init()
  .addExpressionOps({
    $noBranch: () => {
      throw new CloudError(
        'DATABASE_REQUEST_FAILED',
        '[FailedOperation.Aggregate] $switch: no case holds, and there is no default',
      );
    },
    $compared: comparing(Math.sign),
    $isEqual: comparing((order) => order === 0),
    $isUnequal: comparing((order) => order !== 0),
    $isAbove: comparing((order) => order > 0),
    $isNotBelow: comparing((order) => order >= 0),
    $isBelow: comparing((order) => order < 0),
    $isNotAbove: comparing((order) => order <= 0),
  })
  .addPipelineOps({
    $matching,
    $sorting,
  });

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
