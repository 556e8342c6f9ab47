/** Whether a code point is one of those that are meant. */
export type Is = (code: number) => boolean;

/** Whether a place between two code points of a text is one of those that are meant. */
export type Holds = (codes: readonly number[], at: number) => boolean;

/** A part of a regular expression. */
export type Node =
  | { readonly kind: 'one'; readonly is: Is }
  | { readonly kind: 'place'; readonly holds: Holds }
  | { readonly kind: 'row'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly ways: readonly Node[] }
  | { readonly kind: 'times'; readonly part: Node; readonly least: number; readonly most: number };

/** How an expression is read and matched, as PCRE's options of the same letters. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly manyLines: boolean;
  readonly dotAll: boolean;
  /** Blanks and what follows a # are no part of the expression. */
  readonly extended: boolean;
}
