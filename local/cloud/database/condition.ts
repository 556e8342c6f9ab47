import { compareValues, orderedType, type TypeName } from './order';
import { CompiledPattern } from './pattern/pattern';
import { reach, type Leaf } from './reach';
import type { Fields, Value } from './value';
import { sameValue } from './value';
import { ValueSet } from './value-set';

/** A checked query: paths and logical operators with what they ask; `query.ts` makes it. */
export type Condition = Record<string, unknown>;

/** Whether a document, or an element of an array, is as a query asks. */
export type Matches = (document: Fields | Value[]) => boolean;

/** Gives the test of an expression in a query. */
export type CompileExpression = (expression: unknown) => Matches;

/** What a field's condition says of the values that its path reaches, and of one value alone. */
interface Asked {
  readonly at: (document: Fields | Value[], path: readonly string[]) => boolean;
  readonly of: (value: Value | undefined) => boolean;
}

/** Operators that stand before a field's name and not behind it. */
export const LOGICAL: ReadonlySet<string> = new Set(['$and', '$or', '$nor']);

type Holds = (value: Value | undefined) => boolean;

/**
 * Compiles a checked query to a test with the meaning that MongoDB's manual gives its operators.
 *
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/
 */
export function compileCondition(condition: Condition, compileExpression: CompileExpression): Matches {
  const tests = Object.entries(condition).map(([key, inner]): Matches => {
    switch (key) {
      case '$and':
        return every(queriesOf(inner, compileExpression));
      case '$or':
        return some(queriesOf(inner, compileExpression));
      case '$nor':
        return not(some(queriesOf(inner, compileExpression)));
      case '$expr':
        return compileExpression(inner);
      default: {
        const path = key.split('.');
        const asked = fieldCondition(inner, compileExpression);
        return (document) => asked.at(document, path);
      }
    }
  });
  return every(tests);
}

function queriesOf(inner: unknown, compileExpression: CompileExpression): Matches[] {
  // `decodeQuery` lets nothing but arrays of queries through.
  return (inner as Condition[]).map((query) => compileCondition(query, compileExpression));
}

function fieldCondition(inner: unknown, compileExpression: CompileExpression): Asked {
  if (!isOperators(inner)) return leaf(equalTo(inner));
  return allOf(
    Object.entries(inner).map(([operator, operand]) => operatorCondition(operator, operand, compileExpression)),
  );
}

function operatorCondition(operator: string, operand: unknown, compileExpression: CompileExpression): Asked {
  // The operands are as `decodeOperators` made them.
  switch (operator) {
    case '$eq':
      return leaf(equalTo(operand));
    case '$ne':
      return noneOf(leaf(equalTo(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return leaf(ordered(operator, operand as Value));
    case '$in':
      return leaf(inList(operand as unknown[]));
    case '$nin':
      return noneOf(leaf(inList(operand as unknown[])));
    case '$all':
      return allItems(operand as unknown[], compileExpression);
    case '$exists':
      return operand === true ? leaf(isThere) : noneOf(leaf(isThere));
    case '$size':
      return leaf((value) => Array.isArray(value) && value.length === operand, 'whole');
    case '$mod': {
      const [divisor = 1, remainder = 0] = operand as number[];
      return leaf((value) => typeof value === 'number' && Math.trunc(value) % divisor === remainder);
    }
    case '$type': {
      const types = operand as readonly TypeName[];
      return leaf((value) => types.includes(orderedType(value)));
    }
    case '$regex':
      return leaf(equalTo(operand));
    case '$not':
      return noneOf(fieldCondition(operand, compileExpression));
    default:
      return leaf(anyElement(operand, compileExpression), 'whole');
  }
}

/** Values are looked for in a set of all that there is where they are many; one by one, long lists would take for ever. */
function allItems(items: readonly unknown[], compileExpression: CompileExpression): Asked {
  if (items.length === 0) return leaf(() => false);
  const isLong = items.length > 10 && !items.some((item) => item instanceof CompiledPattern || isOperators(item));
  if (!isLong) return allOf(items.map((item) => fieldCondition(item, compileExpression)));
  // What is neither an expression nor operators was decoded as a value.
  const wanted = items as Value[];
  const areIn = (there: Iterable<Value | undefined>): boolean => {
    const set = new ValueSet(there);
    return wanted.every((item) => set.has(item));
  };
  return { at: (document, path) => areIn(reach(document, path, 'elements')), of: (value) => areIn([value]) };
}

function leaf(holds: Holds, where: Leaf = 'elements'): Asked {
  const at: Asked['at'] = (document, path) => {
    const [name = '', ...rest] = path;
    if (rest.length === 0 && !Array.isArray(document)) {
      const value = Object.hasOwn(document, name) ? document[name] : undefined;
      // Most paths are of one name and come to one value.
      if (!Array.isArray(value)) return holds(value);
    }
    return reach(document, path, where).some(holds);
  };
  return { at, of: holds };
}

function noneOf(asked: Asked): Asked {
  return { at: (document, path) => !asked.at(document, path), of: (value) => !asked.of(value) };
}

function allOf(all: readonly Asked[]): Asked {
  return {
    at: (document, path) => all.every((asked) => asked.at(document, path)),
    of: (value) => all.every((asked) => asked.of(value)),
  };
}

/** Null is equal to what is missing, and an expression to a text in which it is found. */
function equalTo(wanted: unknown): Holds {
  if (wanted instanceof CompiledPattern) return (value) => typeof value === 'string' && wanted.test(value);
  if (wanted === null) return (value) => value === undefined || value === null;
  return (value) => value !== undefined && sameValue(value, wanted as Value);
}

function inList(list: readonly unknown[]): Holds {
  const patterns = list.filter((item) => item instanceof CompiledPattern);
  // What is no expression was decoded as a value.
  const values = new ValueSet(list.filter((item) => !(item instanceof CompiledPattern)) as Value[]);
  return (value) => values.has(value) || (typeof value === 'string' && patterns.some((pattern) => pattern.test(value)));
}

/** Values of another type are neither above nor below; null and what is missing stand beside each other. */
function ordered(operator: '$gt' | '$gte' | '$lt' | '$lte', bound: Value): Holds {
  const [sign, orEqual] = [operator.startsWith('$gt') ? 1 : -1, operator.endsWith('e')];
  if (bound === null) return (value) => orEqual && (value === undefined || value === null);
  const type = orderedType(bound);
  return (value) => {
    if (orderedType(value) !== type) return false;
    const order = compareValues(value, bound);
    return order === 0 ? orEqual : Math.sign(order) === sign;
  };
}

function anyElement(operand: unknown, compileExpression: CompileExpression): Holds {
  if (!isOperators(operand) || Object.keys(operand).some((key) => LOGICAL.has(key))) {
    const matches = compileCondition(operand as Condition, compileExpression);
    return (value) =>
      Array.isArray(value) &&
      value.some((item) => typeof item === 'object' && item !== null && !(item instanceof Date) && matches(item));
  }
  const { of } = fieldCondition(operand, compileExpression);
  return (value) => Array.isArray(value) && value.some(of);
}

/** No stored object has a name that begins with a $, so what has one is operators. */
export function isOperators(inner: unknown): inner is Condition {
  return typeof inner === 'object' && inner !== null && Object.keys(inner)[0]?.startsWith('$') === true;
}

function isThere(value: Value | undefined): boolean {
  return value !== undefined;
}

function every(tests: readonly Matches[]): Matches {
  return (document) => tests.every((test) => test(document));
}

function some(tests: readonly Matches[]): Matches {
  return (document) => tests.some((test) => test(document));
}

function not(test: Matches): Matches {
  return (document) => !test(document);
}
