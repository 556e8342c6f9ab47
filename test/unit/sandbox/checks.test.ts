import { codeOutcomes } from '../../../cloudfunctions/_core/sandbox/forced-outcomes';
import { testPersons } from '../../../cloudfunctions/_core/sandbox/test-persons';
import {
  bytesOf,
  colleague,
  createSandboxWorld,
  problemIn,
  stranger,
  verificationIn,
  type SandboxWorld,
} from '../../support/sandbox-world';

const PURPOSE = 'parcel-pickup';
const MINUTE = 60_000;

let world: SandboxWorld;
beforeEach(() => {
  world = createSandboxWorld();
});

const order = (code = 'SANDBOX-ADULT', counter = 'Desk 1') => ({ code, purpose: PURPOSE, counter });
const statusOf = async (reference: string, caller?: Parameters<SandboxWorld['call']>[3]) =>
  (await world.call(`GET /cards/${reference}/status`, undefined, undefined, caller)).body['status'];

describe('a magic code', () => {
  it.each(codeOutcomes.map((one) => [one.code, one] as const))(
    'comes to what the table says: %s',
    async (code, outcome) => {
      const heard = await world.call('POST /verifications', order(code));
      if ('refused' in outcome) {
        expect(problemIn(heard)).toBe(outcome.refused);
        return;
      }
      const person = testPersons.find(({ key }) => key === outcome.person);
      const told = verificationIn(heard);
      expect(told).toMatchObject({ mode: 'shown', tier: person?.card.tier, facts: { status: 'valid' } });
      expect(told.claims.masked_name).toMatch(/\*/);
      expect(bytesOf(told.portrait ?? '')).toEqual(person?.person.portrait);
      expect(await statusOf(told.reference)).toBe(person?.later);
    },
  );

  it.each([['SANDBOX-NOBODY'], ['SANDBOX-'], ['12345678'], ['NCF 4T:'], ['SANDBOX-ADULT ']])(
    'is none of ours: %s',
    async (code) => expect(problemIn(await world.call('POST /verifications', order(code)))).toBe('code_not_recognised'),
  );

  it('serves again and again, each time as if the card were shown anew', async () => {
    const [first, second] = [
      verificationIn(await world.call('POST /verifications', order())),
      verificationIn(await world.call('POST /verifications', order())),
    ];
    expect(first.id).not.toBe(second.id);
    expect(first.reference).toBe(second.reference);
  });

  it('tells what is granted and asked for, and no more', async () => {
    const asked = { ...order(), claims: ['masked_name'] };
    expect(Object.keys(verificationIn(await world.call('POST /verifications', asked)).claims)).toEqual(['masked_name']);
    const beyond = { ...order(), claims: ['address'] };
    expect(problemIn(await world.call('POST /verifications', beyond))).toBe('claims_not_granted');
  });

  it('of a light card does not serve where a full one is needed', async () => {
    expect(problemIn(await world.check('SANDBOX-LIGHT', 'bank-account-opening', 'Desk 1'))).toBe('tier_too_low');
  });
});

describe('an idempotency key', () => {
  const key = 'a-key-of-the-bank-1';

  it('hears the same for a minute, then that the code was used', async () => {
    const first = await world.call('POST /verifications', order(), key);
    world.clock.advance(MINUTE - 1);
    expect(await world.call('POST /verifications', order(), key)).toEqual(first);
    world.clock.advance(1);
    expect(problemIn(await world.call('POST /verifications', order(), key))).toBe('code_already_used');
  });

  it('belongs to one order of one server', async () => {
    await world.call('POST /verifications', order(), key);
    const other = await world.call('POST /verifications', order('SANDBOX-CHILD'), key);
    expect(problemIn(other)).toBe('idempotency_key_reused');
    verificationIn(await world.call('POST /verifications', order('SANDBOX-CHILD'), key, colleague));
  });

  it('is one check, however often it is sent at once', async () => {
    const heard = await Promise.all([1, 2, 3, 4].map(() => world.call('POST /verifications', order(), key)));
    expect(new Set(heard.map((one) => verificationIn(one).id)).size).toBe(1);
    expect([...world.kept.keys()].filter((name) => name.includes('SandboxCheck'))).toHaveLength(1);
  });

  it('of a refused order tries anew', async () => {
    const refused = order('SANDBOX-INTERNAL');
    const again = () => world.call('POST /verifications', refused, key);
    expect([problemIn(await again()), problemIn(await again())]).toEqual(['internal', 'internal']);
  });
});

describe('a counter that shows its code first', () => {
  it('is what a weighty purpose needs', async () => {
    const bare = { code: 'SANDBOX-ADULT', purpose: 'bank-account-opening', counter: 'Desk 1' };
    expect(problemIn(await world.call('POST /verifications', bare))).toBe('counter_needed');
    const told = verificationIn(await world.check('SANDBOX-ADULT', 'bank-account-opening', 'Desk 1'));
    expect(told).toMatchObject({ mode: 'bound', stepUp: ['fingerprint', 'face'] });
    // Its session is used up.
    expect(problemIn(await world.call('POST /verifications', bare))).toBe('counter_needed');
  });

  it('is another one at another desk, and at another server', async () => {
    const purpose = 'bank-account-opening';
    await world.call('POST /counters', { purpose, counter: 'Desk 1' });
    const at = (counter: string, caller?: typeof colleague) =>
      world.call('POST /verifications', { code: 'SANDBOX-ADULT', purpose, counter }, undefined, caller);
    expect(problemIn(await at('Desk 2'))).toBe('counter_needed');
    expect(problemIn(await at('Desk 1', colleague))).toBe('counter_needed');
  });

  it('is checked for its own purpose, in its own time, once', async () => {
    const purpose = 'bank-account-opening';
    const hand = (key?: string) =>
      world.call('POST /verifications', { code: 'SANDBOX-ADULT', purpose, counter: 'Desk 1' }, key);
    await world.call('POST /counters', { purpose, counter: 'Desk 1' });
    expect(problemIn(await world.call('POST /verifications', order()))).toBe('purpose_mismatch');
    const both = await Promise.all([hand(), hand()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await world.call('POST /counters', { purpose, counter: 'Desk 1' });
    world.clock.advance(3 * MINUTE);
    expect(problemIn(await hand())).toBe('counter_needed');
  });

  it('hears that it was scanned, or what hinders whoever has', async () => {
    const standing = async (counter: string) => {
      const { body } = await world.call('POST /counters', { purpose: PURPOSE, counter });
      const read = async (caller?: typeof colleague) =>
        world.call(`GET /counters/${body['session'] as string}`, undefined, undefined, caller);
      const before = (await read()).body['state'];
      world.clock.advance(3000);
      expect(problemIn(await read(colleague))).toBe('not_found');
      return [before, (await read()).body];
    };
    expect(await standing('Desk 1')).toEqual(['open', { state: 'claimed', reason: null }]);
    expect(await standing('fingerprint-not-bound')).toEqual([
      'open',
      { state: 'hindered', reason: 'fingerprint_not_bound' },
    ]);
    expect(await standing('adult')).toEqual(['open', { state: 'claimed', reason: null }]);
  });
});

describe('a check that was made', () => {
  it('is read later by its server, names nobody, and takes one word about the look', async () => {
    const { id } = verificationIn(await world.call('POST /verifications', order()));
    const look = (said: string, caller?: typeof colleague) =>
      world.call(`POST /verifications/${id}/look`, { look: said }, undefined, caller);
    expect(problemIn(await look('same', stranger))).toBe('not_found');
    const read = await world.call(`GET /verifications/${id}`);
    expect(read).toMatchObject({ status: 200, body: { id, counter: 'Desk 1', mode: 'shown', look: null } });
    expect(JSON.stringify(read.body)).not.toMatch(/样例|9901/);
    expect(await look('same')).toEqual({ status: 200, body: { look: 'same' } });
    expect(problemIn(await look('different'))).toBe('wrong_step');
    expect((await world.call(`GET /verifications/${id}`)).body['look']).toBe('same');
    expect(problemIn(await world.call(`GET /verifications/${id}`, undefined, undefined, stranger))).toBe('not_found');
    expect(problemIn(await world.call(`GET /verifications/${'0'.repeat(32)}`))).toBe('not_found');
  });

  it('gives a reference that is nothing to another partner', async () => {
    const { reference } = verificationIn(await world.call('POST /verifications', order()));
    expect([await statusOf(reference), await statusOf(reference, colleague)]).toEqual(['valid', 'valid']);
    expect(await statusOf(reference, stranger)).toBe('unknown');
    expect(await statusOf('A'.repeat(86))).toBe('unknown');
  });
});

describe('an order that is repeated', () => {
  it('is still of the session that it has redeemed, where it was interrupted there', async () => {
    const opened = await world.call('POST /counters', { purpose: PURPOSE, counter: 'Desk 1', claims: ['masked_name'] });
    const body = { ...order(), claims: ['masked_name', 'masked_number'] };
    world.interrupted.checks = true;
    expect((await world.call('POST /verifications', body, 'the-very-same-key-1')).status).toBe(500);
    world.interrupted.checks = false;
    const told = verificationIn(await world.call('POST /verifications', body, 'the-very-same-key-1'));
    expect([opened.status, told.mode, Object.keys(told.claims)]).toEqual([200, 'bound', ['masked_name']]);
  });

  it('keeps what was told no longer than it is told again', async () => {
    await world.call('POST /verifications', order(), 'the-very-same-key-2');
    const lives = [...world.kept.values()].filter(({ model }) => ['SandboxTold', 'SandboxCheck'].includes(model));
    const [told, check] = ['SandboxTold', 'SandboxCheck'].map((name) => lives.find(({ model }) => model === name));
    expect((told?.expiresAt ?? 0) - world.clock.now()).toBe(MINUTE);
    expect(check?.expiresAt).toBeGreaterThan(world.clock.now() + 6 * 24 * 60 * MINUTE);
    expect(JSON.stringify(check?.payload)).not.toContain('portrait');
  });
});

describe('a consent that lasts', () => {
  it('is read by its reference until its end, and the card’s status with it', async () => {
    const order = { purpose: 'bank-account-opening', way: { kind: 'number', number: '900000001' } } as const;
    const { session } = await world.ask('900000001', order);
    world.clock.advance(5000);
    const standing = await world.standingOf(session);
    if (standing.kind !== 'answered') throw new Error(standing.kind);
    const holder = await world.sandbox.asks.tellHolder('bank', standing.release);
    const { reference = '', until = 0 } = holder?.lasting ?? {};
    const consent = (caller?: typeof colleague) =>
      world.call(`GET /consents/${reference}`, undefined, undefined, caller);
    expect((await consent()).body).toEqual({ state: 'given', purpose: 'bank-account-opening', until });
    expect([await statusOf(reference), await statusOf(reference, stranger)]).toEqual(['valid', 'unknown']);
    expect(problemIn(await consent(stranger))).toBe('not_found');
    world.clock.advance(until - world.clock.now());
    expect((await consent()).body).toEqual({ state: 'ended', until });
    expect(await statusOf(reference)).toBe('unknown');
  });
});
