import { createCounterCode, type SessionHandle } from '../../protocol';
import type { HttpReply } from '../../cloudfunctions/_adapters/runtime/http-event';
import type { LoadPartner } from '../../cloudfunctions/_core/partners/partner-ports';
import { createPhone } from '../../cloudfunctions/sandbox/phone';
import { createSandboxWorld, problemIn, type SandboxWorld } from '../support/sandbox-world';

const NAMES = { zh: '<b>银行</b>', en: '<script>alert(1)</script> & "Bank"' };
const loadPartner: LoadPartner = () => Promise.resolve({ names: NAMES } as never);

let world: SandboxWorld;
let session: SessionHandle;
/** Opens the page, or sends its form where there are fields. */
let send: (path: string, query: Readonly<Record<string, string>>, body?: string, method?: string) => Promise<HttpReply>;

beforeEach(async () => {
  world = createSandboxWorld();
  const phone = createPhone({
    sessions: world.sandbox.sessions,
    loadPartner,
    base: '/sandbox',
    problemsOf: 'https://id.example',
  });
  send = async (path, query, body = '', method = body === '' ? 'GET' : 'POST') => {
    const headers = new Map([['accept-language', 'en']]);
    const reply = await phone({ method, path, query: new Map(Object.entries(query)), headers, body });
    if (!reply) throw new Error('it is not the phone’s path');
    return reply;
  };
  ({ session } = await world.ask('', { way: { kind: 'scan' } }));
});

const standing = async () => {
  world.clock.advance(5000);
  return world.standingOf(session);
};
const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

describe('the page in the place of a phone', () => {
  it('takes nothing of a partner’s name or of a code for HTML', async () => {
    const { body, headers } = await send('/phone', { code: createCounterCode(session) });
    expect(body).not.toContain(NAMES.en);
    expect(body).toContain('&#60;script&#62;');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    const echoed = await send('/phone', { code: '"><script>alert(1)</script>' });
    expect(echoed.statusCode).toBe(404);
    expect(echoed.body).not.toContain('<script>');
  });

  it.each<[string, { readonly code?: string | true; readonly outcome?: string }]>([
    ['no code', {}],
    ['no outcome', { code: true }],
    ['an outcome of no table', { code: true, outcome: 'answered' }],
    ['the name of a property', { code: true, outcome: 'constructor' }],
    ['one that a number alone forces', { code: true, outcome: 'quota_used' }],
    ['another code', { code: 'wechat-id:counter:BBBBBBBBBBBBBBBBBBBBBB', outcome: 'adult' }],
    ['a handle without its code', { code: 'handle', outcome: 'adult' }],
    ['a code that goes on', { code: 'longer', outcome: 'adult' }],
    ['a very long code', { code: 'w'.repeat(100_000), outcome: 'adult' }],
  ])('forces nothing by %s', async (_, fields) => {
    const own = createCounterCode(session);
    const named = { handle: session, longer: `${own}A` } as Readonly<Record<string, string>>;
    const code = fields.code === true ? own : (named[fields.code ?? ''] ?? fields.code ?? '');
    const { statusCode } = await send('/phone', {}, form({ code, outcome: fields.outcome ?? '' }));
    expect(statusCode).toBe(404);
    expect(await standing()).toEqual({ kind: 'waiting', isClaimed: false });
  });

  it('forces nothing by an address alone, whatever it names', async () => {
    const query = { code: createCounterCode(session), outcome: 'adult' };
    expect((await send('/phone', query)).statusCode).toBe(200);
    for (const method of ['PUT', 'DELETE', 'HEAD', ''])
      expect((await send('/phone', query, '', method)).statusCode).toBe(405);
    expect(await standing()).toEqual({ kind: 'waiting', isClaimed: false });
  });

  it('shows no session of a counter, which is no ask', async () => {
    const { body } = await world.call('POST /counters', { purpose: 'age-check', counter: 'Desk 1' });
    expect((await send('/phone', { code: body['code'] as string })).statusCode).toBe(404);
  });

  it('has one choice stand of all that are made at once', async () => {
    const outcomes = ['adult', 'declines', 'card-limited', 'silent'];
    const code = createCounterCode(session);
    const replies = await Promise.all(outcomes.map((outcome) => send('/phone', {}, form({ code, outcome }))));
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });
});

describe('an order at the sandbox', () => {
  const order = { code: 'SANDBOX-ADULT', purpose: 'age-check', counter: 'Desk 1' };

  it.each([
    ['a code in small letters', { code: 'sandbox-adult' }],
    ['a query for a code', { code: { $ne: '' } }],
    ['no code', { code: '' }],
    ['another property', { person: 'adult' }],
    ['another purpose', { purpose: 'SANDBOX' }],
    ['a counter with a path in its name', { counter: '../desk' }],
  ])('is refused as by the service for %s', async (_, change) =>
    expect(problemIn(await world.call('POST /verifications', { ...order, ...change }))).toBe('request_invalid'),
  );

  it.each([
    ['SANDBOX-ADULT-'],
    ['SANDBOX-ADULT SANDBOX-ADULT'],
    [' SANDBOX-ADULT'],
    ['SANDBOX-__PROTO__'],
    ['SANDBOX:ADULT'],
  ])('takes no code that is only like one: %s', async (code) =>
    expect(['code_not_recognised', 'request_invalid']).toContain(
      problemIn(await world.call('POST /verifications', { ...order, code })),
    ),
  );

  it('refuses a key that is none', async () => {
    for (const key of ['short', 'x'.repeat(65), 'with a blank in it', ''])
      expect(problemIn(await world.call('POST /verifications', order, key))).toBe('request_invalid');
  });
});

describe('an ask at the sandbox', () => {
  it.each([['900000001 '], ['９００００0001'], ['0900000001'], ['+90000001'], ['900000099']])(
    'waits in vain under what is only like a number of the table: %s',
    async (number) => {
      ({ session } = await world.ask(number));
      expect(await standing()).toEqual({ kind: 'waiting', isClaimed: false });
    },
  );
});
