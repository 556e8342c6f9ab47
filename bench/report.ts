/** Prints one line of a bench: what was measured, against what, and their ratio. */
export const ratio = (what: string, own: number, against: string, base: number, unit: string): void => {
  const figures = `${own.toFixed(1)} ${unit} against ${base.toFixed(1)} ${unit} of ${against}`;
  process.stdout.write(`${what.padEnd(34)} ${(own / base).toFixed(2).padStart(7)} ×   ${figures}\n`);
};

/** Prints a heading. */
export const heading = (words: string): void => {
  process.stdout.write(`\n${words}\n`);
};
