/** Does work once, after some milliseconds; what it gives calls the work off. */
export type After = (milliseconds: number, work: () => void) => () => void;

/** By the machine's own clock. What is still to be done keeps no process alive. */
export const after: After = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
};
