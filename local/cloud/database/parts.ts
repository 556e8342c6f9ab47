import type { GroupCommit } from './group-commit';

/** Work that may be left for a while wherever it yields. */
export type InParts<T> = Generator<undefined, T>;

/** How long all others wait for one part of a read, in milliseconds. */
const PART_MS = 20;

/** Does work without a pause. */
export function whole<T>(work: InParts<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Does a read, and lets others have their turn wherever it has taken long. What is quick sees one state of all documents; what takes
 * longer sees each document as it is when the read comes to it, as in MongoDB outside of transactions.
 */
export async function readInParts<T>(commits: GroupCommit, begin: () => InParts<T>): Promise<T> {
  let work: InParts<T> | undefined;
  for (;;) {
    const step = await commits.read(() => {
      work ??= begin();
      return goOn(work);
    });
    if (step.done === true) return step.value;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function goOn<T>(work: InParts<T>): IteratorResult<undefined, T> {
  const until = performance.now() + PART_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true || performance.now() >= until) return step;
  }
}
