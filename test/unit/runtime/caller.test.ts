import fc from 'fast-check';
import { openUserCall } from '../../../cloudfunctions/_adapters/cloudbase/caller';
import { createBlindIndex } from '../../../cloudfunctions/_adapters/crypto/blind-index';

const index = createBlindIndex(new Uint8Array(32).fill(3));
const own = { WX_OPENID: 'oOwn_open-id', WX_APPID: 'wx0123456789abcdef' };
const account = index.ofAccount({ superApp: 'wechat', appId: own.WX_APPID, openId: own.WX_OPENID });
const said = { action: 'getCard' };
/** The account that a context names, whatever the event says. */
const callerOf = (context: unknown): string | null =>
  openUserCall(index)({ ...said, ...own, openid: own.WX_OPENID }, context)?.caller ?? null;

const inJson = (environment: unknown): object => ({ request_id: 'r', environment: JSON.stringify(environment) });
const inText = (environ: string): object => ({ request_id: 'r', environ });

describe('the caller', () => {
  const before = { ...process.env };
  beforeEach(() => {
    // What a warm instance keeps of the call before.
    process.env['WX_OPENID'] = 'oSomebodyElse';
    process.env['WX_APPID'] = 'wxffffffffffffffff';
    process.env['WX_CONTEXT_KEYS'] = 'WX_OPENID,WX_APPID';
    process.env['TCB_CONTEXT_KEYS'] = 'WX_OPENID,WX_APPID';
  });
  afterEach(() => {
    process.env = { ...before };
  });

  it('is read from the environment of this invocation', () => {
    expect(callerOf(inJson(own))).toBe(account);
    expect(callerOf(inJson({ ...own, WX_UNIONID: 'u', TCB_ENV: 'e' }))).toBe(account);
  });

  it('is not read from the older form, to which any value with a semicolon can add', () => {
    expect(callerOf(inText(`TCB_ENV=e;WX_OPENID=${own.WX_OPENID};WX_APPID=${own.WX_APPID}`))).toBeNull();
    expect(
      callerOf({ ...inText(`WX_OPENID=oOther;WX_APPID=wx;CITY=x;WX_OPENID=oVictim`), environment: '' }),
    ).toBeNull();
  });

  it('by the newer form counts where both are there', () => {
    const both = { ...inJson(own), environ: 'WX_OPENID=oOther;WX_APPID=wxother' };
    expect(callerOf(both)).toBe(account);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', JSON.stringify(own)],
    ['a number', 7],
    ['a function', () => own],
    ['a list', [own]],
    ['an empty object', {}],
    ['the names of the caller on the context itself', own],
    ['an environment that is no text', { environment: own }],
    ['an environment that is no JSON', { environment: '{' }],
    ['an environment of null', { environment: 'null' }],
    ['an environment that is a list', inJson([own])],
    ['an environment that is a text', inJson('WX_OPENID')],
    ['an empty environment', inJson({})],
    ['an open id alone', inJson({ WX_OPENID: own.WX_OPENID })],
    ['an app id alone', inJson({ WX_APPID: own.WX_APPID })],
    ['an empty open id', inJson({ ...own, WX_OPENID: '' })],
    ['an open id that is an object', inJson({ ...own, WX_OPENID: { $ne: null } })],
    ['an open id that is a list', inJson({ ...own, WX_OPENID: [own.WX_OPENID] })],
    ['an open id with a line after it', inJson({ ...own, WX_OPENID: `${own.WX_OPENID}\n` })],
    ['an open id with a separator', inJson({ ...own, WX_OPENID: 'a;WX_OPENID=b' })],
    ['an open id of 65 characters', inJson({ ...own, WX_OPENID: 'o'.repeat(65) })],
    ['open ids joined by a comma', inText(`WX_OPENID=a,b;WX_APPID=${own.WX_APPID}`)],
    ['an older form that is no text', { environ: { ...own } }],
    ['an older form that is empty', inText('')],
    ['names that only a prototype has', inJson({ ['__proto__']: own })],
    ['a prototype in JSON', { environment: `{"__proto__":${JSON.stringify(own)}}` }],
    ['a prototype in the older form', inText(`__proto__=WX_OPENID,WX_APPID`)],
    [
      'an environment that throws when it is read',
      Object.defineProperty({}, 'environment', { get: () => JSON.parse('{') as never }),
    ],
  ])('is nobody in %s, whoever called before', (_, context) => {
    expect(callerOf(context)).toBeNull();
  });

  it('is nobody in any context that names none, and reading never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ environment: fc.json() }), fc.record({ environ: fc.string() })),
        (context) => {
          expect(callerOf(context)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a user’s call', () => {
  it('knows the account by its keyed hash, and hears nothing of what the platform or a liar put into the event', () => {
    const event = { action: 'getCard', userInfo: { openId: 'oLiar' }, tcbContext: { WX_OPENID: 'oLiar' } };
    expect(openUserCall(index)(event, inJson(own))).toEqual({
      caller: account,
      said,
    });
  });

  it('hands a liar’s own names on, for the schema to refuse', () => {
    const event = { action: 'getCard', WX_OPENID: 'oLiar', openid: 'oLiar' };
    const opened = openUserCall(index)(event, inJson(own));
    expect(opened?.caller).toBe(account);
    expect(opened?.said).toEqual(event);
  });

  it.each([null, undefined, 'getCard', 4])('hands on an event that is no object as it is: %s', (event) => {
    expect(openUserCall(index)(event, inJson(own))?.said).toBe(event);
  });
});
