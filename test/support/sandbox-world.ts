import { createHmac, randomBytes } from 'node:crypto';
import {
  base64urlDecode,
  purposeIds,
  purposeTable,
  validators,
  type ProblemDetails,
  type PurposeId,
  type SessionHandle,
  type Verification,
} from '../../protocol';
import { createSandboxStore } from '../../cloudfunctions/_adapters/cloudbase/sandbox-store';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { createHolderNames } from '../../cloudfunctions/_adapters/crypto/holder-names';
import { createReferences } from '../../cloudfunctions/_adapters/crypto/references';
import { createVerificationRoutes } from '../../cloudfunctions/_adapters/institutions/routes';
import type { AskOrder, OpenedAsk } from '../../cloudfunctions/_core/asks/open-ask';
import type { AskStanding } from '../../cloudfunctions/_core/asks/ask';
import type { DescribedCaller } from '../../cloudfunctions/_core/institutions/describe-server';
import { createSandbox, type Sandbox } from '../../cloudfunctions/_core/sandbox/sandbox';
import { createClock, type Clock } from './clock';
import { valueOf } from './enrolment-steps';
import { createRecordStore } from './institution/record-store';
import { createTurnStore, type TurnStore } from './turn-store';

const callerOf = (clientId: string, partner: string): DescribedCaller => ({
  clientId,
  partner: {
    ...{ id: partner, names: { zh: '银行', en: 'Bank' } },
    grants: purposeIds.map((purpose) => ({ purpose, claims: [...purposeTable[purpose].claims], perDay: 100 })),
  },
  scopes: new Set(['verifications']),
});

/** A bank's two developers' servers, and a railway's. */
export const developer = callerOf('bank-sandbox', 'bank');
export const colleague = callerOf('bank-sandbox-2', 'bank');
export const stranger = callerOf('railway-sandbox', 'railway');

/** The limit of polls, as the world's sandbox knows it. */
export const POLLS = { name: 'polls', most: 1000, windowMs: 1000 } as const;

/** What a call of the API comes to. */
export interface Heard {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The sandbox over records in memory, and a clock that a test moves. */
export interface SandboxWorld {
  readonly clock: Clock;
  readonly sandbox: Sandbox;
  readonly turns: TurnStore['turns'];
  readonly kept: ReturnType<typeof createRecordStore>['kept'];
  /** Asks by CIBA's number, for a bank account where nothing else is said. */
  readonly ask: (number: string, otherwise?: Partial<AskOrder>, caller?: DescribedCaller) => Promise<OpenedAsk>;
  readonly standingOf: (session: SessionHandle, caller?: DescribedCaller) => Promise<AskStanding>;
  /** Such as `GET /verifications/…`, under a key of its own where none is named. */
  readonly call: (line: string, body?: object, key?: string, caller?: DescribedCaller) => Promise<Heard>;
  /** Interrupts whoever keeps a check, while it is set. */
  readonly interrupted: { checks: boolean };
  /** Opens a session of a counter, and hands a code in for it. */
  readonly check: (code: string, purpose: PurposeId, counter: string, key?: string) => Promise<Heard>;
}

export const createSandboxWorld = (): SandboxWorld => {
  const clock = createClock();
  const records = createRecordStore();
  const { takeTurn, turns } = createTurnStore(clock);
  const index = createBlindIndex(new Uint8Array(32).fill(5));
  const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();
  const interrupted = { checks: false };
  const store = createSandboxStore(records, clock.now);
  const sandbox = createSandbox({
    ...{ now: clock.now, today: clock.today, randomBytes, sha256, log: () => undefined },
    store: {
      ...store,
      addCheck: (id, check) =>
        interrupted.checks ? Promise.reject(new Error('interrupted')) : store.addCheck(id, check),
    },
    ...createReferences(new Uint8Array(32).fill(6), { draw }),
    holderNameOf: createHolderNames({ draw }),
    ...{ counterKeyOf: index.ofCounter, askKeyOf: index.ofAsk, takeTurn, pollLimit: POLLS.name },
    signReceipt: ({ eventId, mode }) => `head.${eventId}-${mode}.signature`,
  });
  const routes = createVerificationRoutes(sandbox.verifications, {
    name: 'sandbox',
    issuer: 'https://id.example',
    path: '',
  });

  const call: SandboxWorld['call'] = async (line, body, key = randomBytes(12).toString('hex'), caller = developer) => {
    const [method = '', path = ''] = line.split(' ');
    const headers = new Map([
      ['content-type', 'application/json'],
      ['idempotency-key', key],
    ]);
    const request = { method, path, query: new Map<string, string>(), headers, body: body ? JSON.stringify(body) : '' };
    const reply = await routes(request, () => Promise.resolve({ ok: true, value: caller }));
    if (!reply) throw new Error(`nothing answers ${line}`);
    return { status: reply.statusCode, body: JSON.parse(reply.body) as Heard['body'] };
  };
  return {
    ...{ clock, sandbox, turns, kept: records.kept, interrupted, call },
    ask: async (number, otherwise = {}, caller = developer) => {
      const order = { purpose: 'bank-account-opening', way: { kind: 'number', number }, ...otherwise } as const;
      return valueOf(await sandbox.asks.openAsk(caller, order));
    },
    standingOf: (session, caller = developer) => sandbox.asks.readAsk(caller, session),
    check: async (code, purpose, counter, key) => {
      await call('POST /counters', { purpose, counter });
      return call('POST /verifications', { code, purpose, counter }, key);
    },
  };
};

/** What a check told. @throws Error quoting what else it came to */
export const verificationIn = ({ status, body }: Heard): Verification => {
  if (status !== 200 || !validators.Verification(body)) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  return body;
};

/** The code of a problem. @throws Error where it is none */
export const problemIn = ({ body }: Heard): ProblemDetails['code'] => {
  if (!validators.ProblemDetails(body)) throw new Error(JSON.stringify(body));
  return body.code;
};

/** The bytes of a portrait as it is told. */
export const bytesOf = (portrait: string): Uint8Array | null =>
  base64urlDecode(portrait.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
