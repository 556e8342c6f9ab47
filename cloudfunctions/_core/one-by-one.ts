/**
 * Gives each of several things its turn, one after another: one that fails keeps none of the others from theirs.
 * @throws the first failure, once all have had their turn, so that whoever watches a job hears of it
 */
export const oneByOne = async <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> => {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};
