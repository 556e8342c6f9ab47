import tcb from '@cloudbase/node-sdk';

/** The application of the environment that this function runs in; made once per instance. */
export const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });

export const database = app.database();

/** Whether the database refused a write because of a unique index or an id that exists. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'DATABASE_DUPLICATE_WRITE') || error.message.includes('E11000 duplicate key'));

/** The only document of a query's answer, or null. The SDK types its answers as `any[]`. */
export const only = (answer: { data: unknown }): unknown =>
  Array.isArray(answer.data) && answer.data.length > 0 ? answer.data[0] : null;

/** A count of a write's or a query's answer; the SDK types its answers as `any`. */
export const countOf = (count: unknown): number => (typeof count === 'number' ? count : 0);
