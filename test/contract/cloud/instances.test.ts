import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudFunction, isRunning, refusal, startCloudUnderTest, until, type CloudUnderTest } from './cloud-under-test';
import { callByWechat, type ClientAnswer } from './probe-functions';
import { askTool, callsSince } from './tools-client';

const source = `
const fs = require('node:fs');
const acts = {
  who: () => ({ pid: process.pid, openId: process.env.WX_OPENID ?? null, trigger: process.env.TCB_SOURCE ?? null, own: process.env.OWN }),
  dieLater: () => { setTimeout(() => process.exit(3), 1); return process.pid; },
  flood: ({ bytes }) => { const part = 'x'.repeat(65536); for (let n = 0; n < bytes; n += part.length) fs.writeSync(1, part); return null; },
  lines: ({ count }) => { for (let n = 0; n < count; n += 1) console.log('line ' + n); return null; },
  speak: ({ text }) => { console.log(text); return null; },
  hold: async ({ file }) => { fs.writeFileSync(file + '.begun', ''); while (!fs.existsSync(file)) await new Promise((done) => setTimeout(done, 5)); return null; },
  bigint: () => 10n,
  never: () => new Promise(() => {}),
  spin: ({ file }) => { fs.writeFileSync(file, String(process.pid)); for (;;); },
  hostile: () => { const error = new Error('x'); Object.defineProperty(error, 'stack', { get() { throw new Error('no'); } }); throw error; },
  loud: () => { throw new Error('y'.repeat(10_000_000)); },
  garbage: ({ line }) => { fs.writeSync(3, line + '\\n'); return new Promise(() => {}); },
  endlessLine: () => { const part = Buffer.alloc(1 << 20, 'x'); for (;;) try { fs.writeSync(3, part); } catch (error) { if (error.code !== 'EAGAIN') throw error; } },
  closed: () => { fs.closeSync(3); return new Promise(() => {}); },
  forge: async ({ file }, { request_id: requestId }) => {
    fs.writeSync(3, JSON.stringify({ kind: 'result', requestId, json: '"forged"' }) + '\\n');
    await acts.hold({ file });
    setTimeout(() => fs.writeFileSync(file + '.answered', ''), 1);
    return 'late';
  },
  parent: async () => {
    const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit' });
    return { pid: process.pid, child: child.pid };
  },
};
exports.main = (event, context) => acts[event.body ? JSON.parse(event.body).do : event.do](event, context);`;

const endless = (file: string) =>
  `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); for (;;);`;

let folder: string;
let under: CloudUnderTest;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'instances-'));
  under = await startCloudUnderTest(
    {
      functions: ['probe', 'other', 'leaving', 'endless'].map((name) => cloudFunction(name, { environment: ['OWN'] })),
      routes: [{ path: '/probe', function: 'probe' }],
    },
    {
      probe: source,
      other: source,
      leaving: 'process.exit(4);',
      endless: endless(join(folder, 'endless')),
    },
    () => ({ OWN: 'own' }),
    { environmentMode: 'clean' },
  );
});
afterAll(async () => {
  await under.close();
  rmSync(folder, { recursive: true });
});

const call = async (name: string, data: object): Promise<unknown> =>
  (await under.app.callFunction({ name, data })).result;
const byHttp = async (body: string): Promise<Response> => fetch(`${under.cloud.url}/probe`, { method: 'POST', body });

interface Line {
  readonly stream: string;
  readonly line: string;
}
const linesOf = async (requestId: string | undefined): Promise<readonly Line[]> =>
  (await askTool(under, `logs?requestId=${requestId ?? ''}`)).body['lines'] as Line[];

it('forgets the last caller before the next call of a clean instance', async () => {
  const first = await callByWechat(under, 'probe', { do: 'who' }, 'oAlice');
  const { pid } = first.result as { pid: number };
  expect(first.result).toEqual({ pid, openId: 'oAlice', trigger: 'wx_client', own: 'own' });
  const http = await byHttp('{"do":"who"}');
  expect(await http.json()).toEqual({ pid, openId: null, trigger: 'tcb_http', own: 'own' });
  expect((await callByWechat(under, 'probe', { do: 'who' }, 'oBob')).result).toMatchObject({ pid, openId: 'oBob' });
  expect(await call('probe', { do: 'who' })).toEqual({ pid, openId: null, trigger: 'scf', own: 'own' });
});

describe('the log of a call', () => {
  it('is read by its request, and closed by a report', async () => {
    const { requestID } = await callByWechat(under, 'probe', { do: 'speak', text: 'mine' });
    await callByWechat(under, 'probe', { do: 'speak', text: 'of another' });
    await until(async () => (await linesOf(requestID)).length === 2);
    const report = expect.stringMatching(
      new RegExp(
        `^Report RequestId:${requestID ?? ''} Duration:\\d+\\.\\d\\dms Memory:256MB( MemUsage:\\d+\\.\\d\\dMB)? OK$`,
      ),
    ) as string;
    expect(await linesOf(requestID)).toMatchObject([
      { stream: 'stdout', line: 'mine' },
      { stream: 'platform', line: report },
    ]);
    expect(await linesOf('nobody')).toEqual([]);
  });

  it('says why it failed, and what a cold start took', async () => {
    const { next } = await callsSince(under, 0);
    await under.cloud.warm('other');
    await refusal(call('other', { do: 'bigint' }));
    const file = join(folder, 'released');
    const held = call('other', { do: 'hold', file });
    await until(async () => {
      const { body } = await askTool(under, 'state');
      return (body['functions'] as Record<string, { busy: number }>)['other']?.busy === 1;
    });
    await call('other', { do: 'who' });
    writeFileSync(file, '');
    await held;
    const { calls } = await callsSince(under, next);
    const noted = calls.filter(({ kind }) => kind === 'function') as unknown as Record<string, unknown>[];
    // The first two found a warm instance; while the second ran, another one was needed. Calls are noted as they end.
    expect(noted.map((one) => 'coldStartMs' in one)).toEqual([false, true, false]);
    expect(noted[0]).toMatchObject({ outcome: 'FUNCTIONS_EXECUTE_FAIL', requestId: expect.any(String) as string });
    expect(await linesOf(noted[0]?.['requestId'] as string)).toMatchObject([
      { line: expect.stringMatching(/ FUNCTIONS_EXECUTE_FAIL$/) as string },
    ]);
    const cold = noted.find((one) => 'coldStartMs' in one);
    expect(await linesOf(cold?.['requestId'] as string)).toMatchObject([
      { line: expect.stringContaining(` Coldstart:${String(cold?.['coldStartMs'])}ms OK`) as string },
    ]);
    const { body } = await askTool(under, 'state');
    expect(body['functions']).toMatchObject({
      other: { starts: 2, coldStartMs: expect.any(Number) as number },
      leaving: { starts: 0, coldStartMs: null },
    });
  });

  it('is cut, not gathered, where a function writes without end or without lines', async () => {
    const { requestID } = await callByWechat(under, 'probe', { do: 'flood', bytes: 20_000_000 });
    const after = await callByWechat(under, 'probe', { do: 'lines', count: 5000 });
    await until(async () => (await linesOf(after.requestID)).some(({ line }) => line === 'line 4999'));
    expect((await linesOf(after.requestID)).length).toBeLessThanOrEqual(1000);
    const flooded = await linesOf(requestID);
    expect(flooded.every(({ line }) => line.length <= 16 * 1024)).toBe(true);
  });
});

describe('a call fails alone', () => {
  it.each([
    ['when its result has no JSON', 'bigint', 'BigInt'],
    ['when its error cannot be told', 'hostile', 'exit code 1'],
    ['when it writes a line without end to the channel of its instance', 'endlessLine', 'protocol'],
    ['when it closes the channel of its instance', 'closed', 'SIGKILL'],
  ])('%s', async (_name, act, text) => {
    expect(await refusal(call('probe', { do: act }))).toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining(text) as string,
    });
    expect(await call('probe', { do: 'who' })).toMatchObject({ own: 'own' });
  });

  it.each([
    'not JSON',
    'null',
    '[]',
    '{"kind":"nonsense"}',
    '{"kind":"result"}',
    '{"kind":"result","requestId":"","json":1}',
  ])('when it writes %s to the channel of its instance', async (line) => {
    expect(await refusal(call('probe', { do: 'garbage', line }))).toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining('protocol') as string,
    });
  });

  it('when it forges an answer: the one that comes after it is nobody else’s', async () => {
    const [first, second] = [join(folder, 'forger-ends'), join(folder, 'other-ends')];
    expect(await call('probe', { do: 'forge', file: first })).toBe('forged');
    const held = call('probe', { do: 'hold', file: second });
    await until(() => existsSync(`${second}.begun`));
    writeFileSync(first, '');
    await until(() => existsSync(`${first}.answered`));
    writeFileSync(second, '');
    expect(await held).toBeNull();
  });

  it('with a reason that is cut', async () => {
    expect((await refusal(call('probe', { do: 'loud' }))).message.length).toBeLessThan(100_000);
  });

  it('when its instance ends while it starts', async () => {
    expect(await refusal(call('leaving', {}))).toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining('exit code 4') as string,
    });
  });

  it('and one whose instance ended since the last call has another', async () => {
    const pid = (await call('probe', { do: 'dieLater' })) as number;
    await until(() => !isRunning(pid));
    expect(((await call('probe', { do: 'who' })) as { pid: number }).pid).not.toBe(pid);
  });

  it.each<[string, (body: string) => Promise<unknown>, unknown]>([
    ['a phone', (body) => callByWechat(under, 'probe', { body }).then(({ errMsg }: ClientAnswer) => errMsg), 'fail'],
    ['a route', async (body) => String((await byHttp(body)).status), '413'],
    ['a function', async (body) => (await refusal(call('probe', { body }))).code, 'EXCEED_REQUEST_SIZE_LIMIT'],
  ])('when %s asks with more than 6 MB', async (_name, ask, answer) => {
    expect(await ask('x'.repeat(6 * 1024 * 1024 + 1))).toContain(answer);
  });
});

it('leaves neither an instance nor what one has started when it closes, whatever these are doing', async () => {
  const spinning = join(folder, 'spinning');
  const never = refusal(call('probe', { do: 'never' }));
  const spin = refusal(call('other', { do: 'spin', file: spinning }));
  const loading = refusal(call('endless', {}));
  const outcomes = Promise.allSettled([never, spin, loading]);
  const files = [spinning, join(folder, 'endless')];
  const { pid, child } = (await call('probe', { do: 'parent' })) as { pid: number; child: number };
  await until(() => files.every((file) => existsSync(file)));
  await until(() => files.every((file) => readFileSync(file, 'utf8') !== ''));
  const pids = [pid, child, ...files.map((file) => Number(readFileSync(file, 'utf8')))];
  expect(pids.map(isRunning)).toEqual([true, true, true, true]);
  await under.restart();
  await outcomes;
  await until(() => !pids.some(isRunning));
});
