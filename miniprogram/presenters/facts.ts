/** A name and its value, as a sheet of facts lists it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** It wants a closer look. */
  readonly isDoubtful?: boolean;
  /** It is an id: compared character by character. */
  readonly isCode?: boolean;
}
