import { readFileSync } from 'node:fs';
import { picturePath, samplePeople, type PictureName, type SamplePerson } from '../../../local/people';

/** What an enrolment is made of. */
export interface Pictures {
  readonly front: Uint8Array;
  readonly back: Uint8Array;
  readonly selfie: Uint8Array;
}

export const person = (id: string): SamplePerson => {
  const found = samplePeople.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no sample person ${id}`);
  return found;
};

export const picture = (id: string, name: PictureName): Buffer => readFileSync(picturePath({ id }, name));

/** Both sides of a sample person's card and a selfie. */
export const picturesOf = (id: string): Pictures => ({
  front: picture(id, 'card-front'),
  back: picture(id, 'card-back'),
  selfie: picture(id, 'selfie-1'),
});
