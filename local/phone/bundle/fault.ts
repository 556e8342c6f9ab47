/** Something in the mini-program's files that keeps it from running; the message names the file and what to do. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}

/** A fault at a place in a file; line and column count from 1. */
export const faultAt = (file: string, line: number, column: number, what: string): SourceFault =>
  new SourceFault(`${file}:${String(line)}:${String(column)} ${what}`);
