/** A class's name or a machine's code, and nothing that could be a sentence or a number of somebody's. */
const wordOf = (text: unknown): string => (typeof text === 'string' && /^[A-Za-z][\w.]{0,63}$/.test(text) ? text : '');

/**
 * Where an error was thrown and of what kind; its message stays out, since it may quote data. The stack begins with the message,
 * which may quote something that looks like a place: only what follows it is looked at, and only files of code are taken.
 */
export const faultOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'not an Error';
  const stack = error.stack ?? '';
  const from = stack.indexOf(error.message);
  const frames = from < 0 ? '' : stack.slice(from + error.message.length);
  const [, place = ''] =
    /\n\s+at (?:.*?[(/\\])??((?:[\w.-]+[/\\]){0,2}[\w.-]+\.[cm]?[jt]s:\d+:\d+)\)?(?=\n|$)/.exec(frames) ?? [];
  return [wordOf(error.name), 'code' in error ? wordOf(error.code) : '', place && `at ${place}`]
    .filter(Boolean)
    .join(' ');
};
