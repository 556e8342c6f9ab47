import { createKeyProof, createShowingStatement, showingHandle, validators } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import {
  begin,
  enrol,
  mint,
  prove,
  readCase,
  submitSelfie,
  upload,
  type EnrolledHolder,
  type MatchedCase,
} from '../support/ecosystem/enrolment';
import { createKeyPair } from '../support/ecosystem/keys';
import { picture, picturesOf } from '../support/ecosystem/pictures';
import { openShowing, prepare, PURPOSE } from '../support/ecosystem/showing';

const PERSON = 'lin-zhiyuan';
const missing = 'cloud://local-wechat-id.6c6f-local-wechat-id-1300000000/evidence';

let world: EcosystemUnderTest;
let victim: Client;
let attacker: Client;
let holder: EnrolledHolder;
let matched: MatchedCase;
/** A case of the victim's in each state. */
let cases: Readonly<
  Record<'started' | 'documentRead' | 'faceMatched' | 'minted' | 'refused' | 'inReview' | 'expired', string>
>;

const noFiles = (caseId: string) => ({ front: `${missing}/${caseId}/a.jpg`, back: `${missing}/${caseId}/b.jpg` });
const read = (client: Client, caseId: string, files: object = noFiles(caseId)) =>
  client.ask('holder', { action: 'readDocument', caseId, ...files });
const match = (client: Client, caseId: string, selfie = `${missing}/${caseId}/c.jpg`) =>
  client.ask('holder', { action: 'matchFace', caseId, selfie });
const someProof = (nonce: string): string => {
  const key = createKeyPair();
  return createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
};

/** The last failed try ends a case. */
const refusedCase = async (): Promise<string> => {
  const { caseId } = await begin(victim);
  for (let left = 5; left >= 0; left -= 1) {
    expect(await refusal(read(victim, caseId))).toEqual({ code: 'file_not_found', picture: 'front', triesLeft: left });
  }
  return caseId;
};

/** A selfie between "same" and "another person", three times. */
const reviewCase = async (): Promise<string> => {
  const caseId = await readCase(victim, picturesOf(PERSON));
  const selfie = picture('shen-ruoxi', 'selfie-1');
  for (const outcome of ['retake', 'retake', 'inReview']) {
    expect(await submitSelfie(victim, caseId, selfie)).toMatchObject({ ok: true, outcome });
  }
  return caseId;
};

const expiredCase = async (): Promise<string> => {
  const { caseId } = await begin(victim);
  await databaseOf(world.cloud)
    .collection('cases')
    .where({ _id: caseId })
    .update({ expiresAt: Date.now() - 1 });
  return caseId;
};

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  victim = world.client('oVictimOfTheOrder');
  attacker = world.client('oAttackerOfTheOrder');
  holder = await enrol(victim, picturesOf(PERSON));
  matched = await prove(victim, picturesOf(PERSON));
  cases = {
    started: (await begin(victim)).caseId,
    documentRead: await readCase(victim, picturesOf(PERSON)),
    faceMatched: matched.caseId,
    minted: holder.caseId,
    refused: await refusedCase(),
    inReview: await reviewCase(),
    expired: await expiredCase(),
  };
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a step at the wrong time', () => {
  it.each(['faceMatched', 'minted', 'refused', 'inReview', 'expired'] as const)(
    'no document is read in %s',
    async (state) => {
      expect(await refusal(read(victim, cases[state]))).toEqual({ code: 'wrong_step' });
    },
  );

  it.each(['started', 'minted', 'refused', 'inReview', 'expired'] as const)(
    'no face is matched in %s',
    async (state) => {
      expect(await refusal(match(victim, cases[state]))).toEqual({ code: 'wrong_step' });
    },
  );

  it.each(['started', 'documentRead', 'refused', 'inReview', 'expired'] as const)(
    'no card is minted in %s',
    async (state) => {
      expect(await refusal(mint(victim, cases[state], someProof(matched.nonce)))).toEqual({ code: 'wrong_step' });
    },
  );

  it('a minted case mints for its own key alone', async () => {
    expect(await refusal(mint(victim, cases.minted, someProof(holder.nonce)))).toEqual({ code: 'wrong_step' });
    expect(await accepted(mint(victim, cases.minted, holder.proof), validators.MintCardReply)).toMatchObject({
      card: { id: holder.card.id },
    });
  });

  it('tries in parallel cannot share one', async () => {
    const { caseId } = await begin(attacker);
    const refusals = await Promise.all(Array.from({ length: 24 }, () => refusal(read(attacker, caseId))));
    const looks = refusals.filter(({ code }) => code === 'file_not_found').map(({ triesLeft }) => triesLeft);
    expect(new Set(looks).size).toBe(looks.length);
    expect(looks.length).toBeLessThanOrEqual(6);
    expect(refusals.every(({ code }) => ['file_not_found', 'wrong_step', 'too_many_tries'].includes(code))).toBe(true);
  });

  it('an account begins ten enrolments a day', async () => {
    const eager = world.client('oEagerBeginner');
    for (let count = 0; count < 10; count += 1) await begin(eager);
    const consents = [
      { subject: 'document', text: '2026-11' },
      { subject: 'face', text: '2026-11' },
    ];
    expect(await refusal(eager.ask('holder', { action: 'startEnrolment', consents }))).toEqual({
      code: 'too_many_tries',
    });
  });

  it.each([['face'], ['face', 'face']])('no enrolment begins with consents %s alone', async (...subjects) => {
    const consents = subjects.map((subject) => ({ subject, text: '2026-11' }));
    expect(await refusal(attacker.ask('holder', { action: 'startEnrolment', consents }))).toEqual({
      code: 'consent_missing',
    });
  });
});

describe('another’s case', () => {
  it('is as unknown as one that never was, in every state and for every step', async () => {
    for (const caseId of [...Object.values(cases), '0'.repeat(32)]) {
      expect(await refusal(read(attacker, caseId))).toEqual({ code: 'not_found' });
      expect(await refusal(match(attacker, caseId))).toEqual({ code: 'not_found' });
      expect(await refusal(mint(attacker, caseId, holder.proof))).toEqual({ code: 'not_found' });
    }
    expect(await refusal(attacker.ask('holder', { action: 'getCard' }))).toEqual({ code: 'not_found' });
  });
});

describe('another’s file', () => {
  it('is not read, not compared and not destroyed', async () => {
    const theirs = await upload(victim, cases.started, picture(PERSON, 'card-front'));
    const { caseId } = await begin(attacker);
    const own = `${missing}/${caseId}/own.jpg`;
    expect(await refusal(read(attacker, caseId, { front: theirs, back: own }))).toEqual({
      code: 'file_not_found',
      picture: 'front',
    });
    expect(await refusal(read(attacker, caseId, { front: own, back: theirs }))).toEqual({
      code: 'file_not_found',
      picture: 'back',
    });
    expect(await refusal(match(victim, cases.documentRead, theirs))).toEqual({
      code: 'file_not_found',
      picture: 'selfie',
    });
    // It is still there: the case that it belongs to gets as far as finding that it is no selfie.
    const reply = await refusal(
      read(victim, cases.started, { front: theirs, back: `${missing}/${cases.started}/gone.jpg` }),
    );
    expect(reply).toEqual({ code: 'file_not_found', picture: 'back', triesLeft: 5 });
  });

  it.each<[string, (caseId: string) => string]>([
    ['in the folder of reviewers', (caseId) => `${missing.replace('evidence', 'review')}/${caseId}/0`],
    ['in no folder', () => missing.replace('evidence', 'x.jpg')],
    ['above its folder', (caseId) => `${missing}/${caseId}/../${cases.started}/a.jpg`],
    ['below its folder', (caseId) => `${missing}/${caseId}/deeper/a.jpg`],
    ['in a folder with a like name', (caseId) => `${missing}/${caseId}0/a.jpg`],
    ['behind a doubled slash', (caseId) => `${missing}//${caseId}/a.jpg`],
    ['with another folder before', (caseId) => `${missing.replace('evidence', 'x/evidence')}/${caseId}/a.jpg`],
    ['that is a folder', (caseId) => `${missing}/${caseId}/`],
    ['hidden', (caseId) => `${missing}/${caseId}/.a.jpg`],
  ])('a file %s is refused without a look', async (_where, file) => {
    const path = file(cases.documentRead);
    expect(await refusal(match(victim, cases.documentRead, path))).toEqual({
      code: 'file_not_found',
      picture: 'selfie',
    });
  });

  it('a file that does not exist, or lies in another environment, is refused and costs a try', async () => {
    const elsewhere = `cloud://other-env.6f74-other-env-1300000001/evidence/${cases.documentRead}/a.jpg`;
    expect(await refusal(match(victim, cases.documentRead))).toEqual({
      code: 'file_not_found',
      picture: 'selfie',
      triesLeft: 4,
    });
    expect(await refusal(match(victim, cases.documentRead, elsewhere))).toEqual({
      code: 'file_not_found',
      picture: 'selfie',
      triesLeft: 3,
    });
  });
});

describe('the proof of the key', () => {
  it.each<[string, () => string]>([
    ['over another nonce', () => someProof(holder.nonce)],
    [
      'of a showing',
      () => {
        const key = createKeyPair();
        return createShowingStatement({
          handle: showingHandle(matched.nonce),
          key: key.publicKey,
          purpose: PURPOSE,
          session: null,
          sign: key.sign,
        });
      },
    ],
    [
      'signed by another key',
      () => {
        const { publicKey } = createKeyPair();
        return createKeyProof({ nonce: matched.nonce, key: publicKey, sign: createKeyPair().sign });
      },
    ],
    ['cut off', () => someProof(matched.nonce).slice(0, -4)],
    ['that is none', () => 'AAAA'],
  ])('%s is refused', async (_what, proof) => {
    expect(await refusal(mint(victim, cases.faceMatched, proof()))).toEqual({ code: 'key_proof_invalid' });
  });
});

describe('a showing', () => {
  const state = (handle: string, sign = holder.key.sign): string =>
    createShowingStatement({
      handle: showingHandle(handle),
      key: createKeyPair().publicKey,
      purpose: PURPOSE,
      session: null,
      sign,
    });
  const open = (statement: string, client = victim) => client.ask('holder', { action: 'openShowing', statement });

  it('is not opened by another key, for another handle or with a mint’s proof', async () => {
    const handle = await prepare(victim);
    for (const statement of [
      state(handle, createKeyPair().sign),
      state(holder.nonce),
      someProof(handle),
      holder.proof,
    ]) {
      expect(await refusal(open(statement))).toEqual({ code: 'key_proof_invalid' });
    }
    expect(await refusal(open(state(handle), attacker))).toEqual({ code: 'not_found' });
    await accepted(open(state(handle)), validators.OpenShowingReply);
  });

  it('is opened once, only after it was prepared, and within a minute', async () => {
    const handle = await prepare(victim);
    const statement = state(handle);
    await accepted(open(statement), validators.OpenShowingReply);
    expect(await refusal(open(statement))).toEqual({ code: 'wrong_step' });
    const late = await prepare(victim);
    expect(await refusal(open(statement))).toEqual({ code: 'key_proof_invalid' });
    await databaseOf(world.cloud)
      .collection('identities')
      .where({ 'showing.handle': late })
      .update({ 'showing.preparedAt': Date.now() - 61_000 });
    expect(await refusal(open(state(late)))).toEqual({ code: 'wrong_step' });
    await openShowing(victim, holder.key);
  });

  it('is prepared by nobody without a card', async () => {
    expect(await refusal(attacker.ask('holder', { action: 'prepareShowing' }))).toEqual({ code: 'not_found' });
    for (const action of ['suspendCard', 'resumeCard']) {
      expect(await refusal(attacker.ask('holder', { action }))).toEqual({ code: 'not_found' });
    }
  });
});
