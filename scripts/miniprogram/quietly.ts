/** Does a work during which other people's packages keep their remarks to themselves; what they find comes back as errors. */
export const quietly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const { log, info, warn, error } = console;
  console.log = console.info = console.warn = console.error = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info, warn, error });
  }
};
