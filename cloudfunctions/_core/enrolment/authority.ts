import type { IdNumber } from '../../../protocol/ids';

/** What the population register's face comparison says. */
export type AuthorityAnswer =
  /** Name and number belong together and the register has a picture. `similarity` is on the authority's own scale, 0 to 100. */
  | { readonly kind: 'compared'; readonly similarity: number }
  /** Name and number do not belong together, or the number is unknown: the register does not say which. */
  | { readonly kind: 'no_record' }
  /** The person exists, but the register has no picture to compare with. */
  | { readonly kind: 'no_photo' }
  /** The authority's own look at the selfie found no face, several, or none that is good enough. */
  | { readonly kind: 'selfie_unusable' }
  | { readonly kind: 'unavailable' };

/** Asks the authority whether this name, number and face belong together. `selfie` is a JPEG. */
export type AskAuthority = (question: {
  readonly name: string;
  readonly number: IdNumber;
  readonly selfie: Uint8Array;
}) => Promise<AuthorityAnswer>;
