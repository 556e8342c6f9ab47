/** Median time of one round, in microseconds, for each of several works; rounds are interleaved, so that noise falls on all alike. */
export const interleaved = <Name extends string>(
  works: Readonly<Record<Name, () => void>>,
  { rounds, repeats }: { readonly rounds: number; readonly repeats: number },
): Record<Name, number> => {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const work = works[name];
      const before = process.hrtime.bigint();
      for (let repeat = 0; repeat < repeats; repeat += 1) work();
      times.get(name)?.push(Number(process.hrtime.bigint() - before) / 1000 / repeats);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
};

/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? NaN;
