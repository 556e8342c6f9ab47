import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import { done, refuse } from '../../cloudfunctions/_core/result';
import type { RenewFingerprintPorts } from '../../cloudfunctions/_core/step-up/renew-fingerprint';
import type { BoundFingerprint, FaceTemplate } from '../../cloudfunctions/_core/step-up/step-up-state';
import { createEvidenceStore, type EvidenceStore } from './evidence-store';
import { createShowingWorld, holder, type ShowingPorts, type ShowingWorld } from './showing-world';
import { verifySoterOf } from './soter';

export type StepUpPorts = RenewFingerprintPorts & ShowingPorts;

/** The ports of `StepUpPorts` that answer later. */
export const laterStepUpPorts = [
  'verifySoter',
  'loadIdentityOfAccount',
  'replaceIdentity',
  'appendEvent',
  'checkSelfie',
  'measurePortrait',
  'destroyEvidence',
] as const satisfies readonly (keyof StepUpPorts)[];

/** What an uploaded selfie shows: how like the holder's kept face it is, or nothing that can be measured. */
export type SelfieSeen = { readonly similarity: number } | 'blurred';

/** A holder's card and the service's step-ups, over stores in memory. */
export interface StepUpWorld extends Omit<ShowingWorld, 'ports'> {
  readonly selfies: EvidenceStore<SelfieSeen>;
  readonly ports: StepUpPorts;
  /** How often the portrait was measured: never where a template is kept. */
  readonly portraitsMeasured: () => number;
}

/** The unit vector whose cosine to `[1, 0]` is the similarity. */
const vectorOf = (similarity: number): Float32Array => Float32Array.of(similarity, Math.sqrt(1 - similarity ** 2));

/** The kept measure of the holder's face. */
export const keptTemplate: FaceTemplate = { embedding: vectorOf(1), consentText: '2026-01' };

export const boundFinger: BoundFingerprint = { fid: '1', uid: '10101', cpuId: 'cpu-1', counter: 4 };

/** @param kept what the card has of its holder */
export const createStepUpWorld = (
  kept: { readonly fingerprint?: BoundFingerprint | null; readonly template?: FaceTemplate | null } = {},
): StepUpWorld => {
  const world = createShowingWorld();
  const selfies = createEvidenceStore<SelfieSeen>();
  let portraits = 0;
  const { fingerprint = boundFinger, template = null } = kept;
  world.change((found): Identity => ({ ...found, stepUp: { ...found.stepUp, fingerprint, template } }));
  return {
    ...world,
    selfies,
    portraitsMeasured: () => portraits,
    ports: {
      ...world.ports,
      sha256,
      verifySoter: verifySoterOf(holder),
      destroyEvidence: selfies.destroyEvidence,
      checkSelfie: (file) => {
        const seen = selfies.see(file);
        if (seen === undefined) return Promise.resolve(refuse('file_not_found', { picture: 'selfie' }));
        if (seen === 'blurred') return Promise.resolve(refuse('picture_blurred', { picture: 'selfie' }));
        return Promise.resolve(done({ embedding: vectorOf(seen.similarity), jpeg: Uint8Array.of(0xff, 0xd8) }));
      },
      measurePortrait: () => {
        portraits += 1;
        return Promise.resolve(vectorOf(1));
      },
    },
  };
};
