import type { Identity } from '../card/identity';
import type { StepUpState } from './step-up-state';

/**
 * Puts the next state of an identity's step-ups in place of the present one, in one conditional write naming the card and the
 * revision before it.
 * @returns the identity with its next state, its revision one on; null where card or revision are no longer those
 */
export type ChangeStepUp = (prior: Identity, next: StepUpState) => Promise<Identity | null>;

/** Measures a portrait that the service keeps. @param jpeg 96 wide and 128 high @returns a unit-length embedding; null where no face is seen */
export type MeasurePortrait = (jpeg: Uint8Array) => Promise<Float32Array | null>;
