import { randomBytes } from 'node:crypto';
import { picturePath } from '../../local/people';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { createKeyProof, enrolmentChallenge, sessionHandle, validators, type FingerprintAnswer } from '../../protocol';
import { codeOf, hoped } from '../support/ecosystem/called';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { mint, prove, upload, type MatchedCase } from '../support/ecosystem/enrolment';
import { createKeyPair } from '../support/ecosystem/keys';
import { picture, picturesOf } from '../support/ecosystem/pictures';
import { soterPhone } from '../support/ecosystem/soter-phone';

const OPEN_ID = 'oHolderWithAFinger';
const CPU_ID = 'the-phone-of-a-holder';
const PERSON = 'lin-zhiyuan';

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
let fid = '1';

interface StoredIdentity {
  readonly stepUp: { readonly hasTemplate: boolean; readonly sealed: string };
}
const stored = async (): Promise<readonly StoredIdentity[]> =>
  ((await databaseOf(world.cloud).collection('identities').get()) as { data: StoredIdentity[] }).data;

/** Up to a matched face, on the phone itself. */
const matched = async (keepsTemplate: boolean) => {
  const enrolment = await hoped(
    phone.enrolment.begin(keepsTemplate ? ['document', 'face', 'faceTemplate'] : ['document', 'face']),
  );
  const [front, back] = [picturePath({ id: PERSON }, 'card-front'), picturePath({ id: PERSON }, 'card-back')];
  await hoped(phone.enrolment.submitDocument(enrolment, front, back));
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picturePath({ id: PERSON }, 'selfie-1')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  return { enrolment, nonce: face.nonce };
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone(OPEN_ID, { finger: () => ({ fid }), cpuId: CPU_ID });
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a card with a fingerprint', () => {
  it('is made with the finger and the measure of the face that its holder consented to, both sealed', async () => {
    const { enrolment, nonce } = await matched(true);
    expect(await phone.fingerprint.canUseFinger()).toBe(true);
    const bound = await phone.fingerprint.bindFinger(enrolment, nonce, 'bind');
    expect(bound).toMatchObject({ at: 'service', called: { ok: true, reply: { fingerprint: 'bound' } } });
    await hoped(phone.enrolment.mint(enrolment, nonce));
    const [identity] = await stored();
    expect(identity?.stepUp).toMatchObject({ hasTemplate: true });
    expect(JSON.stringify(identity)).not.toContain(CPU_ID);
  });

  /** Sets the fingerprint anew with a selfie. */
  const renew = async (selfie: Buffer): Promise<string> => {
    const client = world.client(OPEN_ID);
    const { renewalId } = await hoped(phone.prepareRenewal());
    const signed = await phone.fingerprint.signRenewal(renewalId, 'renew');
    if (!signed.ok) throw new Error(signed.because);
    return codeOf(phone.renewFingerprint({ selfie: await upload(client, renewalId, selfie), answer: signed.answer }));
  };

  it('gets another finger for the same face, and none for another’s, measured against template and portrait', async () => {
    fid = '2';
    expect(await renew(picture('zhou-qiming', 'selfie-1'))).toBe('faces_differ');
    // The picture of the enrolment itself is no face before the camera.
    expect(await renew(picture(PERSON, 'selfie-1'))).toBe('not_live');
    expect(await renew(picture(PERSON, 'selfie-2'))).toBe('ok');
    await hoped(phone.withdrawFaceTemplate());
    expect((await stored())[0]?.stepUp.hasTemplate).toBe(false);
    expect(await renew(picture('zhou-qiming', 'selfie-1'))).toBe('faces_differ');
    expect(await renew(picture(PERSON, 'selfie-3'))).toBe('ok');
  });

  it('leaves no picture, and neither the open id nor the phone in anything that the functions wrote', async () => {
    const { data } = (await databaseOf(world.cloud).collection('events').get()) as { data: unknown[] };
    const written = JSON.stringify([world.log.lines, await stored(), data]);
    for (const datum of [OPEN_ID, CPU_ID]) expect(written).not.toContain(datum);
  });
});

describe('binding a fingerprint', () => {
  let holder: MatchedCase;
  let client: Client;
  const bind = (answer: FingerprintAnswer, caseId = holder.caseId, as = client): Promise<unknown> =>
    as.ask('holder', { action: 'bindFingerprint', caseId, answer });

  beforeAll(async () => {
    client = world.client('oHolderOfAnotherCard');
    holder = await prove(client, picturesOf('aygul'));
  }, START_TIMEOUT);

  it('takes no signature of another user’s phone, of another case, or of a changed text', async () => {
    const challenge = enrolmentChallenge(holder, sha256);
    const own = await soterPhone(world.cloud.url, client.openId);
    const stranger = await soterPhone(world.cloud.url, 'oStranger');
    const answer = await own.touch(challenge);
    const forged = [
      await stranger.touch(challenge),
      await own.touch(enrolmentChallenge({ ...holder, caseId: 'f'.repeat(32) }, sha256)),
      { ...answer, resultJson: answer.resultJson.replace('"counter":1', '"counter":9') },
      { ...answer, signature: 'AAAA' },
    ];
    for (const one of forged) expect(await refusal(bind(one))).toMatchObject({ code: 'fingerprint_invalid' });
    expect(await refusal(bind(answer, holder.caseId, world.client('oStranger')))).toEqual({ code: 'not_found' });
    await accepted(bind(answer), validators.FingerprintBoundReply);
  });

  it('can be left out: the card is made without', async () => {
    const other = world.client('oHolderWithoutAFinger');
    const { caseId, nonce } = await prove(other, picturesOf('he-huilan'));
    const key = createKeyPair();
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    await accepted(mint(other, caseId, proof), validators.MintCardReply);
  });
});

describe('a ticket office', () => {
  const PURPOSE = 'train-ticket';
  const ask = async () => {
    const office = world.client('oStaffRailway01');
    const { session } = await accepted(
      office.ask('verifier', { action: 'openCounter', purpose: PURPOSE }),
      validators.OpenCounterReply,
    );
    const asked = await accepted(
      world.client(OPEN_ID).ask('holder', { action: 'claimCounter', session }),
      validators.ClaimCounterReply,
    );
    const redeem = (code: string) =>
      office.ask('verifier', {
        action: 'redeemCode',
        code,
        purpose: PURPOSE,
        requestId: randomBytes(16).toString('hex'),
      });
    return { session: sessionHandle(session), asked, redeem };
  };

  it('hears name and number of a holder whose finger signed for its counter, and nothing without', async () => {
    const { session, asked, redeem } = await ask();
    expect(asked).toMatchObject({ purpose: PURPOSE, claims: ['name', 'number'], stepUp: ['fingerprint'] });
    const showing = await hoped(phone.showing.show(PURPOSE, session, { prompt: 'ticket' }));
    const { answer } = await accepted(redeem(showing.currentCode()), validators.RedeemCodeReply);
    expect(answer).toMatchObject({ mode: 'bound', stepUp: ['fingerprint'], claims: { name: '林知远' } });
    expect(Object.keys(answer.claims).sort()).toEqual(['name', 'number']);
    const [entry] = (await hoped(phone.listHistory())).entries;
    expect(entry).toMatchObject({ kind: 'card_checked', mode: 'bound', stepUp: ['fingerprint'] });
  });

  it('hears nothing of a card without its counter, or of another finger', async () => {
    expect(await codeOf(phone.showing.show(PURPOSE))).toBe('counter_needed');
    const { session } = await ask();
    fid = '7';
    expect(await codeOf(phone.showing.show(PURPOSE, session, { prompt: 'ticket' }))).toBe('fingerprint_changed');
  });
});
