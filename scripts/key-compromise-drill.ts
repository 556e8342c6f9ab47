/**
 * Plays the theft of an issuing key on the local ecosystem and prints each step: `npx tsx scripts/key-compromise-drill.ts`. Prevents
 * a day on which it happens for the first time. It needs what `npm run build` and `npm run models` make.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playKeyCompromise } from '../local/drill/key-compromise';

const dataDir = mkdtempSync(join(tmpdir(), 'wechat-id-drill-'));

playKeyCompromise(dataDir, ({ title, keys, old, held, second, queued }) => {
  console.log(`✓ ${title}`);
  console.log(`    published keys        ${keys.map((kid) => kid.slice(0, 8)).join(', ')}`);
  console.log(`    credential of key A   ${old}`);
  console.log(`    what the phone holds  ${held}`);
  if (second !== null) console.log(`    the second card       ${second}`);
  console.log(`    cards queued          ${queued}`);
})
  .finally(() => rmSync(dataDir, { recursive: true, force: true }))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
