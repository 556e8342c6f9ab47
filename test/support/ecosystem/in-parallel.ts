/** Does the work for every item, so many at a time; the results stand in the items' order. */
export const inParallel = async <Item, Result>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as Item, at); // `at` is below the length
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
};
