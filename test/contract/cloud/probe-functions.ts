import { createRequire } from 'node:module';
import { cloudFunction, collection, startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

const sdk = JSON.stringify(createRequire(__filename).resolve('@cloudbase/node-sdk'));

/** A function that does what its event says. */
const probe = `
const tcb = require(${sdk});
let calls = 0;
let running = 0;
const acts = {
  who: (event, context) => ({ pid: process.pid, calls, event, context, env: { ...process.env }, argv: process.execArgv }),
  identity: (event, context) => ({
    pid: process.pid,
    sticky: process.env.WX_OPENID ?? null,
    parsed: tcb.parseContext(context).environment.WX_OPENID ?? null,
  }),
  // Goes on until the file is there: whoever calls sees all that runs at once, however slow the machine.
  hold: async ({ file }) => {
    while (!require('node:fs').existsSync(file)) await new Promise((done) => setTimeout(done, 10));
    return { pid: process.pid, running };
  },
  work: async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return { pid: process.pid, running }; },
  spin: () => { for (;;); },
  eat: async () => { const eaten = []; for (;;) { eaten.push(Buffer.alloc(8e6, 1)); await new Promise((done) => setTimeout(done, 5)); } },
  exit: () => process.exit(7),
  killed: () => process.kill(process.pid, 'SIGKILL'),
  late: () => { setTimeout(() => Promise.reject(new Error('late')), 1); return new Promise(() => {}); },
  fail: () => { throw new Error('the reason'); },
  large: ({ bytes }) => 'x'.repeat(bytes),
  circular: () => { const a = {}; a.a = a; return a; },
  nothing: () => undefined,
  speak: ({ text }) => { console.log(text); console.error('to stderr: ' + text); return null; },
  database: async ({ id }) => {
    const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
    return app.database().collection('plain').add({ _id: id });
  },
  respond: ({ reply }) => reply,
};
exports.main = async (event, context) => {
  calls += 1;
  running += 1;
  const act = event.do ?? JSON.parse(event.body || '{"do":"who"}').do;
  try { return await acts[act](event.body ? { ...JSON.parse(event.body), ...event } : event, context); } finally { running -= 1; }
};`;

/** Starts a cloud with functions that do what their event says, under different declarations. */
export const startProbes = (): Promise<CloudUnderTest> =>
  startCloudUnderTest(
    {
      collections: [collection('plain')],
      functions: [
        cloudFunction('probe', { environment: ['DECLARED'] }),
        cloudFunction('hasty', { timeoutSeconds: 1 }),
        cloudFunction('small', { memoryMb: 128 }),
        cloudFunction('private', { invokedBy: ['function'] }),
        cloudFunction('wechat', { invokedBy: ['wechat'] }),
        cloudFunction('unset', { environment: ['FIRST', 'SECOND'] }),
        cloudFunction('unbuilt'),
        cloudFunction('broken'),
        cloudFunction('mainless'),
      ],
      routes: [
        { path: '/probe', function: 'probe' },
        { path: '/probe/private', function: 'private' },
        { path: '/hasty', function: 'hasty' },
      ],
    },
    {
      ...Object.fromEntries(['probe', 'hasty', 'small', 'private', 'wechat', 'unset'].map((name) => [name, probe])),
      broken: 'throw new Error("does not load")',
      mainless: 'exports.handler = () => 1',
    },
    () => ({ DECLARED: 'declared', UNDECLARED: 'undeclared', FIRST: '1' }),
  );

/** What `wx.cloud.callFunction` answers. */
export interface ClientAnswer {
  readonly errMsg: string;
  readonly errCode?: number;
  readonly result?: Record<string, unknown>;
  readonly requestID?: string;
}

/** Calls a function as another function does, through the SDK. */
export const callBySdk = async (under: CloudUnderTest, name: string, data: object): Promise<Record<string, unknown>> =>
  (await under.app.callFunction({ name, data })).result as Record<string, unknown>;

/** Calls a function as the mini-program does. */
export const callByWechat = async (
  under: CloudUnderTest,
  name: string,
  data: unknown,
  openId: string | null = 'oAlice',
): Promise<ClientAnswer> => {
  const headers: Record<string, string> = openId === null ? {} : { 'x-local-openid': openId };
  const body = JSON.stringify(data);
  const response = await fetch(`${under.cloud.url}/wx/call/${name}`, { method: 'POST', headers, body });
  return (await response.json()) as ClientAnswer;
};
