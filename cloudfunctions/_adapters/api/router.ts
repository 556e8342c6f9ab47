import type { ErrorCode } from '../../../protocol';
import { validators } from '../../../protocol/wire/validators';
import type { Log, Now } from '../../_core/ambient-ports';
import { startOfDay } from '../../_core/partners/quota';
import { refuse, type Result } from '../../_core/result';
import type { Scope } from '../oauth/provider';
import { faultOf } from '../runtime/fault';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { privateHeaders, problemReply } from '../runtime/problem';
import type { Validator } from '../runtime/serve';
import type { Said } from './api-schemas';
import { operationRows, type NamesOf, type OperationId, type OperationRow, type operations } from './operations';
import { readIdempotencyKey, readOrder } from './read-order';

type RequestOf<Id extends OperationId> = (typeof operations)[Id]['request'];

/** A call of an operation by who may make it, as its row has it. */
export interface Called<Id extends OperationId, Caller> {
  readonly caller: Caller;
  /** What stands in the path, by the names of the template. */
  readonly named: Readonly<Record<NamesOf<Id>, string>>;
  readonly order: RequestOf<Id> extends keyof Said ? Said[RequestOf<Id>] : null;
  readonly idempotencyKey: (typeof operations)[Id]['isKeyed'] extends true ? string : null;
}

/** What carries operations out, each of them. */
export type Handlers<Caller> = {
  readonly [Id in OperationId]: (called: Called<Id, Caller>) => Promise<Result<Said[(typeof operations)[Id]['reply']]>>;
};

/** Finds who asks; or gives what to answer to a request that is nobody's. @param scope what the token must be for */
export type Authenticate<Caller> = (
  scope: Scope,
) => Promise<{ readonly ok: true; readonly value: Caller } | { readonly ok: false; readonly reply: HttpReply }>;

interface RouterPorts {
  readonly now: Now;
  readonly log: Log;
}

interface Options {
  /** By which name the log speaks of the function. */
  readonly name: string;
  /** Below whose address problems are described. */
  readonly issuer: string;
  /** Below which path the operations lie. */
  readonly path: string;
}

/** What of a call is checked before its handler has it. */
interface Read {
  readonly named: Readonly<Record<string, string>>;
  readonly order: unknown;
  readonly idempotencyKey: string | null;
}

interface Endpoint<Caller> {
  readonly id: OperationId;
  readonly row: OperationRow;
  readonly path: RegExp;
  readonly run: (called: Read & { readonly caller: Caller }) => Promise<Result<object>>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands for a name of a path template, for it to be compared with the name's own form later. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]{1,200})')}$`);

const endpointsOf = <Caller>(handlers: Handlers<Caller>): readonly Endpoint<Caller>[] =>
  operationRows.map(([id, row]) => {
    // What the handler takes is said by its row, and read by its row.
    const run: unknown = handlers[id];
    return { id, row, path: patternOf(row.path), run: run as Endpoint<Caller>['run'] };
  });

const hasForm = ({ pattern, maxLength }: { readonly pattern: string; readonly maxLength: number }, text: string) =>
  text.length <= maxLength && new RegExp(pattern, 'u').test(text);

/** Reads what the row has of a request. An id that cannot be one is answered as one that nobody has. */
const read = (row: OperationRow, request: HttpRequest, named: Readonly<Record<string, string>>): Result<Read> => {
  const key = row.isKeyed ? readIdempotencyKey(request) : null;
  if (key?.ok === false) return key;
  const order = row.request === null ? null : readOrder(validators[row.request] as Validator<unknown>, request);
  if (order?.ok === false) return order;
  if (!Object.entries(row.named).every(([name, { schema }]) => hasForm(schema, named[name] ?? '')))
    return refuse('not_found');
  return { ok: true, value: { named, order: order?.value ?? null, idempotencyKey: key?.value ?? null } };
};

const replied = (value: object): HttpReply => ({
  statusCode: 200,
  headers: { ...privateHeaders, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/**
 * What answers everything that partners' servers ask with a token, row by row.
 * @returns what answers a request; null for a path that is of no row
 */
export const createRouter = <Caller>(
  { now, log }: RouterPorts,
  handlers: Handlers<Caller>,
  { name, issuer, path }: Options,
): ((request: HttpRequest, authenticate: Authenticate<Caller>) => Promise<HttpReply> | null) => {
  const endpoints = endpointsOf(handlers);

  /** The day's checks come back at midnight in China. */
  const waitFor = (code: ErrorCode): Readonly<Record<string, string>> =>
    code === 'quota_used' ? { 'retry-after': String(Math.ceil((startOfDay(now()) + DAY_MS - now()) / 1000)) } : {};

  const answer = async (
    { id, row, run }: Endpoint<Caller>,
    request: HttpRequest,
    named: Readonly<Record<string, string>>,
    authenticate: Authenticate<Caller>,
  ): Promise<HttpReply> => {
    const startedAt = now();
    const spoken = { function: name, action: id };
    try {
      const authenticated = await authenticate(row.scope);
      if (!authenticated.ok) return authenticated.reply;
      const called = read(row, request, named);
      const result = called.ok ? await run({ ...called.value, caller: authenticated.value }) : called;
      if (result.ok) return replied(result.value);
      const { code } = result.error;
      log({ event: 'CALL_REFUSED', ...spoken, code, ms: now() - startedAt });
      return problemReply(issuer, result.error, waitFor(code));
    } catch (error) {
      log({ event: 'CALL_FAILED', ...spoken, fault: faultOf(error) });
      return problemReply(issuer, { code: 'internal' });
    }
  };

  return (request, authenticate) => {
    if (!request.path.startsWith(path)) return null;
    const below = request.path.slice(path.length);
    const there = endpoints.filter((endpoint) => endpoint.path.test(below));
    if (there.length === 0) return null;
    const endpoint = there.find(({ row }) => row.method === request.method);
    if (!endpoint) {
      const allow = there.map(({ row }) => row.method).join(', ');
      return Promise.resolve(problemReply(issuer, { code: 'method_not_allowed' }, { allow }));
    }
    return answer(endpoint, request, { ...endpoint.path.exec(below)?.groups }, authenticate);
  };
};
