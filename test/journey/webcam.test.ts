import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { picturePath } from '../../local/people';
import { startJourney, type Journey } from '../support/journey/journey';
import { samplePerson } from '../support/journey/phone-user';
import { consent, finishSelfie, photograph, shoot } from '../support/journey/steps';

jest.setTimeout(120_000);

const PERSON = 'lin-zhiyuan';

/** A film for Chromium's fake camera: one picture, in the shape of a webcam's frames, over and over. */
const film = async (picture: string): Promise<Uint8Array> => {
  const frame = await sharp(picture)
    .resize({ width: 1920, height: 1080, fit: 'contain' })
    .jpeg({ quality: 95, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return Buffer.concat([frame, frame, frame, frame]);
};

describe("a computer's own camera", () => {
  let folder: string;
  let journey: Journey;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wechat-id-webcam-'));
    const file = join(folder, 'card.mjpeg');
    writeFileSync(file, await film(picturePath({ id: PERSON }, 'card-front')));
    journey = await startJourney({
      args: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${file}`,
      ],
    });
  });

  afterAll(async () => {
    await journey.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('photographs a card that is then read', async () => {
    const holder = await journey.holder(PERSON, { language: 'en', theme: 'light' }, { camera: { kind: 'webcam' } });
    const { words } = holder;
    await consent(holder);
    await holder.taps(words.allow);
    await shoot(holder);
    await holder.keeps('webcam');
    await holder.taps(words.use);
    await holder.settings(samplePerson(PERSON));
    await holder.sees(words.back);
    await photograph(holder);
    // The number was read off the webcam's frame.
    await holder.sees('330106 19950217 9970');
    await holder.taps(words.agrees);
    await finishSelfie(holder);
    expect(journey.faults()).toEqual([]);
  });
});
