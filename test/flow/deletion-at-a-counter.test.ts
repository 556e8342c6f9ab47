import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { validators } from '../../protocol';
import { sampleOperators } from '../../local/ecosystem/partners';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { findingsBelow, tracesOf } from '../support/ecosystem/personal-data';
import { person, picturesOf } from '../support/ecosystem/pictures';

const PERSON = person('zhou-qiming');
const seen = { lastFour: PERSON.idNumber.slice(-4), personSeen: true, documentSeen: true } as const;

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let code: string;
let [first, second]: Client[] = [];

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderWithoutAPhone'), picturesOf(PERSON.id));
  const issued = await accepted(
    holder.client.ask('holder', { action: 'issueKillCode' }),
    validators.IssueKillCodeReply,
  );
  code = issued.code;
  [first, second] = sampleOperators.filter(({ role }) => role === 'counter').map(({ openId }) => world.client(openId));
}, START_TIMEOUT);
afterAll(() => world.close());

const ask = (who: Client | undefined, data: object): Promise<unknown> => {
  if (!who) throw new Error('no operator');
  return who.ask('operator', data);
};
const receive = async () =>
  accepted(ask(first, { action: 'receiveByCode', killCode: code.replaceAll('-', '') }), validators.ReceiveVisitorReply);

/** As though all proposals had been made a minute ago: the job leaves alone what a call may be at work on. */
const aMinuteLater = async (): Promise<void> => {
  const proposals = databaseOf(world.cloud).collection('proposals');
  await proposals.where({ state: 'confirmed' }).update({ proposedAt: Date.now() - 60_000 });
};

describe('everything is deleted at a counter', () => {
  it('for who brings the kill code and is seen, by two operators, with a proof that anybody reads', async () => {
    await fetch(`${world.cloud.url}/public/kill`, { method: 'POST', body: new URLSearchParams({ code }) });
    const { number, may } = await receive();
    expect(may).toEqual(['delete']);
    const wrong = { ...seen, lastFour: '0000' };
    expect(await refusal(ask(first, { action: 'deleteVisitor', number, ...wrong }))).toMatchObject({ triesLeft: 2 });
    const proposed = await accepted(
      ask(first, { action: 'deleteVisitor', number, ...seen }),
      validators.DeleteVisitorReply,
    );
    const { proposal, hash, proofAddress } = proposed;
    expect((await fetch(proofAddress)).status).toBe(404);
    const page = async (language = 'zh-CN,zh;q=0.9') => {
      const answer = await fetch(proofAddress, { headers: { accept: 'text/html,*/*', 'accept-language': language } });
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      return { status: answer.status, text: await answer.text() };
    };
    expect(await page()).toMatchObject({ status: 404, text: expect.stringContaining('可能还没有删除') as string });
    expect((await refusal(ask(first, { action: 'confirmAct', proposal, hash }))).code).toBe('second_person_needed');
    await accepted(ask(second, { action: 'confirmAct', proposal, hash }), validators.DoneReply);
    await aMinuteLater();
    await world.cloud.runTimer('finish');
    await world.cloud.runTimer('finish');
    await accepted(ask(second, { action: 'confirmAct', proposal, hash }), validators.DoneReply);

    expect((await refusal(holder.client.ask('holder', { action: 'getCard' }))).code).toBe('not_found');
    const published = await fetch(proofAddress);
    expect(published.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const deletion = (await published.json()) as { readonly id: string; readonly proof: string };
    expect(deletion.id).toBe(proposal);
    for (const language of ['zh-CN', 'en-GB']) {
      const { status, text } = await page(language);
      expect(status).toBe(200);
      expect(text).toContain(deletion.proof);
      expect(text).toContain(language === 'en-GB' ? 'can be read by nobody' : '没有人能读出');
    }
    const [head = '', body = '', signature = ''] = deletion.proof.split('.');
    const decode = (part: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    const { keys } = (await (await fetch(`${world.cloud.url}/.well-known/jwks.json`)).json()) as {
      readonly keys: readonly (JsonWebKey & { readonly kid: string })[];
    };
    const key = keys.find(({ kid }) => kid === decode(head)['kid']);
    if (!key) throw new Error('the proof names no published key');
    const options = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(`${head}.${body}`), options, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(decode(body)).toMatchObject({ iss: world.cloud.url, jti: proposal });
    expect(findingsBelow(world.dataDir, tracesOf(PERSON), (path) => path.startsWith('authority'))).toEqual([]);
  });

  it('leaves an entry of each step to the auditor, and one that is of nobody', async () => {
    const auditor = sampleOperators.find(({ role }) => role === 'auditor');
    const { entries } = await accepted(
      ask(world.client(auditor?.openId ?? ''), { action: 'listAudit' }),
      validators.ListAuditReply,
    );
    const kinds = entries.map(({ content }) => (JSON.parse(content) as { happening: { kind: string } }).happening.kind);
    for (const kind of ['visitor_received', 'act_proposed', 'act_confirmed', 'act_carried_out', 'account_deleted'])
      expect(kinds).toContain(kind);
    expect(kinds.filter((kind) => kind === 'act_carried_out')).toHaveLength(1);
  });

  it('for nobody by a code that is void, a number of another, or an address that nothing lies at', async () => {
    expect((await refusal(ask(first, { action: 'receiveByCode', killCode: code.replaceAll('-', '') }))).code).toBe(
      'not_found',
    );
    expect((await refusal(ask(first, { action: 'deleteVisitor', number: '00000000', ...seen }))).code).toBe(
      'not_found',
    );
    const typed = {
      action: 'proposeAct',
      kind: 'delete_at_counter',
      target: holder.card.id,
      reason: 'kill_code_and_card_seen',
    };
    expect((await refusal(ask(first, typed))).code).toBe('request_invalid');
    for (const id of ['f'.repeat(32), 'F'.repeat(32), '', '..%2Fkill', `${'f'.repeat(32)}/x`])
      expect((await fetch(`${world.cloud.url}/public/deletions/${id}`)).status).toBe(404);
  });
});
