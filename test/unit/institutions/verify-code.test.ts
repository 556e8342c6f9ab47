import fc from 'fast-check';
import { errorTable, validators, type ProblemDetails, type PurposeId } from '../../../protocol';
import { isProblemCode, PROBLEMS_PATH, problemTable } from '../../../cloudfunctions/_adapters/runtime/problem-table';
import { REPEAT_MS } from '../../../cloudfunctions/_core/card/identity';
import { listHistory } from '../../../cloudfunctions/_core/card/list-history';
import { ORDERS_OF_PARTNER } from '../../../cloudfunctions/_core/institutions/counter';
import { aliasShowing } from '../../../cloudfunctions/_core/showing/alias-showing';
import { failing, interleaved, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import {
  bank,
  bankApp,
  bankNames,
  createInstitutionWorld,
  keyed,
  laterInstitutionPorts,
  problemIn,
  railway,
} from '../../support/institution-world';
import { issuer } from '../../support/issuer';
import { holder, setCard, show } from '../../support/showing-world';
import { inStanding } from '../../support/stops';

const PURPOSE = 'parcel-pickup';
const order = (code: string, more: object = {}) => ({ code, purpose: PURPOSE, counter: 'Counter 3', ...more });

/** A light card that is shown to whoever scans. */
const shown = async (purpose: PurposeId = PURPOSE) => {
  const world = createInstitutionWorld();
  const showing = await show(world, purpose);
  const verify = (body: object, key = 1, caller = bank, ports = world.ports) =>
    world.ask(caller, 'POST /verifications', { body, headers: keyed(key) }, ports);
  return { world, showing, verify };
};

describe('a code at an institution’s counter', () => {
  it('is answered as a merchant’s terminal is, with an id and a reference, and the holder reads of it', async () => {
    const { world, showing, verify } = await shown();
    const { status, headers, body } = await verify(order(showing.code()));
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' });
    expect(validators.Verification(body)).toBe(true);
    const at = world.clock.now();
    expect(body).toMatchObject({
      purpose: PURPOSE,
      mode: 'shown',
      tier: 'light',
      claims: { masked_name: '林**' },
      facts: { redeemedAt: at, status: 'valid', statusAsOf: at },
      receipt: `receipt.of.${String(body['id'])}`,
    });
    const { entries } = valueOf(await listHistory(world.ports, holder, { action: 'listHistory' }));
    expect(entries).toMatchObject([
      { kind: 'card_checked', id: body['id'], partner: bankNames.names, terminal: 'Counter 3' },
    ]);
  });

  it('tells the claims that are asked for and no others', async () => {
    const { showing, verify } = await shown();
    const { body } = await verify(order(showing.code(), { claims: ['masked_name'] }));
    expect(body['claims']).toEqual({ masked_name: '林**' });
  });

  const redeemed = async ({ world, showing }: Awaited<ReturnType<typeof shown>>): Promise<string> => {
    await world.ask(railway, 'POST /verifications', { body: order(showing.code()), headers: keyed(9) });
    return showing.code();
  };
  it.each<[string, (given: Awaited<ReturnType<typeof shown>>) => object | Promise<object>, string]>([
    ['that is no code', () => order('HELLO WORLD'), 'code_not_recognised'],
    ['that is stale', ({ showing }) => order(showing.code(-40)), 'code_expired'],
    ['that was redeemed elsewhere', async (given) => order(await redeemed(given)), 'code_already_used'],
    ['of another purpose', ({ showing }) => order(showing.code(), { purpose: 'internet-cafe' }), 'purpose_mismatch'],
    [
      'for a purpose without a registration',
      ({ showing }) => order(showing.code(), { purpose: 'age-check' }),
      'purpose_not_registered',
    ],
    [
      'for claims beyond the purpose',
      ({ showing }) => order(showing.code(), { claims: ['masked_name', 'address'] }),
      'claims_not_granted',
    ],
    [
      'of a suspended card',
      ({ world, showing }) => {
        setCard(world, inStanding.suspended);
        return order(showing.code());
      },
      'suspended',
    ],
    [
      'of a revoked card',
      ({ world, showing }) => {
        setCard(world, inStanding.revoked);
        return order(showing.code());
      },
      'revoked',
    ],
    [
      'once the day’s checks are used up',
      ({ world, showing }) => {
        world.useUp('minjiang-bank', PURPOSE);
        return order(showing.code());
      },
      'quota_used',
    ],
  ])('%s is refused by name, and consumes nothing', async (_, make, code) => {
    const given = await shown();
    const body = await make(given);
    const before = given.world.events.ofKind('card_checked').length;
    expect(problemIn(await given.verify(body))).toBe(code);
    expect(given.world.events.ofKind('card_checked')).toHaveLength(before);
  });

  it('is no number, which would be guessed under ever other names of counters', async () => {
    const { world, verify } = await shown();
    const { alias } = valueOf(await aliasShowing(world.ports, holder));
    expect(problemIn(await verify(order(alias)))).toBe('code_not_recognised');
    expect(world.identity().showing?.state).toBe('open');
  });

  it('is refused where the partner’s servers have asked too often, all of them together', async () => {
    const { showing, verify } = await shown();
    for (let turn = 0; turn < ORDERS_OF_PARTNER.most; turn += 1) await verify(order('HELLO'), turn, bankApp);
    const refused = await verify(order(showing.code()), 9999);
    expect(problemIn(refused)).toBe('too_many_requests');
    expect(refused.headers['retry-after']).toBe('60');
    expect((await verify(order(showing.code()), 1, railway)).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  it('gets the same answer again for its order, and loses no code to a lost reply', async () => {
    const { world, showing, verify } = await shown();
    const body = order(showing.code());
    const first = await verify(body);
    world.clock.advance(REPEAT_MS - 1);
    expect(await verify(body)).toEqual(first);
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
    world.clock.advance(1);
    expect(problemIn(await verify(body))).toBe('code_already_used');
  });

  it('gets its answer again after the day’s checks were used up by it, and its server alone does', async () => {
    const { world, showing, verify } = await shown();
    const body = order(showing.code());
    const first = await verify(body);
    world.useUp('minjiang-bank', PURPOSE);
    expect(await verify(body)).toEqual(first);
    expect(problemIn(await verify(body, 2))).toBe('quota_used');
    expect(problemIn(await verify(body, 1, bankApp))).toBe('quota_used');
    world.clock.advance(REPEAT_MS);
    expect(problemIn(await verify(body))).toBe('quota_used');
    expect(world.events.ofKind('card_checked')).toHaveLength(1);
  });

  it.each([
    ['another code', { code: 'HELLO' }],
    ['another purpose', { purpose: 'internet-cafe' }],
    ['other claims', { claims: ['masked_name'] }],
    ['another counter', { counter: 'Counter 4' }],
  ])('is refused with %s, though the first order was refused', async (_, more) => {
    const { showing, verify } = await shown();
    const late = order(showing.code(-40));
    expect(problemIn(await verify(late))).toBe('code_expired');
    const refused = await verify({ ...late, ...more });
    expect([refused.status, problemIn(refused)]).toEqual([409, 'idempotency_key_reused']);
    expect(problemIn(await verify(late))).toBe('code_expired');
  });

  it('is each server’s own', async () => {
    const { showing, verify } = await shown();
    const body = order(showing.code());
    expect((await verify(body)).status).toBe(200);
    expect(problemIn(await verify({ ...body, code: 'HELLO' }, 1, bankApp))).toBe('code_not_recognised');
    expect(problemIn(await verify(body, 1, railway))).toBe('code_already_used');
  });

  it.each([
    '',
    'short',
    'ä'.repeat(16),
    `"${'k'.repeat(16)}`,
    'k'.repeat(65),
    'k k'.repeat(8),
    '{"$gt":"aaaaaaaaaaaa"}',
  ])('is not %j', async (key) => {
    const { world, showing } = await shown();
    const sent = { body: order(showing.code()), headers: { 'idempotency-key': key } };
    const refused = await world.ask(bank, 'POST /verifications', sent);
    expect(refused.body).toMatchObject({ code: 'request_invalid', at: 'Idempotency-Key' });
    expect(world.turns).toHaveLength(0);
  });

  it('is the same with quotes and without', async () => {
    const { world, showing, verify } = await shown();
    const body = order(showing.code());
    const first = await verify(body);
    const quoted = { 'idempotency-key': `"${keyed()['idempotency-key'] ?? ''}"` };
    expect(await world.ask(bank, 'POST /verifications', { body, headers: quoted })).toEqual(first);
  });

  it('hears one answer for its order and a refusal for any other, whatever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.record({ counter: fc.constantFrom('1', '2'), key: fc.integer({ min: 1, max: 2 }) }), {
          minLength: 2,
          maxLength: 6,
        }),
        async (scheduler, sent) => {
          const { world, showing, verify } = await shown();
          const code = showing.code();
          const ports = interleaved(world.ports, laterInstitutionPorts, scheduler);
          const replies = await scheduler.waitFor(
            Promise.all(sent.map(({ counter, key }) => verify(order(code, { counter }), key, bank, ports))),
          );
          const told = replies.filter(({ status }) => status === 200);
          expect(new Set(told.map((reply) => JSON.stringify(reply))).size).toBe(1);
          expect(world.events.ofKind('card_checked')).toHaveLength(1);
          const winner = sent[replies.findIndex(({ status }) => status === 200)];
          replies.forEach((reply, at) => {
            const isWinner = sent[at]?.counter === winner?.counter && sent[at]?.key === winner?.key;
            expect(reply.status === 200).toBe(isWinner);
            if (!isWinner) expect(['idempotency_key_reused', 'code_already_used']).toContain(problemIn(reply));
          });
          expect(world.usedKeys.size).toBe(new Set(sent.map(({ key }) => key)).size);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finishes what was interrupted at any point, with one check', async () => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const { world, showing, verify } = await shown();
      const body = order(showing.code());
      const { ports, calls } = failing(world.ports, laterInstitutionPorts, plan);
      const interrupted = await verify(body, 1, bank, ports);
      if (plan) expect(problemIn(interrupted)).toBe('internal');
      const { status, body: told } = await verify(body);
      expect(status).toBe(200);
      expect(world.events.ofKind('card_checked').map(({ id }) => String(id))).toEqual([told['id']]);
      return calls();
    };
    const calls = await play(null);
    // A turn, the quotas, the key, the card; the check written and appended.
    expect(calls).toBe(6);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
  });
});

describe('a problem', () => {
  it('has the status of the table, a type of the issuer’s and words that say what to do', async () => {
    const { verify } = await shown();
    const { body, headers } = await verify(order('HELLO'));
    expect(validators.ProblemDetails(body)).toBe(true);
    const { code, type, status, title, detail } = body as ProblemDetails;
    expect(code).toBe('code_not_recognised');
    expect(type).toBe(`${issuer}${PROBLEMS_PATH}code_not_recognised`);
    expect(status).toBe(errorTable.code_not_recognised.http);
    expect({ title, detail }).toEqual(problemTable.code_not_recognised);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is never a refusal that is no institution’s to hear', () => {
    expect(['kill_code_unknown', 'toString', '__proto__', 'no_face'].filter(isProblemCode)).toEqual([]);
  });
});
