/** What the holder did about looks at the card, by their numbers: each is done once. */
export interface LookActs {
  readonly reported: readonly number[];
  /** Asked to be deleted, and not known to be answered. */
  readonly asked: readonly number[];
  /** Asked, answered, and told to the holder. */
  readonly answered: readonly number[];
}

/** What the holder did so far. */
export const actsOf = ({ acts }: { readonly acts?: LookActs }): LookActs =>
  acts ?? { reported: [], asked: [], answered: [] };

/** Whether the partner of that look was asked to delete what it was told there. */
export const isAsked = (acts: LookActs, number: number): boolean =>
  acts.asked.includes(number) || acts.answered.includes(number);
