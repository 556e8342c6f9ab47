import {
  purposeTable,
  stepUpFolder,
  type OpenShowingRequest,
  type PurposeId,
  type SessionHandle,
  type ShowingHandle,
  type StepUp,
} from '../protocol';
import { Unreachable } from '../platform/cloud';
import type { Called } from './call';
import { uploadPictureTo } from './enrolment';
import { signShowing } from './fingerprint';

/** Where an opening stands: it is prepared, waits for the finger, sends the selfie, or waits for the service. */
export type OpeningStep = 'preparing' | 'finger' | 'uploading' | 'opening';

/** What the holder proves anew, where the purpose asks for it. */
export interface ProofsAtHand {
  /** What the phone shows while it waits for the finger. */
  readonly prompt?: string;
  /** A selfie that was taken for this showing, as a temporary file of the phone. It is taken first: a prepared showing waits a minute. */
  readonly selfie?: string;
  readonly onStep?: (step: OpeningStep) => void;
}

/** A showing that is prepared and not open yet. */
interface Prepared {
  readonly handle: ShowingHandle;
  readonly purpose: PurposeId;
  readonly session: SessionHandle | null;
}

type Answers = NonNullable<OpenShowingRequest['stepUp']>;

const missing = (step: StepUp): Called<never> => ({ ok: false, error: { code: 'step_up_missing', missing: [step] } });

const touch = async (prepared: Prepared, { prompt = '', onStep }: ProofsAtHand): Promise<Called<Answers>> => {
  onStep?.('finger');
  const signed = await signShowing(prepared, prompt);
  return signed.ok ? { ok: true, reply: { fingerprint: signed.answer } } : missing('fingerprint');
};

const sendSelfie = async ({ handle }: Prepared, { selfie, onStep }: ProofsAtHand): Promise<Called<Answers>> => {
  if (selfie === undefined) return missing('face');
  onStep?.('uploading');
  try {
    return { ok: true, reply: { selfie: await uploadPictureTo(`evidence/${stepUpFolder(handle)}`, selfie) } };
  } catch (error) {
    if (error instanceof Unreachable) return { ok: false, error: { code: 'unreachable' } };
    throw error;
  }
};

/** What the purpose asks the holder to prove anew: the finger first, so that no picture leaves the phone where it does not sign. */
export const proveAnew = async (prepared: Prepared, proofs: ProofsAtHand): Promise<Called<Answers>> => {
  const asked = purposeTable[prepared.purpose].stepUp;
  const finger: Called<Answers> = asked.includes('fingerprint')
    ? await touch(prepared, proofs)
    : { ok: true, reply: {} };
  if (!finger.ok || !asked.includes('face')) return finger;
  const face = await sendSelfie(prepared, proofs);
  return face.ok ? { ok: true, reply: { ...finger.reply, ...face.reply } } : face;
};
