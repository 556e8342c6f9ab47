import { benchCloud } from './cloud/main';
import { benchEnumeration } from './enumeration';
import { benchModuleLoad } from './module-load';
import { benchProofing } from './proofing';
import { benchCheck, benchMint } from './signatures';

/** Prints what the program does well, each figure as a ratio to something measured in the same run. */
const benchProduct = async (): Promise<void> => {
  benchCheck();
  benchMint();
  await benchProofing();
  benchModuleLoad();
  await benchEnumeration();
};

const [what = '', ...args] = process.argv.slice(2);
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  '': benchProduct,
  cloud: benchCloud,
};

const bench = benches[what];
if (bench === undefined) {
  process.stderr.write('npm run bench [-- cloud]\n');
  process.exitCode = 2;
} else {
  void bench(args);
}
