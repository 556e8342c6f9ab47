import type { Refusal } from '../protocol';
import type { PhoneTrouble } from './guidance';
import { tellRefusal } from './refusal';

/** How a counter can help where the face did not: with the same case, or with one that is begun anew. */
export type CounterWay = 'this-case' | 'new-case' | 'none';

/** Refusals of the selfie that end the case; people who look at person and document can go beyond them. */
const final: readonly string[] = ['authority_faces_differ', 'authority_no_record', 'too_many_tries'];

/** Whether a counter can go on where a selfie was refused, or where its last try was. */
export const counterWay = (refusal: Refusal | PhoneTrouble): CounterWay => {
  if (tellRefusal(refusal, 'en').next === 'retake-selfie') return 'this-case';
  const isLastTry = 'triesLeft' in refusal && refusal.triesLeft === 0;
  return isLastTry || final.includes(refusal.code) ? 'new-case' : 'none';
};
