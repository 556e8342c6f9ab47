/** Builds everything that does not run from its TypeScript source. `--force` builds even where nothing has changed. */
import { railway } from './build/examples';
import { functions } from './build/functions';
import { localCloud } from './build/local-cloud';
import { phone, protocol, vendor } from './build/phone';
import { phoneHost } from './build/phone-host';
import { stage } from './build/stage';
import { makeAll } from './build/product';
import { tdesign } from './build/tdesign';
import { validators } from './build/validators';

const build = async (): Promise<void> => {
  const { inputsHash, isFresh, noteBuilt } = await import('./run/freshness.mjs');
  const inputs = inputsHash();
  if (isFresh(inputs) && !process.argv.includes('--force')) {
    process.stderr.write('  Everything is built already.\n');
    return;
  }
  const made = [
    // Each row needs what the rows before it made.
    ...(await makeAll([validators, tdesign, ...vendor])),
    ...(await makeAll([protocol])),
    ...(await makeAll([...(await functions()), phone, phoneHost, stage, railway, ...localCloud])),
  ];
  noteBuilt(inputs, made);
};

build().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
