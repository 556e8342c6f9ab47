import { Aggregator } from 'mingo';
import { Context } from 'mingo/core';
import { text } from '../admin/parameters';
import { CloudError, unsupported } from '../cloud-error';
import { bucketStages } from './bucket';
import { checkFieldName, decodeValue, isJsonObject, parseJson, type Json, type JsonObject } from './ejson';
import { decodeExpression, decodeFieldsOf } from './expression';
import { decodeOrder } from './find';
import { compileFilter, decodeQuery, type Filter } from './query';
import type { Document, Fields } from './value';

/** A checked aggregation. */
export interface Aggregation {
  /** What its first stage lets through, so that an index may find it; everything where it begins otherwise. */
  readonly first: Filter;
  /** The other collections that it reads. */
  readonly joined: readonly string[];
  /** @throws CloudError where a value is none that an operator takes */
  readonly run: (documents: readonly Document[], resolve: (collection: string) => readonly Document[]) => Fields[];
}

type Stage = Readonly<Record<string, unknown>>;
type Decode = (json: Json, now: number) => unknown;

/** Every stage that is supported, with how its argument is checked. */
const stages: Readonly<Record<string, Decode>> = {
  $match: (json, now) => decodeQuery(fieldsOf(json, '$match'), now),
  $project: (json, now) => decodeFieldsOf(fieldsOf(json, '$project'), now),
  $addFields: (json, now) => decodeFieldsOf(fieldsOf(json, '$addFields'), now),
  $group: (json, now) => {
    const fields = fieldsOf(json, '$group');
    if (!Object.hasOwn(fields, '_id')) throw malformed('$group', 'an _id');
    return decodeFieldsOf(fields, now);
  },
  $bucketAuto: (json, now) => decodeFieldsOf(namedOf(json, '$bucketAuto', ['groupBy', 'buckets', 'output']), now),
  $replaceRoot: (json, now) => decodeFieldsOf(namedOf(json, '$replaceRoot', ['newRoot']), now),
  $sortByCount: decodeExpression,
  $sort: (json) => decodeOrder(json),
  $skip: (json, now) => countOf(json, now, '$skip', 0),
  $limit: (json, now) => countOf(json, now, '$limit', 1),
  $sample: (json, now) => ({ size: countOf(namedOf(json, '$sample', ['size'])['size'] ?? null, now, '$sample', 1) }),
  $count: (json) => nameOf(json, '$count'),
  $unwind: (json, now) => unwindOf(json, now),
  $lookup: (json, now) => lookupOf(json, now),
};

/**
 * Checks an aggregation stage by stage.
 * @param given `{ stageKey, stageValue }` in order, the values as texts of Extended JSON, as the SDK sends them
 * @param now what a server date stands for, in milliseconds since 1970
 * @throws CloudError that names the stage or operator which is not supported
 */
export function compileAggregation(given: readonly JsonObject[], now: number): Aggregation {
  const decoded = given.map((stage) => {
    const [key, json] = [text(stage, 'stageKey'), parseJson(text(stage, 'stageValue'), 'stageValue')];
    return { key, json };
  });
  const [head] = decoded;
  const first = compileFilter(head?.key === '$match' ? head.json : {}, now);
  const pipeline = stagesOf(decoded, now);
  return { first, joined: joinedOf(pipeline), run: (documents, resolve) => run(pipeline, documents, resolve) };
}

const context = Context.init().addExpressionOps({
  $noBranch: () => {
    throw new CloudError(
      'DATABASE_REQUEST_FAILED',
      '[FailedOperation.Aggregate] $switch: no case holds, and there is no default',
    );
  },
});

function stagesOf(given: readonly { readonly key: string; readonly json: Json }[], now: number): Stage[] {
  return given.flatMap(({ key, json }): Stage[] => {
    if (key === '$bucket') return bucketStages(json, now);
    const decode = Object.hasOwn(stages, key) ? stages[key] : undefined;
    if (!decode) throw unsupported(`the aggregation stage ${key.slice(0, 40)}`);
    return [{ [key]: decode(json, now) }];
  });
}

function run(
  pipeline: Stage[],
  documents: readonly Document[],
  resolve: (collection: string) => readonly Document[],
): Fields[] {
  try {
    const aggregator = new Aggregator(pipeline, { context, collectionResolver: (name) => [...resolve(name)] });
    return aggregator.run<Fields>([...documents]);
  } catch (error) {
    if (error instanceof CloudError) throw error;
    // The library's own refusals name the operator, never a value.
    const reason = error instanceof Error ? error.message : 'it failed';
    throw new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation.Aggregate] ${reason}`);
  }
}

function joinedOf(pipeline: readonly Stage[]): string[] {
  return pipeline.flatMap(({ $lookup: lookup }) => {
    if (typeof lookup !== 'object' || lookup === null) return [];
    // `lookupOf` made it just above.
    const { from, pipeline: inner = [] } = lookup as { from: string; pipeline?: Stage[] };
    return [from, ...joinedOf(inner)];
  });
}

/** By equal fields, or by a pipeline of its own. */
function lookupOf(json: Json, now: number): Stage {
  const lookup = namedOf(json, '$lookup', ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline']);
  const names = { from: nameOf(lookup['from'], '$lookup'), as: nameOf(lookup['as'], '$lookup') };
  const { localField, foreignField, pipeline, let: variables } = lookup;
  if (pipeline === undefined) {
    if (variables !== undefined) throw malformed('$lookup', 'let only beside a pipeline');
    return { ...names, localField: nameOf(localField, '$lookup'), foreignField: nameOf(foreignField, '$lookup') };
  }
  if (localField !== undefined || foreignField !== undefined) {
    throw unsupported('$lookup by fields and by a pipeline at once');
  }
  if (!Array.isArray(pipeline)) throw malformed('$lookup', 'a pipeline that is a list');
  const inner = pipeline.map((stage) => {
    const [key, ...more] = isJsonObject(stage) ? Object.keys(stage) : [];
    if (!isJsonObject(stage) || key === undefined || more.length > 0) throw malformed('$lookup', 'stages of one key');
    return { key, json: stage[key] ?? null };
  });
  return {
    ...names,
    pipeline: stagesOf(inner, now),
    ...(variables !== undefined && { let: decodeFieldsOf(fieldsOf(variables, '$lookup'), now) }),
  };
}

function unwindOf(json: Json, now: number): unknown {
  if (typeof json === 'string') return pathOf(json);
  const { path = null, ...more } = namedOf(json, '$unwind', [
    'path',
    'includeArrayIndex',
    'preserveNullAndEmptyArrays',
  ]);
  return { path: pathOf(path), ...decodeFieldsOf(more, now) };
}

function pathOf(json: Json): string {
  if (typeof json !== 'string' || !/^\$[^$]/.test(json)) throw malformed('$unwind', 'a path that begins with $');
  checkFieldName(json.slice(1));
  return json;
}

function nameOf(json: Json | undefined, stage: string): string {
  if (typeof json !== 'string' || json === '') throw malformed(stage, 'a name');
  checkFieldName(json);
  return json;
}

function countOf(json: Json, now: number, stage: string, least: number): number {
  const count = decodeValue(json, now);
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < least) {
    throw malformed(stage, `a whole number of ${String(least)} or more`);
  }
  return count;
}

function fieldsOf(json: Json, stage: string): JsonObject {
  if (!isJsonObject(json)) throw malformed(stage, 'an object');
  return json;
}

function namedOf(json: Json, stage: string, names: readonly string[]): JsonObject {
  const fields = fieldsOf(json, stage);
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unsupported(`${unknown.slice(0, 40)} of ${stage}`);
  return fields;
}

function malformed(stage: string, expected: string): CloudError {
  return new CloudError('INVALID_PARAM', `${stage} takes ${expected}`);
}
