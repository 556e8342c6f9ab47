/**
 * Draws `docs/bank.png`, the README's picture of a bank that asks: `npx jest test/journey/institutions && npx tsx scripts/draw-bank.ts`. The
 * test leaves what each of them saw; this puts three of its pictures side by side.
 */
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { fromRoot } from './repository';

const names = ['holder-consent', 'bank-waiting', 'bank-opened'] as const;

/** Of each picture and between them, in pixels. */
const HEIGHT = 812;
const GAP = 24;
const GROUND = '#e9edf2';

const draw = async (): Promise<void> => {
  const files = names.map((name) => fromRoot('dist', 'journey', 'institutions', `${name}.png`));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`run test/journey/institutions first: there is no ${missing.join(', ')}`);
  const pictures = await Promise.all(
    files.map(async (file) => {
      const { width, height } = await sharp(file).metadata();
      const part = { left: 0, top: 0, width, height: Math.min(height, HEIGHT) };
      return { input: await sharp(file).extract(part).toBuffer(), width };
    }),
  );
  const placed = pictures.map(({ input }, at) => ({
    input,
    top: GAP,
    left: GAP + pictures.slice(0, at).reduce((sum, { width }) => sum + width + GAP, 0),
  }));
  const width = GAP + pictures.reduce((sum, picture) => sum + picture.width + GAP, 0);
  const drawn = fromRoot('docs', 'bank.png');
  await sharp({ create: { width, height: HEIGHT + 2 * GAP, channels: 3, background: GROUND } })
    .composite(placed)
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(drawn);
  console.log(`drew ${drawn}`);
};

draw().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
