import { CloudError } from '../cloud-error';

/**
 * The library's sentences that hold none of the documents' values: they begin with the operator and have no quotes, and digits only
 * where arguments are counted. What it was given stands in quotes, in braces, or in sentences of other beginnings.
 */
const WITHOUT_VALUES =
  /^\$\w+:? (?:[A-Za-z ,<>().-]|(?<=[a-z(])\d)*$|^Cannot do exclusion and inclusion in projection\.$/;

/** What a caller hears of an aggregation that the library could not carry out. */
export function aggregateRefusal(error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const { message } = error instanceof Error ? error : { message: '' };
  const reason = WITHOUT_VALUES.test(message) ? message : 'an expression was given a value that it does not take';
  return new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation.Aggregate] ${reason}`);
}
