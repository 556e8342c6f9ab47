import type { Functions } from '../functions/invoker';
import type { CallLog } from './call-log';

/** The same functions, each call of which is noted, whoever makes it. */
export function watchedFunctions(functions: Functions, calls: CallLog): Functions {
  return {
    ...functions,
    invoke: (invocation) => {
      const { name, source, event } = invocation;
      const kind = source === 'timer' ? 'timer' : 'function';
      return calls.watch({ kind, name, arguments: () => event }, () => functions.invoke(invocation));
    },
  };
}
