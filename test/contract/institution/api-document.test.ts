import {
  calendarDate,
  createCode,
  createShowingStatement,
  instant,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
} from '../../../protocol';
import {
  operationRows,
  operations,
  refusalsOf,
  type OperationId,
} from '../../../cloudfunctions/_adapters/api/operations';
import type { ProblemCode } from '../../../cloudfunctions/_adapters/runtime/problem-table';
import { claimCounter } from '../../../cloudfunctions/_core/showing/counter';
import { openShowing, prepareShowing } from '../../../cloudfunctions/_core/showing/open-showing';
import { valueOf } from '../../support/enrolment-steps';
import { createApiWorld, type ApiWorld, type Otherwise } from '../../support/institution/api-world';
import { bank, keyed, railway } from '../../support/institution-world';
import { issuer } from '../../support/issuer';
import { newKeyPair } from '../../support/key-pair';
import { createDocumentUnderTest } from '../../support/openapi/document';
import { holder, holderKey, setCard, show } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const PURPOSE = 'parcel-pickup';
const { faultsOf, operationAt } = createDocumentUnderTest(issuer);

let world: ApiWorld;
beforeEach(async () => {
  world = await createApiWorld();
});

/** What was met: operations that have answered, and what each was refused as. */
const met = new Set<string>();

/** Sends a line, and holds the reply to the document. @returns the code of the refusal, or `answered` */
const hear = async (line: string, otherwise: Otherwise = {}): Promise<string> => {
  const { operationId } = operationAt(line.replace(' ', ' /institution'));
  const answered = await world.send(line, otherwise);
  expect([line, answered.body, faultsOf(line.replace(' ', ' /institution'), answered)]).toEqual([
    line,
    answered.body,
    [],
  ]);
  expect(answered.headers['cache-control']).toBe('no-store');
  const { code = 'answered' } = JSON.parse(answered.body) as { code?: string };
  met.add(`${operationId} ${answered.status === 200 ? 'answered' : code}`);
  return answered.status === 200 ? 'answered' : code;
};

const order = (code: string, more: object = {}) => ({ code, purpose: PURPOSE, counter: 'Counter 3', ...more });

/** A check that the bank's server has made. */
const check = async (): Promise<{ readonly id: string; readonly reference: string }> => {
  const { code } = await show(world, PURPOSE);
  const body = order(code());
  const { body: told } = await world.send('POST /verifications', { body, headers: keyed(7) });
  return JSON.parse(told) as { id: string; reference: string };
};

/** The reference of a consent that the bank was given. */
const lent = (): string => {
  const until = instant((Math.floor(world.clock.now() / 1000) + 86_400) * 1000);
  const given = { number: 1, client: bank.clientId, partner: bank.partner.id, purpose: PURPOSE, until } as const;
  world.change((found) => ({ ...found, consents: [{ ...given, withdrawnAt: null }] }));
  return world.ports.referenceTo(world.identity(), bank.partner.id, until);
};

/** Each operation as it should be sent. */
const good: Readonly<Record<OperationId, () => Promise<readonly [line: string, sent: Otherwise]>>> = {
  verifyCode: async () => ['POST /verifications', { body: order((await show(world)).code()), headers: keyed() }],
  readVerification: async () => [`GET /verifications/${(await check()).id}`, {}],
  reportLook: async () => [`POST /verifications/${(await check()).id}/look`, { body: { look: 'same' } }],
  openCounter: () => Promise.resolve(['POST /counters', { body: { purpose: PURPOSE, counter: 'Counter 3' } }]),
  readCounter: async () => {
    const { body } = await world.send('POST /counters', { body: { purpose: PURPOSE, counter: 'Counter 3' } });
    return [`GET /counters/${(JSON.parse(body) as { session: string }).session}`, {}];
  },
  readCardStatus: async () => [`GET /cards/${(await check()).reference}/status`, {}],
  readConsent: () => Promise.resolve([`GET /consents/${lent()}`, {}]),
  describeServer: () => Promise.resolve(['GET /self', {}]),
};
const ids = operationRows.map(([id]) => id);

describe.each(ids)('%s', (id) => {
  const row = operations[id];

  it('answers as it is described', async () => {
    const [line, sent] = await good[id]();
    expect(await hear(line, sent)).toBe('answered');
  });

  it('hears no token, token, proof and scope as it is described', async () => {
    const [line, sent] = await good[id]();
    expect(await hear(line, { ...sent, token: null })).toBe('caller_unknown');
    expect(await hear(line, { ...sent, token: 'x'.repeat(43) })).toBe('token_invalid');
    expect(await hear(line, { ...sent, proof: null })).toBe('proof_invalid');
    const token = await world.tokenOf({ scope: 'something-else' });
    expect(await hear(line, { ...sent, token })).toBe('scope_insufficient');
  });

  it('waits and fails as it is described', async () => {
    const [line, sent] = await good[id]();
    const full = { takeTurn: () => Promise.resolve(false) };
    expect(await hear(line, { ...sent, ports: full })).toBe('too_many_requests');
    const broken = { takeTurn: () => Promise.reject(new Error('nobody is counted')) };
    expect(await hear(line, { ...sent, ports: broken })).toBe('internal');
  });

  if (row.request !== null)
    it('reads bodies as it is described', async () => {
      const [line, { headers = {}, body }] = await good[id]();
      expect(await hear(line, { body: {}, headers })).toBe('request_invalid');
      expect(await hear(line, { body, headers: { ...headers, 'content-type': 'text/plain' } })).toBe(
        'media_type_unsupported',
      );
      expect(await hear(line, { body: 'x'.repeat(9000), headers })).toBe('body_too_large');
    });

  if ((row.refusals as readonly ProblemCode[]).includes('not_found'))
    it('finds what is nobody’s and what cannot be as it is described', async () => {
      const [line, sent] = await good[id]();
      const [, name = ''] = /^\S+ \/\w+\/([^/]+)/.exec(line) ?? [];
      for (const other of [name.replace(/^./, (first) => (first === '0' ? '1' : '0')), 'x', `${name}0`])
        expect(await hear(line.replace(name, other), sent)).toBe('not_found');
    });
});

/** A showing that is bound to a counter of the bank's server. */
const bound = async (purpose: PurposeId): Promise<() => string> => {
  const { body } = await world.send('POST /counters', { body: { purpose, counter: 'Counter 3' } });
  const { session } = JSON.parse(body) as { session: SessionHandle };
  valueOf(await claimCounter(world.ports, holder, { action: 'claimCounter', session }));
  const handle = valueOf(await prepareShowing(world.ports, holder)).handle as ShowingHandle;
  const key = newKeyPair();
  const statement = createShowingStatement({ handle, key: key.publicKey, purpose, session, sign: holderKey.sign });
  valueOf(await openShowing(world.ports, holder, { action: 'openShowing', statement }));
  return () => createCode({ handle, issuedAt: Math.floor(world.clock.now() / 1000), sign: key.sign });
};

/** The showing that is open becomes one for another purpose, past all ports. */
const turnTo = (purpose: PurposeId): void => {
  world.change((found) => ({ ...found, showing: found.showing && { ...found.showing, purpose } }));
};

describe('the refusals of a code', () => {
  const cases: readonly (readonly [ProblemCode, () => Promise<Otherwise>])[] = [
    ['request_invalid', async () => ({ body: order((await show(world)).code()), headers: {} })],
    ['code_not_recognised', () => Promise.resolve({ body: order('HELLO') })],
    ['code_expired', async () => ({ body: order((await show(world)).code(-40)) })],
    [
      'code_already_used',
      async () => {
        const { code } = await show(world);
        await world.ask(railway, 'POST /verifications', { body: order(code()), headers: keyed(9) });
        return { body: order(code()) };
      },
    ],
    [
      'idempotency_key_reused',
      async () => {
        await world.send('POST /verifications', { body: order('HELLO'), headers: keyed() });
        return { body: order('GOODBYE') };
      },
    ],
    ['purpose_mismatch', async () => ({ body: order((await show(world)).code(), { purpose: 'internet-cafe' }) })],
    ['purpose_not_registered', () => Promise.resolve({ body: order('HELLO', { purpose: 'age-check' }) })],
    ['claims_not_granted', () => Promise.resolve({ body: order('HELLO', { claims: ['address'] }) })],
    [
      'quota_used',
      () => {
        world.useUp('minjiang-bank', PURPOSE);
        return Promise.resolve({ body: order('HELLO') });
      },
    ],
    ['other_terminal', async () => ({ body: order((await bound(PURPOSE))(), { counter: 'Counter 4' }) })],
    [
      'counter_needed',
      async () => {
        const { code } = await show(world);
        turnTo('exam-entry');
        return { body: order(code(), { purpose: 'exam-entry' }) };
      },
    ],
    [
      'tier_too_low',
      async () => {
        const code = await bound(PURPOSE);
        turnTo('hotel-check-in');
        return { body: order(code(), { purpose: 'hotel-check-in' }) };
      },
    ],
    ...(['suspended', 'revoked'] as const).map(
      (standing) =>
        [
          standing,
          async () => {
            const { code } = await show(world);
            setCard(world, inStanding[standing]);
            return { body: order(code()) };
          },
        ] as const,
    ),
    [
      'expired',
      async () => {
        const { code } = await show(world);
        setCard(world, { validTo: calendarDate('2020-01-01') });
        return { body: order(code()) };
      },
    ],
    [
      'wrong_step',
      async () => {
        const { code } = await show(world);
        return { body: order(code()), ports: { replaceIdentity: () => Promise.resolve(false) } };
      },
    ],
  ];
  it.each(cases)('%s is as it is described', async (code, make) => {
    expect(await hear('POST /verifications', { headers: keyed(), ...(await make()) })).toBe(code);
  });
});

describe('the refusals of others', () => {
  it('are as they are described', async () => {
    const { id } = await check();
    const look = `POST /verifications/${id}/look`;
    expect(await hear(look, { body: { look: 'same' } })).toBe('answered');
    expect(await hear(look, { body: { look: 'unsure' } })).toBe('wrong_step');
    const counter = (more: object) => hear('POST /counters', { body: { purpose: PURPOSE, counter: '1', ...more } });
    expect(await counter({ purpose: 'age-check' })).toBe('purpose_not_registered');
    expect(await counter({ claims: ['address'] })).toBe('claims_not_granted');
    world.useUp('minjiang-bank', PURPOSE);
    expect(await counter({})).toBe('quota_used');
  });

  it('tell by when the day’s checks are back', async () => {
    world.useUp('minjiang-bank', PURPOSE);
    const { headers } = await world.send('POST /counters', { body: { purpose: PURPOSE, counter: '1' } });
    const back = world.clock.now() + Number(headers['retry-after']) * 1000;
    expect(new Date(back).toISOString()).toMatch(/T16:00:00/);
  });
});

describe('what there is not', () => {
  it.each(['GET ', 'GET /', 'GET /nothing', 'POST /end', 'GET /verifications/a/b', 'GET /self/', 'GET /tokens'])(
    '%j is a problem',
    async (line) => {
      const { status, headers, body } = await world.send(line);
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
      expect(JSON.parse(body)).toMatchObject({ code: 'not_found' });
    },
  );

  it('as methods are, with those that there are', async () => {
    for (const [id, { method }] of operationRows) {
      const [line] = await good[id]();
      const [, address = ''] = line.split(' ');
      const { status, headers, body } = await world.send(`DELETE ${address}`);
      expect([status, headers['allow']]).toEqual([405, method]);
      expect(JSON.parse(body)).toMatchObject({ code: 'method_not_allowed' });
    }
    const { status, headers } = await world.send('POST /jwks');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  it('as the provider answers, is OAuth’s own', async () => {
    const { status, body } = await world.send('POST /token', { token: null, proof: null });
    expect([status, JSON.parse(body)]).toMatchObject([400, { error: 'invalid_request' }]);
  });
});

describe('the document', () => {
  it('says nothing that was not met', () => {
    const described = operationRows.flatMap(([id, row]) =>
      ['answered', ...refusalsOf(row)].map((what) => `${id} ${what}`),
    );
    expect(described.filter((what) => !met.has(what))).toEqual([]);
    expect([...met].filter((what) => !described.includes(what))).toEqual([]);
  });
});
