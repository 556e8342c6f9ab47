import type { Brand, StepUp } from '../../../protocol';

/** That the holder has shown a factor for one showing: only the checks of this folder make one. */
export type StepUpProof = Brand<StepUp, 'StepUpProof'>;

/** For `checkFingerprint` and `checkLiveFace` alone, which have looked. */
export const provenFactor = (factor: StepUp): StepUpProof => factor as StepUpProof; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- a brand is made by an assertion; this is its only maker
