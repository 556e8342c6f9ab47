import { validators } from '../../../protocol';
import type { LogEntry } from '../../../cloudfunctions/_core/log-entry';
import { done, refuse } from '../../../cloudfunctions/_core/result';
import { action, serve } from '../../../cloudfunctions/_adapters/runtime/serve';

const canary = 'CANARY-林晓梅-11010519900517024X';
const request = { action: 'redeemCode', code: 'ABC', purpose: 'parcel-pickup', requestId: '0'.repeat(32) };

let printed: string[] = [];
const entries = (): LogEntry[] => printed.map((line) => JSON.parse(line) as LogEntry);

beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());

type Run = Parameters<typeof action<string, unknown>>[1];

/** A function whose only use case is the given one; the caller is whoever the context says. */
const served = (run: Run) =>
  serve<string>(
    'verifier',
    (event, context) => (typeof context === 'string' ? { caller: context, said: event } : null),
    { redeemCode: action(validators.RedeemCodeRequest, run) },
  );
const neverRun: Run = () => Promise.reject(new Error('must not be run'));
const noise = { code: canary, [canary]: canary, openid: canary };

describe('a call', () => {
  it('that its use case takes is replied to as the use case says, and logged by name alone', async () => {
    const seen: unknown[] = [];
    const main = served((caller, said) => {
      seen.push(caller, said);
      return Promise.resolve(done({ ok: true, secret: canary } as const));
    });
    expect(await main(request, 'caller')).toEqual({ ok: true, secret: canary });
    expect(seen).toEqual(['caller', request]);
    expect(entries().map(({ event }) => event)).toEqual(['CALL_STARTED', 'CALL_COMPLETED']);
    expect(printed.join()).not.toContain('CANARY');
  });

  it('that its use case refuses hears the refusal', async () => {
    const main = served(() => Promise.resolve(refuse('code_expired', { triesLeft: 2 })));
    expect(await main(request, 'caller')).toEqual({ ok: false, error: { code: 'code_expired', triesLeft: 2 } });
    expect(entries().at(-1)).toMatchObject({ event: 'CALL_REFUSED', action: 'redeemCode', code: 'code_expired' });
  });

  it('of nobody is not even read', async () => {
    const touched = (): never => {
      throw new Error('must not be read');
    };
    const hostile = new Proxy({}, { get: touched, has: touched, ownKeys: touched });
    expect(await served(neverRun)(hostile, null)).toEqual({ ok: false, error: { code: 'caller_unknown' } });
    expect(entries()).toMatchObject([{ event: 'CALL_REFUSED', action: 'unknown', code: 'caller_unknown' }]);
  });

  it.each([
    [{ ...request, action: canary }],
    [{ ...request, action: 'constructor' }],
    [{ ...request, action: '__proto__' }],
    [{ ...request, action: 'toString' }],
    [{ ...request, action: ['redeemCode'] }],
    [{ ...request, action: undefined }],
    [[request]],
    ['redeemCode'],
    [null],
    [undefined],
    [42],
  ])('of an action that is none is refused: %j', async (event) => {
    expect(await served(neverRun)(event, 'caller')).toEqual({
      ok: false,
      error: { code: 'request_invalid', at: '/action' },
    });
    expect(printed.join()).not.toContain('CANARY');
  });

  it.each<[string, unknown, string]>([
    ['a name that is not of the schema', { ...request, [canary]: 1 }, ''],
    ['a name that every object has', JSON.parse(`{"__proto__":1,${JSON.stringify(request).slice(1)}`), ''],
    ['a missing name', { ...request, code: undefined }, ''],
    ['another type', { ...request, code: { $ne: canary } }, '/code'],
    ['a list where one is wanted', { ...request, code: [canary] }, '/code'],
    ['a purpose that is none', { ...request, purpose: canary }, '/purpose'],
    ['a request id of another length', { ...request, requestId: canary }, '/requestId'],
    ['too long a text', { ...request, code: 'A'.repeat(401) }, '/code'],
  ])('with %s is told the place by the schema’s own names alone', async (_, event, at) => {
    const reply = await served(neverRun)(event, 'caller');
    expect(reply).toEqual({ ok: false, error: { code: 'request_invalid', at } });
    expect(printed.join() + JSON.stringify(reply)).not.toContain('CANARY');
    expect(entries().at(-1)).toMatchObject({ event: 'CALL_REFUSED', code: 'request_invalid' });
  });
});

describe('what is thrown', () => {
  const coded = (code: unknown, name?: string): Error =>
    Object.assign(new Error(canary), { code, ...(name && { name }) });
  /** What a careless library throws. */
  const notAnError = (thrown: unknown): Error => thrown as Error;
  class NamedAfterwards extends Error {
    override readonly name = 'StorageError';
  }

  it.each<[string, Error]>([
    ['an error that quotes', new Error(canary)],
    ['a type error of the engine’s', new TypeError(canary)],
    ['a named error', new NamedAfterwards(canary)],
    ['an error with a cause that quotes', new Error('outer', { cause: new Error(canary) })],
    ['an error whose message looks like a place', new Error(`lost\n    at ${canary}:12:3`)],
    ['an error whose message looks like a place in brackets', new Error(`lost\n    at read (${canary}:12:3)\n`)],
    [
      'an error whose message looks like a file',
      new Error('lost\n    at read (/home/CANARY.js:12:3)\n    at CANARY.ts:1:1'),
    ],
    ['an error whose message was changed', Object.assign(new Error(`x\n    at ${canary}:1:1`), { message: 'other' })],
    ['an error with a stack of its own', Object.assign(new Error('x'), { stack: `x\n    at ${canary}:1:1` })],
    ['an error whose code quotes', coded(`failed for ${canary}`)],
    ['an error whose name quotes', coded('E', `Error of ${canary}`)],
    ['an error with a code that is no text', coded({ canary })],
    ['a text', notAnError(canary)],
    ['an object', notAnError({ message: canary, code: canary })],
    ['nothing', notAnError(undefined)],
  ])('is internal, and says nothing: %s', async (_, thrown) => {
    const reply = await served(() => Promise.reject(thrown))(request, 'caller');
    expect(reply).toEqual({ ok: false, error: { code: 'internal' } });
    expect(printed.join()).not.toContain('CANARY');
    expect(entries().at(-1)).toMatchObject({ event: 'CALL_FAILED', function: 'verifier', action: 'redeemCode' });
  });

  it('is found again by class, code and place', async () => {
    const thrown = Object.assign(new RangeError(canary), { code: 'ECONNRESET' });
    await served(() => Promise.reject(thrown))(request, 'caller');
    const last = entries().at(-1);
    expect(last?.event === 'CALL_FAILED' && last.fault).toMatch(
      /^RangeError ECONNRESET at unit\/runtime\/serve\.test\.ts:\d+:\d+$/,
    );
  });

  it('by the opening of the call is internal, too', async () => {
    const open = (): never => JSON.parse(`"${canary}`) as never;
    expect(await serve('proofing', open, {})(noise, {})).toEqual({ ok: false, error: { code: 'internal' } });
    expect(printed.join()).not.toContain('CANARY');
  });

  it('of the engine quotes nothing of what was parsed', async () => {
    const text = `{"a": \n    at ${canary}:1:1`;
    await served(() => Promise.resolve(done(JSON.parse(text) as { ok: true })))(request, 'caller');
    expect(entries().at(-1)).toMatchObject({ event: 'CALL_FAILED' });
    expect(printed.join()).not.toContain('CANARY');
  });
});
