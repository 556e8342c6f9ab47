import fc from 'fast-check';
import { refusal, type Client } from '../support/ecosystem/client';
import { watchAdminCalls, type AdminCalls } from '../support/ecosystem/admin-calls';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { placesOf, pointer, requestSchemas, sampleOf, withAt } from '../support/ecosystem/request-schemas';

let world: EcosystemUnderTest;
let calls: AdminCalls;
let attacker: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  calls = watchAdminCalls(world.cloud);
  attacker = world.client('oAttackerWithJson');
}, START_TIMEOUT);
afterAll(async () => {
  calls.close();
  await world.close();
});

/** What no text of a request may be: none of it may reach a query. */
const hostile: readonly unknown[] = [
  { $gt: '' },
  { $ne: null },
  { $regex: '.*' },
  { $where: 'sleep(1000)' },
  { 'card.status': 'valid' },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  { constructor: { prototype: {} } },
  { toString: 'x' },
  { $numberLong: '1' },
  { $date: 0 },
  [],
  [{ $gt: '' }],
  ['a1'.repeat(16)],
  null,
  true,
  0,
  -1,
  1e308,
  '',
  '\u0000',
  `${'a1'.repeat(16)}\n`,
  'x'.repeat(100_000),
  '../../etc/passwd',
  '\ud800',
];

/** What no number of a request may be. */
const noNumbers: readonly unknown[] = [
  ...hostile.filter((value) => value !== 0),
  0.5,
  -1,
  Number.MAX_SAFE_INTEGER,
  '0',
  { $lt: 1e15 },
];

/** Every third of them, another third at each place: each is tried at many places, and at each place a fair share. */
const thirdOf = (values: readonly unknown[], ordinal: number): readonly unknown[] =>
  values.filter((_, at) => (at + ordinal) % 3 === 0);

const extraKeys = ['$where', '$or', 'a.b', '__proto__', 'constructor', 'openid', '_openid', '_id', ''];

/** The function that knows the request's action. */
const functionOf = async (sample: unknown): Promise<string> => {
  for (const name of ['holder', 'verifier', 'operator']) {
    const reply = JSON.stringify(await attacker.ask(name, sample));
    if (!reply.includes('"at":"/action"')) return name;
  }
  throw new Error('no function knows this action');
};

describe.each(requestSchemas)('%s', (_name, schema) => {
  const sample = sampleOf(schema);
  const { texts, numbers, objects } = placesOf(schema);
  let target: string;

  beforeAll(async () => {
    target = await functionOf(sample);
  });

  it('passes its schema as a sample, and then asks the database', async () => {
    const before = calls.count();
    expect(JSON.stringify(await attacker.ask(target, sample))).not.toContain('request_invalid');
    expect(calls.count()).toBeGreaterThan(before);
  });

  it.each(
    [texts.map((place) => [place, hostile] as const), numbers.map((place) => [place, noNumbers] as const)]
      .flat()
      .map(([place, values], ordinal) => [pointer(place), place, thirdOf(values, ordinal)] as const),
  )(
    'is refused with anything but its text or number at %s, before any call to the database',
    async (at, place, values) => {
      const before = calls.count();
      for (const value of values) {
        const reply = refusal(attacker.ask(target, withAt(sample, place, value)));
        expect(await reply).toEqual({ code: 'request_invalid', at });
      }
      expect(calls.count()).toBe(before);
    },
  );

  it.each(objects.map((place) => [pointer(place), place] as const))(
    'is refused with a key more in "%s", and the key is not repeated',
    async (at, place) => {
      const before = calls.count();
      for (const key of extraKeys) {
        const request = withAt(sample, [...place, key], { $gt: '' });
        expect(await refusal(attacker.ask(target, request))).toEqual({ code: 'request_invalid', at });
      }
      expect(calls.count()).toBe(before);
    },
  );

  it('is refused without any one of the keys that it must have', async () => {
    const before = calls.count();
    const whole = sample as Readonly<Record<string, unknown>>;
    for (const key of schema.required ?? []) {
      const { [key]: _left, ...rest } = whole;
      expect((await refusal(attacker.ask(target, rest))).code).toBe('request_invalid');
    }
    expect(calls.count()).toBe(before);
  });
});

describe.each(['holder', 'verifier', 'operator'])('%s', (target) => {
  it('refuses whatever else is JSON, and asks the database nothing', async () => {
    const before = calls.count();
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), async (event) => {
        expect((await refusal(attacker.ask(target, event))).code).toBe('request_invalid');
      }),
      { numRuns: 60 },
    );
    expect(calls.count()).toBe(before);
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"getCard"'],
    ['null', 'null'],
    ['no JSON', '{"action":'],
    ['very deep', `{"action":"getCard","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['very long', JSON.stringify({ action: 'getCard', x: 'x'.repeat(7_000_000) })],
  ])('does not answer %s, and lives on', async (_what, text) => {
    const before = calls.count();
    const { result, errCode } = await attacker.call(target, text);
    expect(errCode !== undefined || JSON.stringify(result).includes('request_invalid')).toBe(true);
    expect(calls.count()).toBe(before);
    expect((await refusal(attacker.ask(target, { action: 'none' }))).code).toBe('request_invalid');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'knows no action called %s',
    async (action) => {
      expect(await refusal(attacker.ask(target, { action }))).toEqual({ code: 'request_invalid', at: '/action' });
    },
  );
});

it('leaves nothing of what was sent in the log', () => {
  const written = world.log.lines.map(({ line }) => line).join('\n');
  expect(written).toContain('CALL_REFUSED');
  for (const trace of ['$gt', '$where', 'isAdmin', 'etc/passwd', 'xxxx', 'a1a1', 'oAttacker'])
    expect(written).not.toContain(trace);
});
