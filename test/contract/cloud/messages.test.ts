import { cloudFunction, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const API = 'subscribeMessage.send';
const TEMPLATE = 'parcel-is-here';
const messageTemplates = {
  [TEMPLATE]: { title: 'Parcel', fields: { thing1: 'What', thing2: 'Note' } },
  'parcel-is-late': { title: 'Delay', fields: { thing1: 'What', thing2: 'Note' } },
};

let under: CloudUnderTest;
beforeAll(async () => {
  const functions = [cloudFunction('telling', { openApis: [API] })];
  under = await startCloudUnderTest({ functions }, {}, undefined, { messageTemplates });
});
afterAll(() => under.close());

const asUser = async (openId: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const headers = { 'x-local-openid': openId };
  const call = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  return (await (await fetch(`${under.cloud.url}${path}`, call)).json()) as Record<string, unknown>;
};
const allow = (openId: string, template: unknown = TEMPLATE) => asUser(openId, '/wx/subscribe', { template });
const read = async (openId: string, after = 0) =>
  (await asUser(openId, `/wx/messages?after=${String(after)}`))['messages'] as { id: number; sentAt: number }[];

const words = (thing1: unknown = 'Title', thing2: unknown = 'Note') => ({
  thing1: { value: thing1 },
  thing2: { value: thing2 },
});
const send = async (touser: unknown, more: object = {}): Promise<unknown> => {
  const requestData = { touser, template_id: TEMPLATE, page: 'pages/home/home', data: words(), ...more };
  return (await under.app.callWxOpenApi({ apiName: API, cgiName: 'commrpcv2', requestData })).result as unknown;
};

describe('WeChat’s subscribe messages, as the stand-in sends them', () => {
  it('come once for each permission, to who gave it, in their order', async () => {
    expect(await send('oAlice')).toMatchObject({ errcode: 43101 });
    for (let times = 0; times < 2; times += 1)
      expect(await allow('oAlice')).toEqual({ errMsg: 'requestSubscribeMessage:ok' });
    expect(await send('oAlice', { template_id: 'parcel-is-late' })).toMatchObject({ errcode: 43101 });
    expect(await send('oBob')).toMatchObject({ errcode: 43101 });
    expect(await send('oAlice', { data: words('First') })).toEqual({ errcode: 0, errmsg: 'ok' });
    await under.restart();
    expect(await send('oAlice', { data: words('Second') })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await send('oAlice')).toMatchObject({ errcode: 43101 });
    const messages = await read('oAlice');
    const lines = (first: string) => [
      { label: 'What', value: first },
      { label: 'Note', value: 'Note' },
    ];
    expect(messages).toMatchObject([
      { template: TEMPLATE, title: 'Parcel', lines: lines('First'), page: 'pages/home/home' },
      { lines: lines('Second') },
    ]);
    expect(await read('oAlice', messages[0]?.id)).toEqual(messages.slice(1));
    expect(await read('oBob')).toEqual([]);
  });

  it('of two at the same time, one permission lets one through', async () => {
    await allow('oCarol');
    const sent = (await Promise.all([send('oCarol'), send('oCarol')])) as { errcode: number }[];
    expect(sent.map(({ errcode }) => errcode).sort()).toEqual([0, 43101]);
    expect(await read('oCarol')).toHaveLength(1);
  });

  it.each<[string, unknown, object, number]>([
    ['no open id', undefined, {}, 40003],
    ['an open id that is none', 'o Dora', {}, 40003],
    ['no template', 'oDora', { template_id: undefined }, 40037],
    ['a template that is not approved', 'oDora', { template_id: 'toString' }, 40037],
    ['no data', 'oDora', { data: undefined }, 47003],
    ['a field that the template has not', 'oDora', { data: { ...words(), thing3: { value: 'x' } } }, 47003],
    ['a field less', 'oDora', { data: { thing1: { value: 'x' } } }, 47003],
    ['an empty field', 'oDora', { data: words('') }, 47003],
    ['a field that is a number', 'oDora', { data: words(1) }, 47003],
    ['a thing of 21 characters', 'oDora', { data: words('字'.repeat(21)) }, 47003],
  ])('are refused with %s by WeChat’s code, and use up nothing', async (_, touser, more, errcode) => {
    await allow('oDora');
    expect(await send(touser, more)).toMatchObject({ errcode });
    expect(await send('oDora', { data: words('字'.repeat(20)) })).toMatchObject({ errcode: 0 });
  });

  it('are permitted for approved templates alone, by who is logged in', async () => {
    expect(await allow('oErin', 'other')).toMatchObject({ errCode: -501007 });
    expect(await allow('oErin', 7)).toHaveProperty('errCode');
    const response = await fetch(`${under.cloud.url}/wx/messages`);
    expect(await response.json()).toMatchObject({ errCode: -501023 });
    expect(await asUser('oErin', '/wx/messages?after=-1')).toMatchObject({ errCode: -501007 });
  });

  it('are sent by nobody where no function declares it', async () => {
    const other = await startCloudUnderTest({ functions: [cloudFunction('silent')] });
    try {
      const requestData = { touser: 'oAlice', template_id: TEMPLATE, data: words() };
      expect((await other.app.callWxOpenApi({ apiName: API, requestData })).result).toMatchObject({ errcode: -604101 });
    } finally {
      await other.close();
    }
  });
});
