/**
 * Runs works one after another, in the order in which they were asked for: what reads the storage and writes it back must not
 * meet another that does the same. A work that fails stops none of those after it.
 */
export const createQueue = (): (<Value>(work: () => Promise<Value>) => Promise<Value>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
};
