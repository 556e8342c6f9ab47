import type { Brand, StepUpFactor } from '../../../protocol';

/** That the holder has shown a factor for one showing: only the checks of this folder make one. */
export type StepUpProof = Brand<StepUpFactor, 'StepUpProof'>;

/** For `checkFingerprint` and `checkLiveFace` alone, which have looked. */
export const provenFactor = (factor: StepUpFactor): StepUpProof => factor as StepUpProof; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- a brand is made by an assertion; this is its only maker

/** What a purpose asks for and nobody has shown yet, in the purpose's order. */
export const missingFactors = (
  asked: readonly StepUpFactor[],
  proofs: readonly StepUpProof[],
): readonly StepUpFactor[] => asked.filter((factor) => !proofs.some((proof) => proof === factor));
