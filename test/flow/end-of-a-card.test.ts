import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { createOrderStatement, jwkThumbprint, validators } from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { sampleStaff } from '../../local/ecosystem/partners';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { counts, databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { askExport, exportOf } from '../support/ecosystem/export';
import { createKeyPair } from '../support/ecosystem/keys';
import { tracesOf, findingsBelow } from '../support/ecosystem/personal-data';
import { person, picturesOf } from '../support/ecosystem/pictures';
import { openShowing, redeem } from '../support/ecosystem/showing';

const PERSON = person('lin-zhiyuan');
const LEAVING = person('zhou-qiming');
const OPEN_ID = 'oHolderUntilTheEnd';

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let merchant: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client(OPEN_ID), picturesOf(PERSON.id));
  merchant = world.client(sampleStaff[0]?.openId ?? '');
}, START_TIMEOUT);
afterAll(() => world.close());

const ask = (data: object): Promise<unknown> => holder.client.ask('holder', data);
const cardReply = (key = holder.key) =>
  accepted(ask({ action: 'getCard', key: jwkThumbprint(key.publicKey, sha256) }), validators.CardReply);
const newCode = async (): Promise<string> =>
  (await accepted(ask({ action: 'issueKillCode' }), validators.IssueKillCodeReply)).code;

const url = (): string => `${world.cloud.url}/public/kill`;
const sendForm = (code: string, language = 'en'): Promise<Response> =>
  fetch(`${url()}?lang=${language}`, { method: 'POST', body: new URLSearchParams({ code }) });
const sendJson = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('the page that stops a card', () => {
  it.each([
    ['en', 'Stop a virtual identity card'],
    ['zh', '停用虚拟身份卡'],
  ])('is a form in %s that needs no script and may run none', async (language, title) => {
    const response = await fetch(`${url()}?lang=${language}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain(`<title>${title}</title>`);
    expect(page).toContain('<form method="post"');
    expect(page).not.toMatch(/<script|javascript:|http:|https:/);
  });

  it('speaks the language of the browser where none is named', async () => {
    const text = async (language: string): Promise<string> =>
      (await fetch(url(), { headers: { 'accept-language': language } })).text();
    expect(await text('en-GB,en;q=0.9')).toContain('<html lang="en">');
    expect(await text('zh-CN,zh;q=0.9')).toContain('<html lang="zh-CN">');
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('takes no %s', async (method) => {
    const response = await fetch(url(), { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('says nothing back of what was sent, and takes no code from the address', async () => {
    const sent = '<script>alert(1)</script>';
    const page = await (await sendForm(sent)).text();
    expect(page).toContain('There is a mistake in the code');
    expect(page).not.toContain('alert');
    const code = await newCode();
    const inAddress = await fetch(`${url()}?code=${code}`, { method: 'POST', body: new URLSearchParams() });
    expect(inAddress.status).toBe(400);
    expect((await cardReply()).card.status).toBe('valid');
  });
});

describe('the export', () => {
  it('holds everything, and each event proves itself by the commitment in the log', async () => {
    const reply = await exportOf(holder.client, holder.key);
    expect(reply.record?.person).toMatchObject({ name: PERSON.name, number: PERSON.idNumber, address: PERSON.address });
    expect(reply.record?.consents.map(({ subject }) => subject)).toEqual(['document', 'face']);
    expect(reply.events.map(({ number }) => number)).toEqual(reply.events.map((_, at) => reply.events.length - at));
    const events = databaseOf(world.cloud).collection('events');
    for (const { id, salt, content, commitment } of reply.events) {
      const { data } = (await events.where({ _id: id }).get()) as { data: { commitment: string }[] };
      expect(data[0]?.commitment).toBe(commitment);
      const hashed = createHash('sha256').update(Buffer.from(salt, 'base64url')).update(content).digest('base64url');
      expect(hashed).toBe(commitment);
    }
    expect((await refusal(merchant.ask('holder', { action: 'prepareExport' }))).code).toBe('not_found');
  });

  it('is nothing that the chat account alone gets, on whatever phone', async () => {
    expect((await refusal(ask({ action: 'exportData' }))).code).toBe('request_invalid');
    expect((await refusal(askExport(holder.client, createKeyPair()))).code).toBe('key_proof_invalid');
  });
});

describe('a card', () => {
  it('is stopped by the code on paper, its open showing with it, and not by a tap made valid again', async () => {
    const code = await newCode();
    // The one on paper works, though whoever has the phone has made others: until the limit, and none of them is lost.
    await newCode();
    const limited = await refusal(ask({ action: 'issueKillCode' }));
    expect(limited.code).toBe('too_many_requests');
    expect(limited.until).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    const showing = await openShowing(holder.client, holder.key);
    const killed = await sendForm(code.toLowerCase().replaceAll('-', ' '));
    expect(killed.status).toBe(200);
    expect(await killed.text()).toContain('The card is stopped.');
    const { card } = await cardReply();
    expect(card).toMatchObject({ status: 'suspended', ended: { reason: 'kill_code' } });
    expect((await refusal(redeem(merchant, showing.code()))).code).toBe('suspended');
    expect((await refusal(ask({ action: 'resumeCard' }))).code).toBe('card_not_active');

    const again = await sendForm(code);
    const wrong = await sendForm('0000-0000-0000-0000-0000');
    expect([again.status, await again.text()]).toEqual([wrong.status, await wrong.text()]);
    const json = await sendJson(JSON.stringify({ code }));
    expect([json.status, await json.json()]).toEqual([404, { ok: false, error: { code: 'kill_code_unknown' } }]);
  });

  it('is valid again on a new phone, which is limited, and the old one is told', async () => {
    const old = holder;
    holder = await enrol(world.client(OPEN_ID), picturesOf(PERSON.id));
    const { card } = holder;
    expect(card.status).toBe('valid');
    expect(card.limitedUntil).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect((await cardReply(old.key)).boundElsewhere).toEqual({ since: card.mintedAt });
    expect(await cardReply()).not.toHaveProperty('boundElsewhere');
    // Whoever has just moved the card to their phone is told nothing else of the person.
    expect((await refusal(ask({ action: 'prepareExport' }))).code).toBe('card_limited');
    const { entries } = await accepted(ask({ action: 'listHistory' }), validators.ListHistoryReply);
    const newest = entries.map(({ kind }) => kind).slice(0, 4);
    expect(newest).toEqual(['card_moved', 'evidence_destroyed', 'check_refused', 'card_stopped']);
  });

  it('cannot be tried at without end from one address, whatever address it claims', async () => {
    const statuses = new Set<number>();
    // More than twice the limit, since a window may end meanwhile.
    for (let turn = 0; turn < 21; turn += 1) {
      const headers = { 'x-real-ip': `203.0.113.${String(turn)}`, 'x-forwarded-for': `203.0.113.${String(turn)}` };
      statuses.add((await sendJson(JSON.stringify({ code: '0000-0000-0000-0000-0000' }), headers)).status);
    }
    expect([...statuses]).toEqual([404, 429]);
    const { data } = (await databaseOf(world.cloud).collection('rate_windows').get()) as { data: object[] };
    expect(JSON.stringify(data)).not.toContain('127.0.0.1');
  });

  it.each(['', '{', '[]', 'null', '{"code":1}', '{"code":"A","more":1}', `{"code":"${'A'.repeat(81)}"}`])(
    'is not stopped by %s',
    async (body) => {
      const response = await sendJson(body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { ok: false, error: { code: 'request_invalid' } },
      ]);
    },
  );
});

describe('what the authority reports', () => {
  const history = async (): Promise<readonly string[]> =>
    (await accepted(ask({ action: 'listHistory' }), validators.ListHistoryReply)).entries.map(({ kind }) => kind);

  it('stops a card by the timer, once, and no card of anybody else', async () => {
    const report = { number: PERSON.idNumber, kind: 'Lost', reportedOn: '2026-01-01' } as const;
    world.authority.report({ ...report, number: person('he-huilan').idNumber });
    await world.cloud.runTimer('followSource');
    expect((await cardReply()).card.status).toBe('valid');
    world.authority.report(report);
    await world.cloud.runTimer('followSource');
    await world.cloud.runTimer('followSource');
    expect((await cardReply()).card).toMatchObject({ status: 'suspended', ended: { reason: 'document_lost' } });
    expect((await history()).slice(0, 2)).toEqual(['card_stopped', 'card_moved']);
  });

  it('is not got round with the same identity card', async () => {
    await expect(enrol(world.client(OPEN_ID), picturesOf(PERSON.id))).rejects.toThrow('document_not_current');
    expect((await refusal(ask({ action: 'prepareDeletion' }))).code).toBe('card_not_active');
  });
});

describe('the deletion', () => {
  beforeAll(async () => {
    // Somebody whose card nobody has reported, on a second phone.
    const client = world.client('oHolderWhoLeaves');
    await enrol(client, picturesOf(LEAVING.id));
    holder = await enrol(client, picturesOf(LEAVING.id));
  }, START_TIMEOUT);

  const prepare = async (): Promise<string> =>
    (await accepted(ask({ action: 'prepareDeletion' }), validators.PrepareDeletionReply)).challenge;
  const send = (challenge: string): Promise<unknown> => {
    const { publicKey: holderKey, sign } = holder.key;
    return ask({
      action: 'deleteAccount',
      statement: createOrderStatement('deletion', { challenge, holderKey, sign }),
    });
  };

  it('is not had by who has just moved the card to a phone', async () => {
    const said = await refusal(ask({ action: 'prepareDeletion' }));
    expect(said).toMatchObject({ code: 'card_limited', until: holder.card.limitedUntil });
  });

  it('destroys everything but leaves of the log, and proves it by the published key', async () => {
    const database = databaseOf(world.cloud);
    const own = database.collection('identities').where({ 'card.status': 'valid' });
    await own.update({ 'card.limitedUntil': null });
    const before = await counts(world.cloud);
    const { eventCount } = ((await own.get()) as { data: { eventCount: number }[] }).data[0] ?? {
      eventCount: 0,
    };
    const challenge = await prepare();
    const reply = await accepted(send(challenge), validators.DeleteAccountReply);
    expect(await accepted(send(challenge), validators.DeleteAccountReply)).toEqual(reply);

    const [head = '', body = '', signature = ''] = reply.proof.split('.');
    const decode = (part: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    const { keys } = (await (await fetch(`${world.cloud.url}/.well-known/jwks.json`)).json()) as {
      keys: (JsonWebKey & { kid: string })[];
    };
    const key = keys.find(({ kid }) => kid === decode(head)['kid']);
    if (!key) throw new Error('the proof names no published key');
    const options = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(`${head}.${body}`), options, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(decode(body)).toMatchObject({ iss: world.cloud.url, jti: reply.id, unreadable_events: eventCount });

    const after = await counts(world.cloud);
    // What is left is the other person's: a card, and the enrolments before it.
    expect(after).toMatchObject({ identities: 1, cases: (before['cases'] ?? 0) - 2, deletions: 1 });
    expect(after['events']).toBe((before['events'] ?? 0) + 1);
    expect((await refusal(ask({ action: 'getCard' }))).code).toBe('not_found');
    expect((await refusal(ask({ action: 'listHistory' }))).code).toBe('not_found');
    expect(findingsBelow(world.dataDir, tracesOf(LEAVING), (path) => path.startsWith('authority'))).toEqual([]);
  });

  it('lets the person begin anew, without a history', async () => {
    holder = await enrol(world.client('oHolderWhoCameBack'), picturesOf(LEAVING.id));
    expect(holder.card).not.toHaveProperty('limitedUntil');
    const { entries } = await accepted(ask({ action: 'listHistory' }), validators.ListHistoryReply);
    expect(entries.map(({ kind }) => kind)).toEqual(['card_minted', 'evidence_destroyed']);
  });
});
