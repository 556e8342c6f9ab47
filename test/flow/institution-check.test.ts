import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as oauth from 'openid-client';
import { institutionKeyFile, institutionKeyOf } from '../../local/ecosystem/institutions';
import { parseCounterCode, validators, type AskAnswer } from '../../protocol';
import { accepted } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { openShowing, PURPOSE as PICKUP } from '../support/ecosystem/showing';
import { askedHolder } from '../support/ecosystem/asked-holder';
import { askBy, pollBy } from '../support/institution/asking';
import { callBy } from '../support/institution/calling';
import {
  BANK,
  grantTo,
  SANDBOX,
  startBankServer,
  startPartnerServer,
  type PartnerServer,
} from '../support/institution/servers';

const PURPOSE = 'bank-account-opening';

let world: EcosystemUnderTest;
let bank: PartnerServer;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  bank = await startBankServer(world);
}, START_TIMEOUT);
afterAll(() => world.close());

const addressOf = (path: string): URL => new URL(`/institution${path}`, world.cloud.url);

/** Asks with a token of the bank's. */
const ask = async (line: string, body: object | null = null) => {
  const [method = '', path = ''] = line.split(' ');
  const { config, DPoP } = bank;
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

/** What the guide for developers has its reader write, and what it comes to at the end. @param base below the service's address */
const runGuide = async (
  ending: string,
  { clientId = BANK, base = '' } = {},
): Promise<Readonly<Record<string, unknown>>> => {
  const root = join(__dirname, '..', '..');
  const guide = readFileSync(join(root, 'docs', 'institutions.md'), 'utf8');
  const blocks = [...guide.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'guide.mjs'), [...blocks, ending].join('\n'));
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'guide.mjs')], {
      env: {
        ISSUER: `${world.cloud.url}${base}`,
        CLIENT_ID: clientId,
        KEY_FILE: institutionKeyFile(world.dataDir, clientId),
      },
    });
    return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('a code that a bank’s server has scanned', () => {
  let holder: EnrolledHolder;
  beforeAll(async () => {
    await grantTo(world, 'sample-bank', PURPOSE, PICKUP);
    holder = await enrol(world.client('oHolderAtTheBank'), picturesOf('lin-zhiyuan'));
  }, START_TIMEOUT);

  it('is checked once, told again under its key, read and looked at, and its card asked after', async () => {
    const order = {
      code: (await openShowing(holder.client, holder.key)).code(),
      purpose: PICKUP,
      counter: 'Counter 5',
    };
    const verify = (key: string) => callBy(bank, 'POST', 'verifications', order, { 'idempotency-key': key });
    const first = await verify('scan-of-a-holder-0001');
    expect(first).toMatchObject({ status: 200, body: { claims: { masked_name: '林**' } } });
    expect(await verify('scan-of-a-holder-0001')).toEqual(first);
    expect(await verify('scan-of-a-holder-0002')).toMatchObject({ status: 409, body: { code: 'code_already_used' } });

    if (!validators.Verification(first.body)) throw new Error(JSON.stringify(first.body));
    const { id, receipt, reference } = first.body;
    const made = () => callBy(bank, 'GET', `verifications/${id}`);
    expect(await made()).toMatchObject({ status: 200, body: { id, receipt, counter: 'Counter 5', look: null } });
    expect(await callBy(bank, 'POST', `verifications/${id}/look`, { look: 'same' })).toMatchObject({ status: 200 });
    expect(await made()).toMatchObject({ status: 200, body: { look: 'same' } });
    const status = () => callBy(bank, 'GET', `cards/${encodeURIComponent(reference)}/status`);
    expect(await status()).toMatchObject({ status: 200, body: { status: 'valid' } });
    await accepted(holder.client.ask('holder', { action: 'suspendCard' }), validators.CardReply);
    expect(await status()).toMatchObject({ status: 200, body: { status: 'suspended' } });
    await accepted(holder.client.ask('holder', { action: 'resumeCard' }), validators.CardReply);
  });

  it('leaves a receipt, and an ask a credential, which the guide has its reader verify', async () => {
    const nonce = 'nonce-of-the-bank-0001';
    const opened = await askBy(bank, { purpose: PICKUP, login_hint: 'scan', presentation_nonce: nonce });
    const session = parseCounterCode(opened['scan_code'] as string) ?? '';
    const phone = askedHolder(holder);
    await phone.agree(session, await phone.claim(session));
    const answer = (await pollBy(bank, opened)).claims();
    const { verified_claims: verified, receipt, vp_token: credential = '' } = answer as unknown as AskAnswer;
    const read = `const read = (nonce) => readPresentation('${credential}', nonce).catch(({ message }) => message);`;
    const told = await runGuide(`
      ${read}
      const receipt = await readReceipt('${receipt}');
      console.log(JSON.stringify({ receipt, presented: await read('${nonce}'), other: await read('another-nonce-0000') }));
    `);
    expect(told).toMatchObject({
      receipt: {
        jti: verified.verification.verification_process,
        purpose: PICKUP,
        claims: ['masked_name', 'masked_number'],
      },
      presented: { iss: world.cloud.url, tier: 'light', vct: 'urn:wechat-id:identity-card:1' },
      other: expect.any(String) as unknown,
    });
  });
});

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

  it('runs as it stands in the sandbox, too', async () => {
    const told = await runGuide(
      `
      await call('POST', '/counters', { purpose: '${PURPOSE}', counter: 'Counter 5' });
      const checked = await checkCode('SANDBOX-REVOKED-LATER', '${PURPOSE}', 'Counter 5', ['name']);
      const [status, me] = [await cardStatus(checked.told.reference), await self()];
      const receipt = await readReceipt(checked.told.receipt);
      const asked = await askHolder('900000040', '${PURPOSE}').catch(({ error_description }) => error_description);
      console.log(JSON.stringify({ checked, status, me, asked, receipt }));
    `,
      { clientId: SANDBOX, base: '/sandbox' },
    );
    expect(told).toMatchObject({
      checked: { status: 200, told: { claims: { name: expect.stringContaining('样例') as unknown } } },
      status: { status: 200, told: { status: 'revoked' } },
      me: { status: 200, told: { client_id: SANDBOX } },
      asked: expect.stringMatching(/^quota_used: /) as unknown,
      receipt: { iss: `${world.cloud.url}/sandbox`, purpose: PURPOSE, claims: ['name'] },
    });
  });
});

/** The sample bank's client, in plain JavaScript: what of it a test asks. */
interface BankProvider {
  readonly connect: (settings: {
    readonly issuer: string;
    readonly clientId: string;
    readonly key: object;
  }) => Promise<{ readonly cardStatus: (reference: string) => Promise<string> }>;
}

describe('the sample bank’s client', () => {
  it('asks after a card of the sandbox there, where it is pointed to it', async () => {
    const issuer = `${world.cloud.url}/sandbox`;
    const developers = await startPartnerServer(world, SANDBOX, undefined, issuer);
    const place = { purpose: PURPOSE, counter: 'Counter 6' };
    await callBy(developers, 'POST', 'counters', place);
    const order = { ...place, code: 'SANDBOX-REVOKED-LATER' };
    const { body } = await callBy(developers, 'POST', 'verifications', order, {
      'idempotency-key': 'scan-of-a-test-0001',
    });
    if (!validators.Verification(body)) throw new Error(JSON.stringify(body));
    const { connect } = jest.requireActual<BankProvider>('../../examples/bank/provider.mjs');
    const key = institutionKeyOf(world.dataDir, SANDBOX);
    const { cardStatus } = await connect({ issuer, clientId: SANDBOX, key });
    expect(await cardStatus(body.reference)).toBe('revoked');
  });
});
