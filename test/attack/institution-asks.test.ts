import { askedHolder, type AskedHolder } from '../support/ecosystem/asked-holder';
import { watchAdminCalls } from '../support/ecosystem/admin-calls';
import { databaseOf } from '../support/ecosystem/database';
import { START_TIMEOUT, type EcosystemUnderTest } from '../support/ecosystem/ecosystem-under-test';
import { enrol } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { assertionOf, freshServerKey, proofOf, seconds, type ServerKey } from '../support/institution/credentials';
import { BANK, grantTo, RAILWAY, startServers } from '../support/institution/servers';

const PURPOSE = 'parcel-pickup';
const CIBA = 'urn:openid:params:grant-type:ciba';
const WRONG_NUMBERS = ['000000000', '111111111', '123456789'];

let world: EcosystemUnderTest;
let url: string;
let bankKey: ServerKey;
let railwayKey: ServerKey;
let binding: ServerKey;
let holder: AskedHolder;

beforeAll(async () => {
  ({ world, url, bankKey, railwayKey, binding } = await startServers());
  await grantTo(world, 'sample-bank', PURPOSE);
  await grantTo(world, 'sample-railway', PURPOSE);
  holder = askedHolder(await enrol(world.client('oHolderUnderAttack'), picturesOf('lin-zhiyuan')));
}, START_TIMEOUT);
afterAll(() => world.close());

type Parameters = Readonly<Record<string, string>>;

/** What the endpoints answer, as far as it is there. */
interface Told {
  readonly auth_req_id: string;
  readonly binding_message: string;
  readonly expires_in: number;
  readonly error: string;
}

/** Sends a form as the bank's server would, but for what is given otherwise. */
const send = async (path: string, parameters: Parameters, headers: Parameters = {}) => {
  const body = new URLSearchParams({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: parameters['client_assertion'] ?? (await assertionOf(BANK, url, bankKey)),
    ...parameters,
  });
  const reply = await fetch(`${url}/institution/${path}`, { method: 'POST', body, headers });
  return { status: reply.status, body: (await reply.json()) as Told };
};

const ask = (login_hint: string, more: Parameters = {}) =>
  send('backchannel', { scope: 'openid', purpose: PURPOSE, login_hint, ...more });

const tokenProof = (otherwise: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  proofOf('POST', `${url}/institution/token`, binding, otherwise);

const poll = async (id: string, more: Parameters = {}, dpop?: string) =>
  send('token', { grant_type: CIBA, auth_req_id: id, ...more }, { dpop: dpop ?? (await tokenProof()) });

/** Asks, and has the holder agree. @returns the name by which the answer is fetched */
const answered = async (): Promise<string> => {
  const number = await holder.readOut();
  const { body } = await ask(number);
  const session = await holder.find(number);
  if (session === null) throw new Error('the phone has found no ask');
  await holder.agree(session, await holder.claim(session));
  return body.auth_req_id;
};

const shapeOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => ({
  status,
  names: Object.keys(body),
  kinds: Object.values(body).map((value) => typeof value),
  lengths: [body.auth_req_id.length, body.binding_message.length],
  expires: body.expires_in,
});

describe('a number that is nobody’s', () => {
  it('is answered like a holder’s own, in as many calls of the database, and waits in vain', async () => {
    const calls = watchAdminCalls(world.cloud);
    const cost = async (number: string) => {
      const before = calls.count();
      const reply = await ask(number);
      return { calls: calls.count() - before, shape: shapeOf(reply), id: reply.body.auth_req_id };
    };
    const right = [];
    while (right.length < WRONG_NUMBERS.length) right.push(await cost(await holder.readOut()));
    const wrong = [];
    for (const number of WRONG_NUMBERS) wrong.push(await cost(number));
    calls.close();
    // The first turn of a minute takes one call more, whose ever it is.
    const least = (costs: readonly { readonly calls: number }[]) => Math.min(...costs.map((one) => one.calls));
    expect(least(wrong)).toBe(least(right));
    const [first] = right;
    for (const { shape } of [...right, ...wrong]) expect(shape).toEqual(first?.shape);
    for (const { id } of [...right, ...wrong])
      expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
  });

  it('is the same as one that was used before', async () => {
    const number = await holder.readOut();
    const [first, second] = [await ask(number), await ask(number)];
    expect(shapeOf(second)).toEqual(shapeOf(first));
    const session = await holder.find(number);
    expect(session).not.toBeNull();
    await holder.agree(session ?? '', await holder.claim(session ?? ''));
    expect(await poll(second.body.auth_req_id)).toMatchObject({ body: { error: 'authorization_pending' } });
    expect(await poll(first.body.auth_req_id)).toMatchObject({ status: 200 });
  });
});

describe('who asks', () => {
  it('is known by an assertion that is taken once', async () => {
    const client_assertion = await assertionOf(BANK, url, bankKey);
    expect(await ask('scan', { client_assertion })).toMatchObject({ status: 200 });
    expect(await ask('scan', { client_assertion })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it.each([-300, 300])('is not known by a clock that is %i seconds wrong', async (skew) => {
    const claims = { iat: seconds() + skew, exp: seconds() + skew + 60 };
    const client_assertion = await assertionOf(BANK, url, bankKey, claims);
    expect(await ask('scan', { client_assertion })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('keeps its asks when its key changes, and loses them with the one that was withdrawn', async () => {
    const id = await answered();
    const next = await freshServerKey();
    const institution = databaseOf(world.cloud).collection('institutions').doc(BANK);
    const keysOf = (keys: readonly ServerKey[]) => keys.map(({ publicJwk, kid }) => ({ ...publicJwk, kid }));
    await institution.update({ keys: keysOf([next]) });
    expect(await poll(id)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const client_assertion = await assertionOf(BANK, url, next);
    expect(await poll(id, { client_assertion })).toMatchObject({ status: 200 });
    await institution.update({ keys: keysOf([bankKey]) });
  });

  it('is refused at once when its registration ends, with what it had asked for', async () => {
    const id = await answered();
    const institution = databaseOf(world.cloud).collection('institutions').doc(BANK);
    await institution.update({ state: 'ended' });
    expect(await poll(id)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    await institution.update({ state: 'active' });
    expect(await poll(id)).toMatchObject({ status: 200 });
  });
});

describe('an answer', () => {
  it('is told once to instances that are polled at the same time', async () => {
    const id = await answered();
    const proofs = await Promise.all([1, 2, 3, 4].map(() => tokenProof()));
    const replies = await Promise.all(proofs.map((proof) => poll(id, {}, proof)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of replies.filter((one) => one.status !== 200))
      expect([status, ['slow_down', 'invalid_grant'].includes(body.error)]).toEqual([400, true]);
  });

  it('is told to nobody else, and not without a fresh proof of a key', async () => {
    const id = await answered();
    const byRailway = { client_assertion: await assertionOf(RAILWAY, url, railwayKey) };
    expect(await poll(id, byRailway)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    for (const otherwise of [{ iat: seconds() - 600 }, { iat: seconds() + 600 }, { htm: 'GET' }])
      expect(await poll(id, {}, await tokenProof(otherwise))).toMatchObject({
        status: 400,
        body: { error: 'invalid_dpop_proof' },
      });
    expect(await poll(id)).toMatchObject({ status: 200 });
  });

  it('is not told for a proof that was used before', async () => {
    const proof = await tokenProof();
    const api = { grant_type: 'client_credentials', scope: 'verifications' };
    expect(await send('token', api, { dpop: proof })).toMatchObject({ status: 200 });
    expect(await poll(await answered(), {}, proof)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('leaves nothing of whom it was about in the log, nor names by which it could be had', async () => {
    const number = await holder.readOut();
    const { body } = await ask(number);
    const session = (await holder.find(number)) ?? '';
    await holder.agree(session, await holder.claim(session));
    await poll(body.auth_req_id);
    const lines = JSON.stringify(world.log.lines);
    for (const secret of [number, session, body.auth_req_id, '林']) expect(lines).not.toContain(secret);
    expect(world.log.entries('CALL_FAILED')).toEqual([]);
  });
});
