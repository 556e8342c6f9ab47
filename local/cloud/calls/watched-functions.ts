import type { Functions } from '../functions/invoker';
import type { CallLog, FunctionRun } from './call-log';

/** The same functions, each call of which is noted, whoever makes it. */
export function watchedFunctions(functions: Functions, calls: CallLog): Functions {
  return {
    ...functions,
    invoke: (invocation) => {
      const { name, source, event } = invocation;
      const kind = source === 'timer' ? 'timer' : 'function';
      let run: FunctionRun = {};
      const noted = { kind, name, arguments: () => event, run: () => run } as const;
      return calls.watch(noted, () =>
        functions.invoke({
          ...invocation,
          onRun: ({ requestId, coldStartMs }) => {
            run = { requestId, ...(coldStartMs !== undefined && { coldStartMs: Math.round(coldStartMs) }) };
          },
        }),
      );
    },
  };
}
