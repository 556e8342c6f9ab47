import { accountKey, instant } from '../../../protocol';
import {
  createSendReminder,
  readMessageTemplates,
} from '../../../cloudfunctions/_adapters/cloudbase/subscribe-messages';
import type { LogEntry } from '../../../cloudfunctions/_core/log-entry';
import type { Reminder } from '../../../cloudfunctions/_core/reminders/reminder';

const callWxOpenApi = jest.fn<Promise<unknown>, unknown[]>();
jest.mock('../../../cloudfunctions/_adapters/cloudbase/app', () => ({
  app: { callWxOpenApi: (...given: unknown[]) => callWxOpenApi(...given) },
  database: {},
}));

const OPEN_ID = 'oSomebodyFarAway';
const template = (id: string) => ({ id, title: 'thing1', note: 'thing2' });
const configured = { card_ends: template('of-ends'), case_decided: template('of-decided') };
const reminder: Reminder = {
  kind: 'card_ends',
  account: accountKey('a'.repeat(64)),
  dueAt: instant(0),
  tries: 1,
};

let logged: LogEntry[];
let recipient: string | null;
const send = () =>
  createSendReminder(
    { openRecipient: () => Promise.resolve(recipient) },
    readMessageTemplates(JSON.stringify(configured)),
    (entry) => void logged.push(entry),
  )(reminder);

beforeEach(() => {
  logged = [];
  recipient = OPEN_ID;
  callWxOpenApi.mockReset();
});

it('a message is sent in WeChat’s names, in fields of at most twenty characters', async () => {
  callWxOpenApi.mockResolvedValue({ result: { errcode: 0, errmsg: 'ok' } });
  expect(await send()).toBe('sent');
  const [{ requestData, ...call }] = callWxOpenApi.mock.calls[0] as [
    { requestData: { data: Record<string, { value: string }> } },
  ];
  expect(call).toEqual({ apiName: 'subscribeMessage.send', cgiName: 'commrpcv2' });
  expect(requestData).toMatchObject({ touser: OPEN_ID, template_id: 'of-ends', page: 'pages/home/home' });
  expect(Object.keys(requestData.data)).toEqual(['thing1', 'thing2']);
  for (const { value } of Object.values(requestData.data)) expect([...value].length).toBeLessThanOrEqual(20);
});

it('nobody is asked where the reminder is gone', async () => {
  recipient = null;
  expect([await send(), callWxOpenApi.mock.calls]).toEqual(['declined', []]);
});

it.each<[string, unknown, string]>([
  ['that the permission is used up', { result: { errcode: 43101, errmsg: 'user refuse' } }, 'declined'],
  ['no permission of the function', { result: { errcode: -604101 } }, 'unavailable'],
  ['that the template is unknown', { result: { errcode: 40037 } }, 'unavailable'],
  ['a text', { result: { errcode: '0' } }, 'unavailable'],
  ['the SDK’s own code', { code: 'SYS_ERR' }, 'unavailable'],
  ['nothing', undefined, 'unavailable'],
])('WeChat answers %s', async (_, reply, outcome) => {
  callWxOpenApi.mockResolvedValue(reply);
  expect(await send()).toBe(outcome);
  expect(logged.map(({ event }) => event)).toEqual(outcome === 'unavailable' ? ['MESSAGE_FAULT'] : []);
});

it.each<[unknown, string]>([
  [Object.assign(new Error('ESOCKETTIMEDOUT'), { code: 'ESOCKETTIMEDOUT' }), 'ESOCKETTIMEDOUT'],
  [new Error(`no answer for ${OPEN_ID}`), 'transport'],
  [Object.assign(new Error('x'), { code: `bad openid ${OPEN_ID}` }), 'malformed_answer'],
])('an answer that does not come is told by its code, and by nothing of the user’s', async (error, code) => {
  callWxOpenApi.mockRejectedValue(error);
  expect(await send()).toBe('unavailable');
  expect(logged).toEqual([{ event: 'MESSAGE_FAULT', code }]);
});

it.each([
  ['no kind', 'case_decided', { card_ends: template('of-ends') }],
  ['an id with a blank', 'case_decided', { ...configured, case_decided: template('of decided') }],
  ['no field', 'card_ends', { ...configured, card_ends: { id: 'of-ends', title: 'thing1' } }],
  ['a field that takes no sentence', 'card_ends', { ...configured, card_ends: { ...template('a'), note: 'phrase2' } }],
  ['one field twice', 'case_decided', { ...configured, case_decided: { ...template('a'), note: 'thing1' } }],
  ['nothing', 'card_ends', null],
])('templates with %s are refused at the start, by their kind', (_, kind, given) => {
  expect(() => readMessageTemplates(JSON.stringify(given))).toThrow(`REMINDER_TEMPLATES: ${kind} needs`);
});

it('templates that are no JSON are refused at the start, and not quoted', () => {
  expect(() => readMessageTemplates('{ secret')).toThrow(/^REMINDER_TEMPLATES: this is no JSON; see docs/);
});
