import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import tcb from '@cloudbase/node-sdk';
import { startLocalCloud, type LocalCloudOptions } from '../../../local/cloud';
import { bundle, collection, isRunning, until } from './cloud-under-test';

const root = join(__dirname, '..', '..', '..');
const none = { collections: [], functions: [], routes: [], timers: [], storage: [] };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const options = (more: Partial<LocalCloudOptions> = {}): LocalCloudOptions => ({
  envId: 'local-test',
  dataDir: join(dir, 'data'),
  functionsDir: join(dir, 'functions'),
  instanceRunner: join(dir, 'instance.js'),
  resources: none,
  functionEnvironment: () => ({}),
  ...more,
});

describe('a start', () => {
  it.each(['prod', 'local-', 'local-A', 'local-../x', 'wx-local-test'])('refuses the env id %j', async (envId) => {
    await expect(startLocalCloud(options({ envId: envId as 'local-' }))).rejects.toThrow('env id must be local-');
  });

  it('refuses a data folder that is in use, and takes it when it is free again', async () => {
    const first = await startLocalCloud(options());
    await expect(startLocalCloud(options())).rejects.toThrow('another local CloudBase is running');
    await first.close();
    await (await startLocalCloud(options())).close();
  });

  it('refuses a port that is taken, and leaves the data folder free', async () => {
    const first = await startLocalCloud(options());
    const second = options({ dataDir: join(dir, 'other'), port: Number(new URL(first.url).port) });
    await expect(startLocalCloud(second)).rejects.toThrow('is taken');
    await first.close();
    await (await startLocalCloud(second)).close();
  });

  it('makes its credentials once, for their owner alone', async () => {
    const first = await startLocalCloud(options());
    await first.close();
    const second = await startLocalCloud(options());
    await second.close();
    expect(second.credentials.secretKey).toBe(first.credentials.secretKey);
    for (const file of ['credentials.json', 'cloud.db']) {
      expect(statSync(join(dir, 'data', file)).mode & 0o777).toBe(0o600);
    }
    const other = await startLocalCloud(options({ dataDir: join(dir, 'other') }));
    await other.close();
    expect(other.credentials.secretKey).not.toBe(first.credentials.secretKey);
  });
});

it('refuses a manifest that contradicts itself before it makes anything', async () => {
  const resources = { ...none, routes: [{ path: '/a', function: 'absent' }] };
  await expect(startLocalCloud(options({ resources }))).rejects.toThrow('absent, which is not declared');
  expect(existsSync(join(dir, 'data'))).toBe(false);
});

it('is reached by the loopback alone', async () => {
  const cloud = await startLocalCloud(options());
  const { port } = new URL(cloud.url);
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  expect((await fetch(`${cloud.url}/_local/state`)).status).toBe(200);
  for (const host of elsewhere) await expect(fetch(`http://${host}:${port}/_local/state`)).rejects.toThrow();
  await cloud.close();
});

describe('the command', () => {
  const ping = {
    name: 'ping',
    runtime: 'Nodejs20.19',
    memoryMb: 128,
    timeoutSeconds: 600,
    invokedBy: ['http', 'wechat'],
    environment: ['WORD'],
  };
  // Beside node_modules, so that the bundle finds its packages.
  const built = join(root, '.cache', `local-cloud-start-${String(process.pid)}`);
  const children: ChildProcess[] = [];

  beforeAll(() => {
    bundle('main.ts', join(built, 'main.js'));
    bundle('functions/instance.ts', join(built, 'instance.js'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  const start = (resources: unknown, ...more: string[]) => {
    writeFileSync(join(dir, 'resources.json'), JSON.stringify(resources));
    writeFileSync(join(dir, 'environment.json'), '{"ping":{"WORD":"pong"}}');
    const files = ['--data', join(dir, 'data'), '--functions', join(dir, 'functions')];
    const manifests = ['--resources', join(dir, 'resources.json'), '--environment', join(dir, 'environment.json')];
    const child = spawn(process.execPath, [
      join(built, 'main.js'),
      '--env',
      'local-test',
      ...files,
      ...manifests,
      ...more,
    ]);
    children.push(child);
    return child;
  };

  /** What the command says when it does not start. */
  const refusalOf = async (child: ReturnType<typeof start>): Promise<string> => {
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    return Buffer.concat(errors).toString();
  };

  it('serves until it is told to stop, and its instances end with it however it ends', async () => {
    mkdirSync(join(dir, 'functions', 'ping'), { recursive: true });
    const source = `exports.main = ({ body }) => {
      if (body === '') return [process.env.WORD, process.pid];
      require('node:fs').writeFileSync(body, '');
      for (;;);
    };`;
    writeFileSync(join(dir, 'functions', 'ping', 'index.js'), source);
    const resources = {
      ...none,
      collections: [collection('plain')],
      functions: [ping],
      routes: [{ path: '/ping', function: 'ping' }],
    };
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const child = start(resources);
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { url, ready } = JSON.parse(line) as { url: string; ready: boolean };
      expect(ready).toBe(true);
      const [word, pid] = (await (await fetch(`${url}/ping`)).json()) as [string, number];
      expect(word).toBe('pong');
      // An event loop that never turns again sees of no server that it is gone.
      const file = join(dir, `spinning-${signal}`);
      const spinning = fetch(`${url}/ping`, { method: 'POST', body: file }).catch(() => undefined);
      await until(() => existsSync(file));
      child.kill(signal);
      await once(child, 'exit');
      expect(child.exitCode).toBe(signal === 'SIGTERM' ? 0 : null);
      await spinning;
      await until(() => !isRunning(pid));
    }
  });

  const lineOf = async (child: ReturnType<typeof start>): Promise<{ url: string; sdkEnvironment: object }> => {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return JSON.parse(line) as { url: string; sdkEnvironment: object };
  };
  const countOf = async (url: string): Promise<unknown> =>
    ((await (await fetch(`${url}/_local/state`)).json()) as { collections: Record<string, number> }).collections[
      'plain'
    ];

  it('crashes after a commit when it is asked to: the caller hears nothing, and what was written is there', async () => {
    const resources = { ...none, collections: [collection('plain')] };
    const child = start(resources);
    const { url, sdkEnvironment } = await lineOf(child);
    const asked = await fetch(`${url}/_local/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"action":"database.insertDocument","fault":"crash-after-commit"}',
    });
    expect(asked.status).toBe(200);
    Object.assign(process.env, sdkEnvironment);
    const ended = once(child, 'exit');
    await expect(
      tcb.init({ env: tcb.SYMBOL_CURRENT_ENV }).database().collection('plain').add({ _id: 'written' }),
    ).rejects.toThrow();
    await ended;
    expect(child.signalCode).toBe('SIGKILL');

    const snapshot = join(dir, 'snapshot.jsonl');
    const second = start(resources, '--export', snapshot);
    expect(await countOf((await lineOf(second)).url)).toBe(1);
    second.kill('SIGTERM');
    await once(second, 'exit');
    // Who mistypes something loses nothing.
    const mistyped = { ...resources, routes: [{ path: '/a', function: 'absent' }] };
    expect(await refusalOf(start(mistyped, '--fresh'))).toContain('absent, which is not declared');
    expect(await refusalOf(start(resources, '--fresh', '--env', 'local-A'))).toContain('--env must begin');
    expect(await refusalOf(start(resources, '--fresh', '--import', 'absent'))).toContain('--import: there is no file');
    const kept = start(resources);
    expect(await countOf((await lineOf(kept)).url)).toBe(1);
    kept.kill('SIGTERM');
    await once(kept, 'exit');
    const third = start(resources, '--fresh');
    expect(await countOf((await lineOf(third)).url)).toBe(0);
    third.kill('SIGTERM');
    await once(third, 'exit');
    const fourth = start(resources, '--import', snapshot);
    expect(await countOf((await lineOf(fourth)).url)).toBe(1);
  });

  it('names what is wrong with how it is called', async () => {
    const taken = await startLocalCloud(options({ dataDir: join(dir, 'other') }));
    const { port } = new URL(taken.url);
    expect(await refusalOf(start(none, '--port', port))).toBe(
      `port ${port} on 127.0.0.1 is taken; choose another with --port, or leave it out\n`,
    );
    await taken.close();
    expect(await refusalOf(start(none, '--port', '70000'))).toContain('--port must be a number from 0 to 65535');
    expect(await refusalOf(start(none, '--environment-mode', 'dirty'))).toContain('must be sticky or clean');
    expect(await refusalOf(start(none, '--env', 'prod'))).toContain('--env must begin with local-');
    expect(await refusalOf(start({ ...none, routes: {} }))).toContain('resources.json.routes must be a list');
    expect(await refusalOf(start(none, '--resources', 'absent.json'))).toBe(
      '--resources: there is no file absent.json that can be read\n',
    );
    expect(await refusalOf(start(none, '--frsh'))).toMatch(/^Unknown option '--frsh'[^]*usage: main\.js/);
    mkdirSync(join(dir, 'foreign'));
    writeFileSync(join(dir, 'foreign', 'cloud.db'), 'x'.repeat(4096));
    expect(await refusalOf(start(none, '--data', join(dir, 'foreign')))).toContain('choose another data folder');
    expect((await once(start(none, '--help').stdout, 'data')).join('')).toMatch(/^usage: main\.js/);
  });

  it('takes a caller’s variables out of a warm instance where it is told to', async () => {
    mkdirSync(join(dir, 'functions', 'ping'), { recursive: true });
    const file = join(dir, 'functions', 'ping', 'index.js');
    writeFileSync(file, `exports.main = () => process.env.WX_OPENID ?? 'nobody';`);
    const resources = { ...none, functions: [ping], routes: [{ path: '/ping', function: 'ping' }] };
    for (const mode of ['sticky', 'clean']) {
      const child = start(resources, '--environment-mode', mode);
      const { url } = await lineOf(child);
      await fetch(`${url}/wx/call/ping`, { method: 'POST', headers: { 'x-local-openid': 'oAlice' } });
      expect(await (await fetch(`${url}/ping`)).text()).toBe(mode === 'sticky' ? 'oAlice' : 'nobody');
      const said = once(child.stderr, 'data') as Promise<[Buffer]>;
      writeFileSync(file, `exports.main = () => process.env.WX_OPENID ?? 'nobody'; // ${mode}`);
      await fetch(`${url}/ping`);
      expect((await said)[0].toString()).toBe('function ping is loaded again: its files have changed\n');
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });
});
