import { inspect } from 'node:util';
import { openIdOf, openPresentCall, type PresentUser } from '../../../cloudfunctions/_adapters/cloudbase/caller';
import { createVerifySoter } from '../../../cloudfunctions/_adapters/cloudbase/soter';
import { createBlindIndex } from '../../../cloudfunctions/_adapters/crypto/blind-index';
import type { LogEntry } from '../../../cloudfunctions/_core/log-entry';

const callWxOpenApi = jest.fn<Promise<unknown>, unknown[]>();
jest.mock('../../../cloudfunctions/_adapters/cloudbase/app', () => ({
  app: { callWxOpenApi: (...given: unknown[]) => callWxOpenApi(...given) },
}));

const OPEN_ID = 'oSomebodyPresent';
const index = createBlindIndex(new Uint8Array(32).fill(3));
const environment = JSON.stringify({ WX_OPENID: OPEN_ID, WX_APPID: 'wx0123456789abcdef' });
const answer = { resultJson: '{"raw":"challenge"}', signature: 'c2ln' };

const userOf = (): PresentUser => {
  const opened = openPresentCall(index)({ action: 'bindFingerprint' }, { request_id: 'r', environment });
  if (!opened) throw new Error('nobody called');
  return opened.caller;
};

let logged: LogEntry[];
const verify = () => createVerifySoter((entry) => void logged.push(entry))(userOf())(answer);

beforeEach(() => {
  logged = [];
  callWxOpenApi.mockReset();
});

describe('the user who is calling', () => {
  it('is seen by the account key alone, whoever prints it or copies it', () => {
    const user = userOf();
    const seen = [JSON.stringify(user), inspect(user, { showHidden: true, depth: 9 }), JSON.stringify({ ...user })];
    expect(seen.join()).not.toContain(OPEN_ID);
    expect(Object.keys(user)).toEqual(['account']);
    expect(openIdOf(user)).toBe(OPEN_ID);
    expect(() => openIdOf({ ...user })).toThrow('nobody is present');
  });

  it('is nobody where WeChat vouches for nobody', () => {
    expect(openPresentCall(index)({ openid: OPEN_ID }, { request_id: 'r' })).toBeNull();
  });
});

describe('WeChat’s word on a signature', () => {
  it('is asked in WeChat’s names, for the user who is calling', async () => {
    callWxOpenApi.mockResolvedValue({ result: { errcode: 0, errmsg: 'ok', is_ok: true } });
    expect(await verify()).toBe('genuine');
    expect(callWxOpenApi.mock.calls[0]?.[0]).toEqual({
      apiName: 'soter.verifySignature',
      cgiName: 'commrpcv2',
      requestData: { openid: OPEN_ID, json_string: answer.resultJson, json_signature: answer.signature },
    });
  });

  it.each<[string, unknown, string]>([
    ['yes, without a code', { result: { is_ok: true } }, 'genuine'],
    ['no', { result: { errcode: 0, errmsg: 'ok', is_ok: false } }, 'forged'],
    ['no permission', { result: { errcode: 48001, errmsg: 'api unauthorized', is_ok: true } }, 'unavailable'],
    ['a yes that is a text', { result: { errcode: 0, is_ok: 'true' } }, 'unavailable'],
    ['a yes that is a number', { result: { errcode: 0, is_ok: 1 } }, 'unavailable'],
    ['a text', { result: 'is_ok' }, 'unavailable'],
    ['nothing', undefined, 'unavailable'],
    ['the SDK’s own code', { code: 'SYS_ERR', message: 'system error' }, 'unavailable'],
  ])('%s', async (_, reply, word) => {
    callWxOpenApi.mockResolvedValue(reply);
    expect(await verify()).toBe(word);
    expect(logged.map(({ event }) => event)).toEqual(word === 'unavailable' ? ['SOTER_FAULT'] : []);
  });

  it.each<[unknown, string]>([
    [Object.assign(new Error('ESOCKETTIMEDOUT'), { code: 'ESOCKETTIMEDOUT' }), 'ESOCKETTIMEDOUT'],
    [new Error(`no answer for ${OPEN_ID}`), 'transport'],
    [Object.assign(new Error('x'), { code: `bad openid ${OPEN_ID}` }), 'transport'],
  ])('that does not come is told by its code, and by nothing of the user’s', async (error, code) => {
    callWxOpenApi.mockRejectedValue(error);
    expect(await verify()).toBe('unavailable');
    expect(logged).toEqual([{ event: 'SOTER_FAULT', code }]);
  });
});
