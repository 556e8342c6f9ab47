import { createHmac } from 'node:crypto';
import { purposeIds, purposeTable, type AccountKey, type PurposeId, type ProblemDetails } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { createReferences } from '../../cloudfunctions/_adapters/crypto/references';
import type { HttpReply, HttpRequest } from '../../cloudfunctions/_adapters/runtime/http-event';
import { findKeptConsent } from '../../cloudfunctions/_core/consents/consent';
import type { DescribedCaller } from '../../cloudfunctions/_core/institutions/describe-server';
import type { UsedKey } from '../../cloudfunctions/_core/institutions/idempotency';
import type { Partner } from '../../cloudfunctions/_core/showing/partner';
import {
  createVerificationRoutes,
  redeeming,
  type VerificationPorts,
} from '../../cloudfunctions/_adapters/institutions/routes';
import { issuer } from './issuer';
import { createStepUpWorld, keptTemplate, laterStepUpPorts, type StepUpPorts, type StepUpWorld } from './step-up-world';
import { createTurnStore, type TurnStore } from './turn-store';

// A card's status needs less of an identity than a showing does.
export type InstitutionPorts = StepUpPorts & Omit<VerificationPorts, 'loadIdentity'>;

/** The ports of `InstitutionPorts` that answer later. */
export const laterInstitutionPorts = [
  ...laterStepUpPorts,
  'takeTurn',
  'keepUsedKey',
  'loadUsedQuotas',
  'loadIdentityByShowing',
  'loadIdentity',
  'loadCheck',
  'loadLooks',
  'createSession',
  'loadSession',
] as const satisfies readonly (keyof InstitutionPorts)[];

const callerOf = (clientId: string, partner: string, purposes: readonly PurposeId[]): DescribedCaller => ({
  clientId,
  partner: {
    id: partner,
    names: { zh: `${partner} 的名称`, en: partner },
    grants: purposes.map((purpose) => ({ purpose, claims: [...purposeTable[purpose].claims], perDay: 1000 })),
  },
  scopes: new Set(['verifications']),
});

/** A bank with two servers, and a railway. The bank may not check the age of anybody. */
export const bank = callerOf(
  'bank-branches',
  'minjiang-bank',
  purposeIds.filter((purpose) => purpose !== 'age-check'),
);
export const bankApp: DescribedCaller = { ...bank, clientId: 'bank-app' };
export const railway = callerOf('railway-tills', 'railway', purposeIds);

/** The bank as people know it. */
export const bankNames: Partner = { names: { zh: '闽江银行', en: 'Minjiang Bank' }, state: 'active' };

/** What a server sends. */
export interface Sent {
  readonly body?: unknown;
  /** The body as it is sent, where it is to be no JSON of ours. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A reply as a server reads it. */
export interface Heard {
  readonly status: number;
  readonly headers: HttpReply['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** Below which path the endpoints lie. */
export const path = '/institution';

const requestOf = (line: string, { body, raw, headers = {} }: Sent): HttpRequest => {
  const [method = '', address = ''] = line.split(' ');
  const typed = method === 'POST' ? { 'content-type': 'application/json' } : {};
  return {
    method,
    path: `${path}${address}`,
    query: new Map(),
    headers: new Map(Object.entries({ ...typed, ...headers })),
    body: raw ?? (body === undefined ? '' : JSON.stringify(body)),
  };
};

/** A card, its phone, the servers of a bank and of a railway, and a service between them. */
export interface InstitutionWorld extends Omit<StepUpWorld, 'ports'> {
  readonly ports: InstitutionPorts;
  readonly turns: TurnStore['turns'];
  readonly usedKeys: ReadonlyMap<string, UsedKey>;
  /** Uses up a partner's quota for today. */
  readonly useUp: (partner: string, purpose: PurposeId) => void;
  /** What a request comes to, such as `GET /verifications/…`. */
  readonly ask: (caller: DescribedCaller, line: string, sent?: Sent, ports?: InstitutionPorts) => Promise<Heard>;
}

/** Draws from a data key that is a text of the test's. */
const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();

const references = createReferences(new Uint8Array(32).fill(9), { draw });

export const createInstitutionWorld = (): InstitutionWorld => {
  const world = createStepUpWorld({ template: keptTemplate });
  const { takeTurn, turns } = createTurnStore(world.clock);
  const index = createBlindIndex(new Uint8Array(32).fill(7));
  const usedKeys = new Map<string, UsedKey>();
  const usedUp = new Map<string, readonly PurposeId[]>();
  const partners = new Map([['minjiang-bank', bankNames]]);
  const ports: InstitutionPorts = {
    ...world.ports,
    ...references,
    findConsent: findKeptConsent,
    takeTurn,
    counterKeyOf: (client, counter): AccountKey => index.ofCounter(client, counter),
    loadUsedQuotas: (partner) => Promise.resolve(usedUp.get(partner) ?? []),
    keepUsedKey: (used) => {
      const kept = usedKeys.get(used.id) ?? used;
      usedKeys.set(used.id, kept);
      return Promise.resolve(kept.order);
    },
    loadPartners: async (ids) => new Map([...(await world.ports.loadPartners(ids)), ...partners]),
  };
  return {
    ...world,
    ports,
    turns,
    usedKeys,
    useUp: (partner, purpose) => usedUp.set(partner, [...(usedUp.get(partner) ?? []), purpose]),
    ask: async (caller, line, sent = {}, by = ports) => {
      const routes = createVerificationRoutes(redeeming(by), { name: 'institution', issuer, path });
      const answer = routes(requestOf(line, sent), () => Promise.resolve({ ok: true, value: caller }));
      if (!answer) throw new Error(`nothing answers ${line}`);
      const { statusCode, headers, body } = await answer;
      return { status: statusCode, headers, body: JSON.parse(body) as Heard['body'] };
    },
  };
};

/** An idempotency key; the same number is the same key. */
export const keyed = (number = 1): Readonly<Record<string, string>> => ({
  'idempotency-key': `key-of-a-scan-${String(number).padStart(8, '0')}`,
});

/** The kind of problem that a reply tells. @throws Error where it is none */
export const problemIn = ({ status, headers, body }: Heard): ProblemDetails['code'] => {
  const problem = body as ProblemDetails;
  const isProblem = headers['content-type']?.startsWith('application/problem+json') === true;
  if (!isProblem || problem.status !== status) throw new Error(`no problem: ${JSON.stringify(body)}`);
  return problem.code;
};
