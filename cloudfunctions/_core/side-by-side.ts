/**
 * Gives each of several things its turn, a few at the same time: one that fails, or takes long, keeps none of the others from theirs.
 * @throws the first failure, once all have had their turn, so that whoever watches a job hears of it
 */
export const sideBySide = async <Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const failures: unknown[] = [];
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await act(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failures.length > 0) throw failures[0];
};
