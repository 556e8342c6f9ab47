import { join } from 'node:path';
import { peopleFolder } from './folder';
import type { SamplePerson } from './person';

/** The pictures that every sample person has. */
export const pictureNames = ['portrait', 'selfie-1', 'selfie-2', 'selfie-3', 'card-front', 'card-back'] as const;
export type PictureName = (typeof pictureNames)[number];

/** Absolute path of one picture of a sample person, a JPEG; a child has a card of its own, and the face of another. */
export const picturePath = (
  person: Pick<SamplePerson, 'id'> & { readonly face?: string },
  picture: PictureName,
): string => {
  const isOfCard = picture === 'card-front' || picture === 'card-back';
  return join(peopleFolder, 'pictures', isOfCard ? person.id : (person.face ?? person.id), `${picture}.jpg`);
};
