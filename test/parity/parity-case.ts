import type { CloudBase } from '@cloudbase/node-sdk';

/** Where the expectation of a case comes from, until a run against the cloud has recorded what is. */
export type Evidence = 'vendor’s tests' | 'vendor’s manual' | 'SDK source' | 'public reports' | 'MongoDB’s manual';

/** What a case works on. */
export interface ParityWorld {
  readonly app: CloudBase;
  /** The database as loosely typed as the SDK answers. */
  readonly db: ParityDatabase;
  /** Begins the ids and stands in the field `mark` of all documents of this run, so that a run meets nothing of another one. */
  readonly mark: string;
}

/** One behaviour that the local CloudBase and the cloud are to share. */
export interface ParityCase {
  readonly area: 'documents' | 'aggregation' | 'transactions' | 'storage' | 'functions';
  /** Ends the sentence "the server …". */
  readonly name: string;
  readonly evidence: Evidence;
  /** What is compared: an answer, or several. */
  readonly run: (world: ParityWorld) => Promise<unknown>;
}

/** A query as the SDK has it; what it answers is what a case looks at. */
export interface ParityQuery {
  where(query: object): ParityQuery;
  orderBy(path: string, direction: 'asc' | 'desc'): ParityQuery;
  skip(n: number): ParityQuery;
  limit(n: number): ParityQuery;
  field(projection: object): ParityQuery;
  get(): Promise<{ data: Record<string, unknown>[] }>;
  count(): Promise<unknown>;
  update(change: object): Promise<unknown>;
  updateAndReturn(change: object): Promise<unknown>;
  remove(): Promise<unknown>;
}

/** A collection, of a transaction or beside them. */
export interface ParityCollection extends ParityQuery {
  add(document: object | object[]): Promise<unknown>;
  doc(id: string): {
    get(): Promise<{ data: unknown }>;
    set(document: object): Promise<unknown>;
    update(change: object): Promise<unknown>;
    remove(): Promise<unknown>;
  };
  aggregate(): ParityAggregation;
}

type ParityStages = Record<
  'match' | 'group' | 'sort' | 'limit' | 'skip' | 'project' | 'addFields' | 'unwind' | 'lookup' | 'count',
  (stage: unknown) => ParityAggregation
>;

/** An aggregation as the SDK builds it. */
export interface ParityAggregation extends ParityStages {
  end(): Promise<unknown>;
}

/** An open transaction. */
export interface ParityTransaction {
  collection(name: string): ParityCollection;
  commit(): Promise<unknown>;
  rollback(reason?: unknown): Promise<unknown>;
}

/** The SDK's database. */
export interface ParityDatabase {
  readonly command: Readonly<Record<string, (...operands: unknown[]) => object>> & {
    readonly aggregate: Readonly<Record<string, (operand: unknown) => object>>;
  };
  collection(name: string): ParityCollection;
  serverDate(options?: object): object;
  RegExp(options: { regexp: string; options?: string }): object;
  startTransaction(): Promise<ParityTransaction>;
  runTransaction(work: (transaction: ParityTransaction) => Promise<unknown>, times?: number): Promise<unknown>;
}

/** What a refused call is refused with; an answer where it was not refused. */
export const outcome = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // An error of the SDK's storage may have no message at all.
    const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
    // The rest of a message is for people and differs by where it was made.
    const cause = /\[[A-Za-z]+\.[A-Za-z]+\]/.exec(message)?.[0];
    const isClash = message.includes('E11000 duplicate key');
    return {
      refused: { code, ...(cause !== undefined && !isClash && { cause }), ...(isClash && { clash: 'E11000' }) },
    };
  }
};
