/**
 * Draws `docs/phones.png`, the README's picture of the two phones: `npx tsx scripts/draw-phones.ts`. Prevents a README that shows
 * screens of long ago. It plays the story on the page that `npm start` serves and needs a Chromium or Chrome.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type FrameLocator, type Page } from 'playwright-core';
import sharp from 'sharp';
import { startEcosystem } from '../local/ecosystem/ecosystem';
import { startStage } from '../local/stage/server';
import { fromRoot } from './repository';
import { findBrowser } from './run/find-browser.mjs';

/** Around the phones, in CSS pixels. */
const MARGIN = 20;

const tap = (phone: FrameLocator, name: string): Promise<void> =>
  phone.getByRole('button', { name, exact: true }).filter({ visible: true }).first().click();

const agree = async (phone: FrameLocator): Promise<void> => {
  await phone.getByRole('checkbox', { checked: false }).click();
  await tap(phone, 'Agree and go on');
};

const photograph = async (phone: FrameLocator): Promise<void> => {
  await phone.locator('.wx-camera-finder canvas').waitFor();
  await tap(phone, 'Take the picture');
  await tap(phone, 'Use this picture');
};

/** From nothing to a check that both phones show. */
const play = async (page: Page): Promise<void> => {
  const holder = page.frameLocator('iframe[title="Holder"]');
  const merchant = page.frameLocator('iframe[title="Merchant"]');
  await tap(holder, 'Get my card');
  await agree(holder);
  await agree(holder);
  await tap(holder, 'Allow');
  await photograph(holder);
  await photograph(holder);
  await tap(holder, 'It agrees with my card');
  await photograph(holder);
  await tap(holder, 'See my card');
  await tap(holder, 'Parcel pickup');
  await holder.getByRole('button', { name: 'It was scanned' }).waitFor();
  await tap(merchant, 'Scan a card');
  await tap(merchant, 'Allow');
  await merchant.getByText('Is this the person before you?').waitFor();
};

const draw = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wechat-id-picture-'));
  const ecosystem = await startEcosystem({ dataDir, fresh: true });
  const stage = await startStage({
    ecosystem,
    partners: null,
    port: 0,
    miniProgram: fromRoot('miniprogram'),
    watch: false,
  });
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: findBrowser(), args: sandbox });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 1080 },
      locale: 'en',
      colorScheme: 'light',
      deviceScaleFactor: 1.5,
    });
    page.setDefaultTimeout(60_000);
    await page.goto(stage.url);
    await play(page);
    const box = await page.locator('.phones').boundingBox();
    if (!box) throw new Error('the page shows no phones');
    const clip = {
      x: box.x - MARGIN,
      y: box.y - MARGIN,
      width: box.width + 2 * MARGIN,
      height: box.height + 2 * MARGIN,
    };
    const picture = await page.screenshot({ animations: 'disabled', clip });
    const drawn = fromRoot('docs', 'phones.png');
    await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toFile(drawn);
    console.log(`drew ${drawn}`);
  } finally {
    await browser.close();
    await stage.close();
    await ecosystem.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

draw().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
