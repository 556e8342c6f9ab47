import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Program {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly exit: Promise<number | null>;
}

let folder: string;
const programs: Program[] = [];

const startProgram = (...words: readonly string[]): Program => {
  const env = { ...process.env, INIT_CWD: folder };
  const args = ['--import', 'tsx', 'local/stage/main.ts', ...words];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (chunks.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (chunks.err += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const program = { child, out: () => chunks.out, err: () => chunks.err, exit };
  programs.push(program);
  return program;
};

/** Waits until it prints that. @throws Error where it ends first */
const saidBy = async (program: Program, what: RegExp): Promise<string> => {
  for (;;) {
    const [said] = what.exec(program.out()) ?? [];
    if (said !== undefined) return said;
    const ended = program.exit.then(() => {
      throw new Error(`it ended: ${program.err()}`);
    });
    if (!program.child.stdout) throw new Error('it has no output');
    await Promise.race([once(program.child.stdout, 'data'), ended]);
  }
};

/** Waits for the address that it prints. @throws Error where it ends first */
const addressOf = (program: Program): Promise<string> => saidBy(program, /http:\/\/127\.0\.0\.1:\d+(?=\n)/);

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A raw request: what a browser would tidy up in path or headers arrives as it is written. */
const ask = (
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(url);
    // A connection of its own: one that is kept can be closed by the server just when it is used again.
    const options = { hostname, port, path, method, headers: { host, ...headers }, agent: false };
    const sent = request(options, (incoming) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterAll(async () => {
  for (const { child } of programs) child.kill('SIGKILL');
  await Promise.all(programs.map(({ exit }) => exit));
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  let program: Program;
  let url: string;

  beforeAll(async () => {
    program = startProgram('--port', '0', '--data', 'data');
    url = await addressOf(program);
  });

  it('prints one address, whose page holds the phones', async () => {
    expect(program.out().match(/^\s*http:\S+$/gm)).toHaveLength(1);
    const page = await ask(url, '/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('stage.js');
    expect((await ask(url, '/phone/?phone=holder')).body).toContain('/phone/bundle.js');
    expect((await ask(url, '/phone/bundle.js')).body).toContain('pages/home/home');
  });

  it('names who can be logged in, and hands out their pictures', async () => {
    const { body } = await ask(url, '/people.json');
    const { people, staff } = JSON.parse(body) as { people: { id: string }[]; staff: unknown[] };
    expect(people).toHaveLength(9);
    expect(staff.length).toBeGreaterThan(0);
    expect((await ask(url, `/people/${people[0]?.id ?? ''}/selfie-1.jpg`)).status).toBe(200);
    expect((await ask(url, `/people/${people[0]?.id ?? ''}/people.jpg`)).status).toBe(404);
  });

  it.each([
    '/../package.json',
    '/phone/../../cloud/main.js',
    '/phone/files/..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
  ])('gives no file outside of what it serves: %s', async (path) => {
    expect((await ask(url, path)).status).toBe(404);
  });

  it('answers no name but its own, and no page of a stranger', async () => {
    expect((await ask(url, '/', { host: 'evil.example' })).status).toBe(421);
    expect((await ask(url, '/people.json', { origin: 'http://evil.example' })).status).toBe(421);
    expect((await ask(url, '/cloud/wx/call/holder', { origin: 'null' }, 'POST')).status).toBe(421);
    expect((await ask(url, '/people.json', { origin: url })).status).toBe(200);
  });

  it('refuses a path that is none instead of falling', async () => {
    expect((await ask(url, '/%')).status).toBe(400);
    expect((await ask(url, '/people.json')).status).toBe(200);
  });

  it('lets nobody else use its folder, or empty it', async () => {
    const second = startProgram('--port', '0', '--data', 'data', '--fresh');
    expect(await second.exit).toBe(1);
    expect(second.err()).toContain('another local CloudBase is running');
    expect(existsSync(join(folder, 'data', 'secrets.json'))).toBe(true);
    expect((await ask(url, '/people.json')).status).toBe(200);
  });

  it('brings work to the operators’ desk once it runs, and says so', async () => {
    await saidBy(program, /operators' desk has work/);
    const desk = { 'x-local-openid': 'oOperatorReviewer1', 'content-type': 'application/json' };
    const asked = { method: 'POST', headers: desk, body: JSON.stringify({ action: 'listTasks' }) };
    // At once, so that there are more instances than functions.
    const call = async (): Promise<unknown> => (await fetch(`${url}/cloud/wx/call/operator`, asked)).json();
    for (const reply of await Promise.all([call(), call(), call(), call()])) {
      expect(reply).toMatchObject({ result: { ok: true, cases: [{ isAppeal: false }] } });
    }
    expect(program.err()).not.toMatch(/no sample work/);
  }, 120_000);

  it('ends when it is told to, and leaves the folder to the next', async () => {
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.err()).not.toMatch(/error|warning/i);
    const next = startProgram('--port', '0', '--data', 'data');
    await addressOf(next);
    // Cards and checkpoints name the service's address as their issuer.
    const service = /CloudBase (\S+)/;
    expect(service.exec(next.out())?.[1]).toBe(service.exec(program.out())?.[1]);
    // While models are being woken, too.
    next.child.kill('SIGINT');
    expect(await next.exit).toBe(0);
  });
});

describe('what npm start cannot do, it says', () => {
  it('does not let the cards of a folder have another issuer', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    writeFileSync(join(folder, 'data', 'service-port'), port);
    const { exit, err } = startProgram('--port', '0', '--data', 'data');
    expect(await exit).toBe(1);
    expect(err()).toContain(`port ${port} on 127.0.0.1 is taken, where the cards of`);
    taken.close();
  });

  it.each([
    [['--port', 'many'], /--port: "many" is no port/],
    [['--port', '70000'], /--port: "70000" is no port/],
    [['--frseh'], /--frseh/],
  ])('%s: bad use, exit 2', async (words, message) => {
    const { exit, err } = startProgram(...words);
    expect(await exit).toBe(2);
    expect(err()).toMatch(message);
    expect(err()).toContain('Usage: npm start');
  });

  it("takes no folder that holds somebody's files", async () => {
    mkdirSync(join(folder, 'letters'));
    writeFileSync(join(folder, 'letters', 'letter.txt'), 'Dear friend');
    const { exit, err } = startProgram('--data', 'letters', '--fresh');
    expect(await exit).toBe(2);
    expect(err()).toContain('holds something else');
    expect(existsSync(join(folder, 'letters', 'letter.txt'))).toBe(true);
  });

  it('a taken port is named with the way out', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { exit, err } = startProgram('--port', port, '--data', 'other');
    expect(await exit).toBe(1);
    expect(err()).toContain(`Port ${port} is taken by another program. Say --port`);
    taken.close();
  });
});
