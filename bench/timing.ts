/**
 * Median times of one round of two works, in microseconds; rounds take turns, so that noise falls on both alike.
 * @param repeats how often a round repeats its work
 */
export const inTurns = (
  own: () => void,
  bare: () => void,
  { rounds, repeats }: { readonly rounds: number; readonly repeats: number },
): { readonly own: number; readonly bare: number } => {
  const timed = (work: () => void): number => {
    const before = process.hrtime.bigint();
    for (let repeat = 0; repeat < repeats; repeat += 1) work();
    return Number(process.hrtime.bigint() - before) / 1000 / repeats;
  };
  const times = Array.from({ length: rounds }, () => ({ own: timed(own), bare: timed(bare) }));
  return { own: median(times.map((time) => time.own)), bare: median(times.map((time) => time.bare)) };
};

/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? NaN;
