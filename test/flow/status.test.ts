import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { judge, type Verdict } from '../../local/drill/stranger';
import { createKeyProof, parseCredential, validators } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, mint, prove, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { createKeyPair, type KeyPair } from '../support/ecosystem/keys';
import { picturesOf } from '../support/ecosystem/pictures';
import { prepare } from '../support/ecosystem/showing';

const OPEN_ID = 'oHolderWithStatus';
const PICTURES = picturesOf('lin-zhiyuan');

let world: EcosystemUnderTest;
let holder: EnrolledHolder;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client(OPEN_ID), PICTURES);
}, START_TIMEOUT);
afterAll(() => world.close());

const ask = (action: string) => accepted(holder.client.ask('holder', { action }), validators.CardReply);
const publish = () => world.cloud.runTimer('publishStatus');
const verdict = (credential = holder.credential): Promise<Verdict> => judge(world.cloud.url, credential);
const placeOf = (credential: string) => {
  const parsed = parseCredential(credential);
  if (!parsed) throw new Error('not read');
  return parsed.status;
};

/** What a library that is not ours makes of the credential: it fetches list and all by itself. */
const libraryVerdict = async (credential: string): Promise<string> => {
  const jwks = (await (await fetch(`${world.cloud.url}/.well-known/jwks.json`)).json()) as {
    keys: readonly (JsonWebKey & { kid: string })[];
  };
  const kid = parseCredential(credential)?.kid;
  const key = createPublicKey({ key: jwks.keys.find((one) => one.kid === kid) ?? {}, format: 'jwk' });
  const instance = new SDJwtVcInstance({
    hasher: (data: string | ArrayBuffer) =>
      createHash('sha256')
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest(),
    hashAlg: 'sha-256',
    verifier: (data: string, signature: string) =>
      verify('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
  });
  return instance.verify(credential).then(
    () => 'valid',
    (error: unknown) => (error instanceof Error ? error.message : 'failed'),
  );
};

describe('a list of status', () => {
  it('is published from the first card on, as the draft says', async () => {
    const response = await fetch(placeOf(holder.credential).uri);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/statuslist+jwt');
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await verdict()).toBe('valid');
  });

  it.each(['0', '2', '01', '1/', '-1', '1e0', '__proto__', '9999999999'])('has no other name: %s', async (name) => {
    expect((await fetch(`${world.cloud.url}/public/status/${name}`)).status).toBe(404);
  });

  it('tells nothing of the past', async () => {
    expect((await fetch(`${placeOf(holder.credential).uri}?time=1795000000`)).status).toBe(501);
  });

  it('tells of the holder’s brake and its release, once it is published', async () => {
    for (const [action, told] of [
      ['suspendCard', 'suspended'],
      ['resumeCard', 'valid'],
    ] as const) {
      await ask(action);
      await publish();
      expect(await verdict()).toBe(told);
      expect(await libraryVerdict(holder.credential)).toBe(told === 'valid' ? 'valid' : 'Status is not valid');
    }
  });

  it('ends at the state of the card, when changes and runs of the job meet', async () => {
    await Promise.all([ask('suspendCard'), publish(), publish()]);
    await Promise.all([ask('resumeCard'), publish(), publish(), publish()]);
    await publish();
    expect(await verdict()).toBe('valid');
    const left = (await databaseOf(world.cloud)
      .collection('identities')
      .where({ 'untold.since': databaseOf(world.cloud).command.exists(true) })
      .count()) as { total: number };
    expect(left.total).toBe(0);
  });
});

describe('a renewal', () => {
  const renew = async (key: KeyPair): Promise<unknown> => {
    const nonce = await prepare(holder.client);
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    return holder.client.ask('holder', { action: 'renewCredential', proof });
  };

  it('hands the credential out again to the card’s key', async () => {
    const { credential } = await accepted(renew(holder.key), validators.MintCardReply);
    expect(placeOf(credential)).toEqual(placeOf(holder.credential));
    expect(await verdict(credential)).toBe('valid');
  });

  it('hands nothing out to an account alone', async () => {
    expect(await refusal(renew(createKeyPair()))).toEqual({ code: 'key_proof_invalid' });
  });
});

describe('a card on a new phone', () => {
  it('has a place of its own, and the place of the old one is revoked', async () => {
    const { client, caseId, nonce } = await prove(world.client(OPEN_ID), PICTURES);
    const key = createKeyPair();
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    const { credential } = await accepted(mint(client, caseId, proof), validators.MintCardReply);
    expect(placeOf(credential)).not.toEqual(placeOf(holder.credential));
    await publish();
    expect(await verdict()).toBe('revoked');
    expect(await verdict(credential)).toBe('valid');
    expect(await libraryVerdict(holder.credential)).toBe('Status is not valid');
    expect(await libraryVerdict(credential)).toBe('valid');
  });
});

describe('a mass act', () => {
  it('revokes the cards of a period, and the lists and the holder are told', async () => {
    const other = await enrol(world.client('oHolderOfThePeriod'), picturesOf('he-huilan'));
    const [from, to] = [other.card.mintedAt, other.card.mintedAt + 1];
    const [first, second] = ['1', '2'].map((at) => world.client(`oOperatorSecurity${at}`)) as [Client, Client];
    const act = { kind: 'revoke_cards', target: { by: 'minted', from, to }, reason: 'issuer_compromised' };
    const { proposal, hash } = await accepted(
      first.ask('operator', { action: 'proposeAct', ...act }),
      validators.ProposeActReply,
    );
    await accepted(second.ask('operator', { action: 'confirmAct', proposal, hash }), validators.DoneReply);
    await world.cloud.runTimer('massActs');
    await publish();
    expect(await verdict(other.credential)).toBe('revoked');
    const reply = await accepted(other.client.ask('holder', { action: 'getCard' }), validators.CardReply);
    expect(reply.card.status).toBe('revoked');
    const history = await accepted(other.client.ask('holder', { action: 'listHistory' }), validators.ListHistoryReply);
    expect(history.entries[0]).toMatchObject({ kind: 'card_stopped', reason: 'issuer_compromised' });
    expect((await ask('getCard')).card.status).toBe('valid');
    const listed = await accepted(first.ask('operator', { action: 'listMassActs' }), validators.ListMassActsReply);
    expect(listed.acts).toMatchObject([{ ...act, proposal, count: 1, total: 1 }]);
    expect(listed.acts[0]?.finishedAt).not.toBeNull();
  });
});
