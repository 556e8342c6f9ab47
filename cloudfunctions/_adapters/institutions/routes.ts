import { isSessionHandle, type ErrorCode, type Verification, type VerificationOrder } from '../../../protocol';
import { validators } from '../../../protocol/wire/validators';
import { now } from '../runtime/ambient';
import { faultOf } from '../runtime/fault';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { privateHeaders, problemReply } from '../runtime/problem';
import type { Log } from '../../_core/ambient-ports';
import { readCardStatus, type CardStatusPorts } from '../../_core/institutions/card-status';
import type { InstitutionCaller } from '../../_core/institutions/counter';
import {
  openInstitutionCounter,
  readInstitutionCounter,
  type InstitutionCounterPorts,
} from '../../_core/institutions/open-counter';
import { readVerification, type ReadVerificationPorts } from '../../_core/institutions/read-verification';
import { reportInstitutionLook } from '../../_core/institutions/report-look';
import { verifyCode, type VerifyCodePorts } from '../../_core/institutions/verify-code';
import { refuse, type Result } from '../../_core/result';
import type { NoteLookPorts } from '../../_core/showing/report-look';
import { readIdempotencyKey, readOrder } from './order';

/** What the routes of verifications need, but for what redeems a code. */
type ReadingPorts = ReadVerificationPorts &
  InstitutionCounterPorts &
  CardStatusPorts &
  NoteLookPorts & { readonly log: Log };

/** What the routes of verifications need where codes are holders'. */
export type VerificationPorts = VerifyCodePorts & ReadingPorts;

/** What the routes of verifications need. */
export type RoutePorts = ReadingPorts & {
  /** Has a code checked, as `verifyCode` does. */
  readonly verify: (
    caller: InstitutionCaller,
    idempotencyKey: string,
    order: VerificationOrder,
  ) => Promise<Result<Verification>>;
};

/** The routes' ports where codes are holders'. */
export const redeeming = (ports: VerificationPorts): RoutePorts => ({
  ...ports,
  verify: (...order) => verifyCode(ports, ...order),
});

/** Finds who asks; or gives what to answer to a request that is nobody's. */
export type Authenticate = () => Promise<
  { readonly ok: true; readonly value: InstitutionCaller } | { readonly ok: false; readonly reply: HttpReply }
>;

interface Called {
  readonly caller: InstitutionCaller;
  readonly request: HttpRequest;
  /** What stands in the path in the place of the name. */
  readonly named: string;
}

interface Endpoint {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (called: Called) => Promise<Result<object>>;
}

interface Options {
  /** By which name the log speaks of the function. */
  readonly name: string;
  /** Below whose address problems are described. */
  readonly issuer: string;
  /** Below which path the endpoints lie. */
  readonly path: string;
}

const ID = /^[0-9a-f]{32}$/;

/** An id that cannot be one is answered as one that nobody has. */
const ifNamed = <Value>(isName: boolean, run: () => Promise<Result<Value>>): Promise<Result<Value>> =>
  isName ? run() : Promise.resolve(refuse('not_found'));

const endpointsOf = (ports: RoutePorts): readonly Endpoint[] => [
  {
    action: 'verifyCode',
    method: 'POST',
    path: /^\/verifications$/,
    answer: async ({ caller, request }) => {
      const key = readIdempotencyKey(request);
      if (!key.ok) return key;
      const order = readOrder(validators.VerificationOrder, request);
      return order.ok ? ports.verify(caller, key.value, order.value) : order;
    },
  },
  {
    action: 'readVerification',
    method: 'GET',
    path: /^\/verifications\/([^/]{1,200})$/,
    answer: ({ caller, named }) => ifNamed(ID.test(named), () => readVerification(ports, caller, named)),
  },
  {
    action: 'reportLook',
    method: 'POST',
    path: /^\/verifications\/([^/]{1,200})\/look$/,
    answer: async ({ caller, request, named }) => {
      const order = readOrder(validators.LookOrder, request);
      if (!order.ok) return order;
      return ifNamed(ID.test(named), () => reportInstitutionLook(ports, caller, named, order.value));
    },
  },
  {
    action: 'openCounter',
    method: 'POST',
    path: /^\/counters$/,
    answer: async ({ caller, request }) => {
      const order = readOrder(validators.CounterOrder, request);
      return order.ok ? openInstitutionCounter(ports, caller, order.value) : order;
    },
  },
  {
    action: 'readCounter',
    method: 'GET',
    path: /^\/counters\/([^/]{1,200})$/,
    answer: ({ caller, named }) => ifNamed(isSessionHandle(named), () => readInstitutionCounter(ports, caller, named)),
  },
  {
    action: 'readCardStatus',
    method: 'GET',
    path: /^\/cards\/([^/]{1,200})\/status$/,
    answer: ({ caller, named }) => readCardStatus(ports, caller, named),
  },
];

const replied = (value: object): HttpReply => ({
  statusCode: 200,
  headers: { ...privateHeaders, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/**
 * The routes by which partners' servers have codes checked.
 * @returns what answers a request; null for a path that is none of these
 */
export const createVerificationRoutes = (
  ports: RoutePorts,
  { name, issuer, path }: Options,
): ((request: HttpRequest, authenticate: Authenticate) => Promise<HttpReply> | null) => {
  const endpoints = endpointsOf(ports);

  const answer = async (endpoint: Endpoint, called: Called): Promise<HttpReply> => {
    const startedAt = now();
    const spoken = { function: name, action: endpoint.action };
    const refused = (code: ErrorCode) => ports.log({ event: 'CALL_REFUSED', ...spoken, code, ms: now() - startedAt });
    try {
      const result = await endpoint.answer(called);
      if (result.ok) return replied(result.value);
      refused(result.error.code);
      return problemReply(issuer, result.error);
    } catch (error) {
      ports.log({ event: 'CALL_FAILED', ...spoken, fault: faultOf(error) });
      return problemReply(issuer, { code: 'internal' });
    }
  };

  return (request, authenticate) => {
    if (!request.path.startsWith(path)) return null;
    const below = request.path.slice(path.length);
    const there = endpoints.filter((endpoint) => endpoint.path.test(below));
    if (there.length === 0) return null;
    const endpoint = there.find(({ method }) => method === request.method);
    if (!endpoint) {
      const allow = there.map(({ method }) => method).join(', ');
      return Promise.resolve(problemReply(issuer, { code: 'method_not_allowed' }, { allow }));
    }
    const call = async (): Promise<HttpReply> => {
      const authenticated = await authenticate();
      if (!authenticated.ok) return authenticated.reply;
      const [, named = ''] = endpoint.path.exec(below) ?? [];
      return answer(endpoint, { caller: authenticated.value, request, named });
    };
    return call();
  };
};
