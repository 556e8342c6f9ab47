import { benchEnumeration } from './enumeration';
import { benchModuleLoad } from './module-load';
import { benchProofing } from './proofing';
import { benchCheck, benchMint } from './signatures';

/** Prints what the program does well, each figure as a ratio to something measured in the same run. */
export const benchProduct = async (): Promise<void> => {
  benchCheck();
  benchMint();
  await benchProofing();
  benchModuleLoad();
  await benchEnumeration();
};
