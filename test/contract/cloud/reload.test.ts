import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudFunction, isRunning, refusal, startCloudUnderTest, until, type CloudUnderTest } from './cloud-under-test';
import { askTool } from './tools-client';

/** Its code lies in a second file, as a build may leave it. */
const entry = `exports.main = require('./code.js').main;`;
const code = (version: string) => `
exports.main = async ({ file }) => {
  while (file && !require('node:fs').existsSync(file)) await new Promise((done) => setTimeout(done, 5));
  return { version: '${version}', pid: process.pid };
};`;

const reloaded: string[] = [];
let under: CloudUnderTest;
beforeAll(async () => {
  under = await startCloudUnderTest(
    { functions: [cloudFunction('built'), cloudFunction('beside')] },
    { built: entry, beside: `exports.main = () => process.pid;` },
    () => ({}),
    { onReload: (name) => reloaded.push(name) },
  );
  write('code.js', code('first'));
});
afterAll(() => under.close());

const folder = () => join(under.functionsDir, 'built');
const write = (file: string, text: string) => writeFileSync(join(folder(), file), text);
const call = async (event: object = {}) =>
  (await under.app.callFunction({ name: 'built', data: event })).result as { version: string; pid: number };
const callBeside = async () => (await under.app.callFunction({ name: 'beside', data: {} })).result as number;

describe('a function that is built again', () => {
  it('runs the new code from the next call on, and calls under way end on the old', async () => {
    const old = await call();
    const neighbour = await callBeside();
    expect(old.version).toBe('first');
    const release = join(under.dataDir, 'release');
    const running = call({ file: release });
    await until(async () => {
      const { body } = await askTool(under, 'state');
      return (body['functions'] as Record<string, { busy: number }>)['built']?.busy === 1;
    });
    reloaded.length = 0;
    write('code.js', code('second'));
    const fresh = await Promise.all([call(), call()]);
    expect(fresh.map(({ version }) => version)).toEqual(['second', 'second']);
    writeFileSync(release, '');
    expect(await running).toEqual(old);
    await until(() => !isRunning(old.pid));
    expect(await callBeside()).toBe(neighbour);
    expect(reloaded).toEqual(['built']);
    const { body } = await askTool(under, 'logs');
    const said = (body['lines'] as { function: string; stream: string; line: string }[]).filter(
      ({ function: name, stream, line }) => name === 'built' && stream === 'platform' && line.includes('loaded again'),
    );
    expect(said).toHaveLength(1);
  });

  it('is waited for while its folder is gone and its files are half written', async () => {
    rmSync(folder(), { recursive: true });
    const during = call();
    mkdirSync(folder());
    write('index.js', entry);
    write('code.js', code('third').slice(0, 60));
    const later = call();
    write('code.js', code('third'));
    expect([(await during).version, (await later).version]).toEqual(['third', 'third']);
  });

  it('is loaded once more where it was changed while it was loaded', async () => {
    const [loading, go] = ['loading', 'go'].map((name) => join(under.dataDir, name)) as [string, string];
    write(
      'code.js',
      `const fs = require('node:fs'); fs.writeFileSync(${JSON.stringify(loading)}, '');
       while (!fs.existsSync(${JSON.stringify(go)})); throw new Error('half a build');`,
    );
    const during = call();
    await until(() => existsSync(loading));
    write('code.js', code('whole'));
    writeFileSync(go, '');
    expect((await during).version).toBe('whole');
  });

  it('tells what is wrong with a whole build that does not load, and takes the next', async () => {
    write('code.js', 'throw new Error("no such luck");');
    expect(await refusal(call())).toMatchObject({ message: expect.stringContaining('no such luck') as string });
    write('code.js', code('fourth'));
    expect((await call()).version).toBe('fourth');
  });

  it('is not loaded again for what it writes beside its code', async () => {
    const { pid } = await call();
    write('notes.txt', 'x');
    expect(await call()).toEqual({ version: 'fourth', pid });
  });
});

it('keeps its instances where it is told to', async () => {
  const fixed = await startCloudUnderTest(
    { functions: [cloudFunction('built')] },
    { built: `exports.main = () => process.pid;` },
    () => ({}),
    { reload: 'never' },
  );
  try {
    const ask = async () => (await fixed.app.callFunction({ name: 'built', data: {} })).result as number;
    const pid = await ask();
    writeFileSync(join(fixed.functionsDir, 'built', 'index.js'), 'exports.main = () => "other";');
    expect(await ask()).toBe(pid);
  } finally {
    await fixed.close();
  }
});
