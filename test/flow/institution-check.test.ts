import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as oauth from 'openid-client';
import { institutionKeyFile } from '../../local/ecosystem/institutions';
import { validators } from '../../protocol';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { BANK, startBankServer } from '../support/institution/servers';

const PURPOSE = 'bank-account-opening';

let world: EcosystemUnderTest;
let config: oauth.Configuration;
let DPoP: oauth.DPoPHandle;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  ({ config, DPoP } = await startBankServer(world));
}, START_TIMEOUT);
afterAll(() => world.close());

const addressOf = (path: string): URL => new URL(`/institution${path}`, world.cloud.url);

/** Asks with a token of the bank's. */
const ask = async (line: string, body: object | null = null) => {
  const [method = '', path = ''] = line.split(' ');
  const { access_token: token } = await oauth.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
  const headers = new Headers({ 'idempotency-key': 'scan-0000-0000-0001' });
  if (body) headers.set('content-type', 'application/json');
  const sent = body && JSON.stringify(body);
  return oauth.fetchProtectedResource(config, token, addressOf(path), method, sent, headers, { DPoP });
};

describe('a bank’s server with a token', () => {
  it('opens its counter and reads what became of it', async () => {
    const opened: unknown = await (await ask('POST /counters', { purpose: PURPOSE, counter: 'Counter 5' })).json();
    if (!validators.OpenedCounter(opened)) throw new Error(JSON.stringify(opened));
    const standing = await ask(`GET /counters/${opened.session}`);
    expect(await standing.json()).toEqual({ state: 'open', reason: null });
  });

  it('hears a problem that its type explains', async () => {
    const refused = await ask('POST /verifications', { code: 'HELLO', purpose: PURPOSE, counter: 'Counter 5' });
    expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = (await refused.json()) as { type: string; title: string; code: string };
    expect([refused.status, problem.code]).toEqual([422, 'code_not_recognised']);
    expect(await (await fetch(problem.type)).json()).toMatchObject({ title: problem.title });
    const parcel = await ask('POST /counters', { purpose: 'parcel-pickup', counter: 'Counter 5' });
    expect(await parcel.json()).toMatchObject({ code: 'purpose_not_registered' });
  });

  it('knows no card by a reference that nobody gave it', async () => {
    const status = await ask(`GET /cards/${'A'.repeat(80)}/status`);
    expect([status.status, await status.json()]).toMatchObject([200, { status: 'unknown' }]);
  });

  it('is nobody without one', async () => {
    for (const path of ['/verifications', '/counters', `/verifications/${'0'.repeat(32)}/look`]) {
      const refused = await fetch(addressOf(path), { method: 'POST', body: '{}' });
      expect([path, refused.status]).toEqual([path, 401]);
      expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP /);
    }
  });
});

/** What the guide for developers has its reader write, and what it comes to at the end. */
const runGuide = async (ending: string): Promise<Readonly<Record<string, unknown>>> => {
  const root = join(__dirname, '..', '..');
  const guide = readFileSync(join(root, 'docs', 'institutions.md'), 'utf8');
  const blocks = [...guide.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'guide.mjs'), [...blocks, ending].join('\n'));
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'guide.mjs')], {
      env: { ISSUER: world.cloud.url, CLIENT_ID: BANK, KEY_FILE: institutionKeyFile(world.dataDir, BANK) },
    });
    return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the guide for developers', () => {
  it('runs as it stands', async () => {
    const told = await runGuide(`
      const asked = await askHolder('scan', '${PURPOSE}');
      const refused = await hearHolder({ ...asked, interval: 0, auth_req_id: 'of nobody' }).catch(({ error }) => error);
      const noPages = await begin('https://bank.example/back', '${PURPOSE}').catch(({ error }) => error);
      const checked = await checkCode('HELLO', '${PURPOSE}', 'Counter 5');
      const [status, me] = [await cardStatus('A'.repeat(86)), await self()];
      console.log(JSON.stringify({ asked, refused, noPages, checked, status, me, finish: typeof finish }));
    `);
    expect(told).toMatchObject({
      asked: { interval: 5, scan_code: expect.stringMatching(/^wechat-id:counter:/) as unknown },
      refused: 'invalid_grant',
      noPages: 'invalid_request',
      checked: { status: 422, told: { code: 'code_not_recognised' } },
      status: { status: 200, told: { status: 'unknown' } },
      me: { status: 200, told: { client_id: BANK } },
      finish: 'function',
    });
  });
});
