import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { builtFiles } from '../../local/ecosystem/built-files';
import { refusal, type Client } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import {
  begin,
  matchCase,
  prove,
  readCase,
  submitDocument,
  submitSelfie,
  upload,
} from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { pngBomb } from '../support/ecosystem/png-bomb';
import { residentBytesOf } from '../support/ecosystem/process-memory';

const MB = 1024 * 1024;
const PERSON = picturesOf('lin-zhiyuan');

let world: EcosystemUnderTest;
let accounts = 0;
let memoryBefore: number;
/** An account with a document that was read. */
let reader: Client;
let readCaseId: string;
const newcomer = (): Client => world.client(`oSenderOfFiles${String((accounts += 1))}`);

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  // Wakes every model, so that what grows later is not theirs.
  await prove(newcomer(), PERSON);
  reader = newcomer();
  readCaseId = await readCase(reader, PERSON);
  memoryBefore = proofingMemory();
}, START_TIMEOUT);
afterAll(() => world.close());

const filesOnDisk = (): readonly string[] => readdirSync(join(world.dataDir, 'cloud', 'files')).sort();

/** The one proofing instance: one call is under way at a time, so there is never a second. */
const proofingMemory = (): number => {
  const [bytes, ...more] = residentBytesOf(join(builtFiles.functions, 'proofing'));
  if (bytes === undefined || more.length > 0) throw new Error('there is not exactly one proofing instance');
  return bytes;
};

const svg = (content: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600">${content}</svg>`);

/** The bomb's bytes under a header that promises more than any memory holds. */
const pngOfSize = (side: number): Buffer => {
  const bytes = Buffer.from(pngBomb(16));
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  return bytes;
};

const bombs: readonly (readonly [string, () => Buffer | Promise<Buffer>, string])[] = [
  ['a PNG of 16000×16000 pixels', () => pngBomb(16_000), 'picture_too_large'],
  ['a PNG of 60000×60000 pixels by its header', () => pngOfSize(60_000), 'picture_too_large'],
  ['a photograph cut off', () => PERSON.front.subarray(0, 60_000) as Buffer, 'picture_damaged'],
  ['a PDF named .jpg', () => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n'), 'not_an_image'],
  ['an SVG that asks for a file', () => svg('<image href="file:///etc/passwd" width="9" height="9"/>'), 'not_an_image'],
  [
    'an SVG of nested entities',
    () => Buffer.from('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'),
    'not_an_image',
  ],
  [
    'a GIF',
    () =>
      sharp({ create: { width: 64, height: 64, channels: 3, background: 'grey' } })
        .gif()
        .toBuffer(),
    'not_an_image',
  ],
  ['a page of HTML', () => Buffer.from('<!doctype html><title>x</title>'), 'not_an_image'],
  ['nothing', () => Buffer.alloc(0), 'not_an_image'],
  ['a magic number alone', () => Buffer.from('ffd8ffe0', 'hex'), 'picture_damaged'],
  ['9 MB', () => Buffer.concat([PERSON.front, Buffer.alloc(9 * MB)]), 'picture_too_large'],
  ['20 MB', () => Buffer.alloc(20_000_000, 1), 'picture_too_large'],
];

it('the bomb is as small as it is meant to be', () => {
  expect(pngBomb(16_000).length).toBeLessThan(40_000);
});

describe('a file that is no proper photograph', () => {
  it.each(bombs)('%s is refused as a card', async (_what, make, code) => {
    const client = newcomer();
    const { caseId } = await begin(client);
    const pictures = { front: await make(), back: PERSON.back };
    expect(await refusal(submitDocument(client, caseId, pictures))).toEqual({ code, picture: 'front', triesLeft: 5 });
  });

  // Four of a case's five tries.
  it.each(
    bombs.filter(([what]) =>
      ['a PNG of 16000×16000 pixels', 'a photograph cut off', 'a PDF named .jpg', '20 MB'].includes(what),
    ),
  )('%s is refused as a selfie', async (_what, make, code) => {
    expect(await refusal(submitSelfie(reader, readCaseId, await make()))).toMatchObject({ code, picture: 'selfie' });
  });

  it('leaves the instance alive and its memory as it was', async () => {
    expect(proofingMemory() - memoryBefore).toBeLessThan(60 * MB);
    await matchCase(reader, readCaseId, PERSON.selfie);
  });
});

describe('storage', () => {
  it('takes no file that is larger than its folder allows, and keeps nothing of it', async () => {
    const client = newcomer();
    const { evidenceFolder } = await begin(client);
    const before = filesOnDisk();
    const answer = await client.upload(`${evidenceFolder}/large.jpg`, Buffer.alloc(25_000_001));
    expect(answer).toMatchObject({ errCode: -503001 });
    expect(answer.fileID).toBeUndefined();
    expect(filesOnDisk()).toEqual(before);
  });

  it.each([
    'review/x/0',
    'evidence',
    'elsewhere/a.jpg',
    '../a.jpg',
    'evidence/../review/a.jpg',
    'evidence/a\u0000.jpg',
    '',
  ])('takes no file at "%s"', async (path) => {
    expect((await newcomer().upload(path, PERSON.selfie)).fileID).toBeUndefined();
  });

  it('gives a phone no file back, not even its own', async () => {
    const client = newcomer();
    const { caseId } = await begin(client);
    const file = await upload(client, caseId, PERSON.selfie);
    const path = Buffer.from(file.slice(file.indexOf('evidence/'))).toString('base64url');
    for (const query of ['', '?sign=', '?sign=AAAA', '?sign=eyJ9.AAAA']) {
      const response = await fetch(`${world.cloud.url}/storage/${path}${query}`, {
        headers: { 'x-local-openid': client.openId },
      });
      expect(response.status).toBe(403);
    }
  });
});
