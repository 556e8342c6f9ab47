import { join } from 'node:path';
import sharp from 'sharp';
import { sampleRegister, startAuthority } from '../../local/authority';
import { builtFiles } from '../../local/ecosystem/built-files';
import { refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { begin, matchCase, readCase, submitDocument, submitSelfie } from '../support/ecosystem/enrolment';
import { person, picture, picturesOf } from '../support/ecosystem/pictures';

/** Whom the register does not know at all, knows under another name, and knows by another face. */
const UNKNOWN = person('bateer');
const RENAMED = person('li-andong');
const OTHER_FACE = person('aygul');
const WITHOUT_FACE = person('zhou-qiming');

const register = () =>
  sampleRegister().flatMap((entry) => {
    switch (entry.number) {
      case UNKNOWN.idNumber:
        return [];
      case RENAMED.idNumber:
        return [{ ...entry, name: '李某' }];
      case OTHER_FACE.idNumber:
        return [{ ...entry, portrait: picture('lin-zhiyuan', 'portrait') }];
      case WITHOUT_FACE.idNumber:
        return [{ ...entry, portrait: picture('zhou-qiming', 'card-back') }];
      default:
        return [entry];
    }
  });

let world: EcosystemUnderTest;
let accounts = 0;
const newcomer = (): Client => world.client(`oNewcomer${String((accounts += 1))}`);

beforeAll(async () => {
  world = await startEcosystemUnderTest({ people: register() });
}, START_TIMEOUT);
afterAll(() => world.close());

const stateOf = async (caseId: string): Promise<string | undefined> =>
  ((await databaseOf(world.cloud).collection('cases').where({ _id: caseId }).get()) as { data: { state: string }[] })
    .data[0]?.state;

describe('the pictures of the card', () => {
  const front = picture('lin-zhiyuan', 'card-front');
  const back = picture('lin-zhiyuan', 'card-back');
  const selfie = picture('lin-zhiyuan', 'selfie-1');

  it.each([
    ['the back as front', { front: back, back }, { code: 'wrong_side', picture: 'front' }],
    ['the front as back', { front, back: front }, { code: 'wrong_side', picture: 'back' }],
    ['a selfie as card', { front: selfie, back }, { code: 'no_card_found', picture: 'front' }],
    ['a selfie as back', { front, back: selfie }, { code: 'no_card_found', picture: 'back' }],
  ])('%s are refused with the picture at fault, and may be taken again', async (_what, pictures, fault) => {
    const client = newcomer();
    const { caseId } = await begin(client);
    expect(await refusal(submitDocument(client, caseId, pictures))).toEqual({ ...fault, triesLeft: 5 });
    expect(await stateOf(caseId)).toBe('started');
  });

  it('a card too blurred to read is refused with what could not be read', async () => {
    const client = newcomer();
    const { caseId } = await begin(client);
    const blurred = await sharp(front).blur(9).jpeg().toBuffer();
    const { code, picture: at, triesLeft } = await refusal(submitDocument(client, caseId, { front: blurred, back }));
    expect(['no_card_found', 'field_unreadable', 'number_check_failed']).toContain(code);
    expect({ at, triesLeft }).toEqual({ at: 'front', triesLeft: 5 });
  });
});

describe('the selfie', () => {
  let client: Client;
  let caseId: string;
  beforeAll(async () => {
    client = newcomer();
    caseId = await readCase(client, picturesOf('lin-zhiyuan'));
  }, START_TIMEOUT);

  const two = async (): Promise<Buffer> => {
    const [left, right] = await Promise.all(
      ['lin-zhiyuan', 'he-huilan'].map((id) => sharp(picture(id, 'selfie-1')).resize(960, 1280).toBuffer()),
    );
    return sharp({ create: { width: 1920, height: 1280, channels: 3, background: 'grey' } })
      .composite([
        { input: left, left: 0, top: 0 },
        { input: right, left: 960, top: 0 },
      ])
      .jpeg()
      .toBuffer();
  };

  // In this order they spend four of the five tries of one case; the fifth is the person's own.
  it.each<[string, () => Buffer | Promise<Buffer>, string, number]>([
    ['without a face', () => picture('lin-zhiyuan', 'card-back'), 'no_face', 4],
    ['of two people', two, 'several_faces', 3],
    ['out of focus', () => sharp(picture('lin-zhiyuan', 'selfie-1')).blur(12).jpeg().toBuffer(), 'picture_blurred', 2],
    ['of somebody else', () => picture('aygul', 'selfie-1'), 'faces_differ', 1],
  ])('%s is refused, and may be taken again', async (_what, selfie, code, triesLeft) => {
    expect(await refusal(submitSelfie(client, caseId, await selfie()))).toEqual({ code, picture: 'selfie', triesLeft });
    expect(await stateOf(caseId)).toBe('documentRead');
  });

  it('of the person is taken after all of these', async () => {
    await matchCase(client, caseId, picture('lin-zhiyuan', 'selfie-1'));
    expect(await stateOf(caseId)).toBe('faceMatched');
  });

  it('of somebody else at every try ends the case', async () => {
    const other = newcomer();
    const ending = await readCase(other, picturesOf('li-andong'));
    for (let left = 4; left >= 0; left -= 1) {
      const reply = submitSelfie(other, ending, picture('shen-ruoxi', 'selfie-1'));
      expect(await refusal(reply)).toEqual({ code: 'faces_differ', picture: 'selfie', triesLeft: left });
    }
    expect(await stateOf(ending)).toBe('refused');
  });
});

describe('the authority', () => {
  it.each([
    ['does not know the number', UNKNOWN, 'authority_no_record'],
    ['knows the number under another name', RENAMED, 'authority_no_record'],
    ['knows another face', OTHER_FACE, 'authority_faces_differ'],
  ] as const)('%s: refused for good', async (_what, { id }, code) => {
    const client = newcomer();
    const caseId = await readCase(client, picturesOf(id));
    expect(await refusal(submitSelfie(client, caseId, picture(id, 'selfie-1')))).toEqual({
      code,
      picture: 'selfie',
      triesLeft: 0,
    });
    expect(await stateOf(caseId)).toBe('refused');
    expect(await refusal(submitSelfie(client, caseId, picture(id, 'selfie-1')))).toEqual({ code: 'wrong_step' });
  });

  it('has no picture to compare with: a person decides', async () => {
    const client = newcomer();
    const caseId = await readCase(client, picturesOf(WITHOUT_FACE.id));
    for (const outcome of ['retake', 'retake', 'inReview']) {
      const reply = await submitSelfie(client, caseId, picture(WITHOUT_FACE.id, 'selfie-1'));
      expect(reply).toMatchObject({ ok: true, outcome });
    }
    expect(await stateOf(caseId)).toBe('inReview');
  });

  it('is closed: the case waits, and goes on once it is open again', async () => {
    const { port } = new URL(world.authority.url);
    const client = newcomer();
    const caseId = await readCase(client, picturesOf('shen-ruoxi'));
    await world.authority.close();
    const selfie = picture('shen-ruoxi', 'selfie-1');
    expect(await refusal(submitSelfie(client, caseId, selfie))).toMatchObject({ code: 'authority_unavailable' });
    expect(await stateOf(caseId)).toBe('documentRead');
    const reopened = await startAuthority({
      dataDir: join(world.dataDir, 'authority'),
      models: builtFiles.models,
      people: [],
      port: Number(port),
    });
    try {
      await matchCase(client, caseId, selfie);
    } finally {
      await reopened.close();
    }
  });
});
