import type { GuardianKey, IdentityKey, Instant } from '../../../protocol';

interface GivenConsent {
  /** Under which a guardian finds the children whom they consented for. */
  readonly key: GuardianKey;
  readonly at: Instant;
  /** Version of the text that the guardian read. */
  readonly text: string;
}

/** A guardian's consent to one enrolment, as its case keeps it. */
export interface GuardianConsent extends GivenConsent {
  /** The guardian's own identity: until the card is made, a counter may have to compare them with their papers. */
  readonly identity: IdentityKey;
  /** What the guardian's key signed, so that the same answer again is told from another. */
  readonly challenge: string;
  /** Whose word makes the adult a guardian; null while it is nobody's. */
  readonly confirmedBy: 'authority' | 'counter' | null;
}

/** A guardian's consent as the child's card keeps it: by keyed hash alone. */
export interface Guardian extends GivenConsent {
  readonly confirmedBy: 'authority' | 'counter';
  /** Null while the consent holds. `isTold`: the guardian's own history has it too. */
  readonly withdrawn: { readonly at: Instant; readonly isTold: boolean } | null;
}
