import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { CloudFunction, Resources } from '../../../cloudfunctions/resources';
import { refusalOf } from '../admin/handler';
import type { Clock } from '../clock';
import { CloudError } from '../cloud-error';
import type { Json } from '../database/ejson';
import { parseJson } from '../database/ejson';
import { MAX_BODY_BYTES } from '../server/request-body';
import { fixedBuild, watchedBuild, type Build } from './build';
import { contextOf } from './context';
import { instanceEnvironment } from './environment';
import { startInstance, type Instance } from './instance-process';
import type { FunctionLogLine } from './log-lines';
import type { EnvironmentMode } from './messages';
import type { Pool, Run } from './pool';
import { instancePool } from './pool';
import { reportLine } from './report-line';
import { openWatchdog } from './watchdog';

/** By which way a call comes; the manifest says which ways a function takes. */
export type InvocationSource = CloudFunction['invokedBy'][number];

/** One call of a function. */
export interface Invocation {
  readonly name: string;
  readonly source: InvocationSource;
  readonly event: unknown;
  /** Variables that the platform sets for this call, such as the caller's WX_OPENID. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hears where the call runs, when it begins to. */
  readonly onRun?: (run: { readonly requestId: string; readonly coldStartMs: number | undefined }) => void;
}

/** What a function's instances do, and how often one was started, since this server was. */
export type FunctionState = ReturnType<Pool['state']> & {
  readonly starts: number;
  /** What the last start took, in milliseconds; null before the first. */
  readonly coldStartMs: number | null;
};

/** The functions of the manifest. */
export interface Functions {
  /**
   * Calls a function and gives its result.
   *
   * @throws CloudError
   */
  invoke(invocation: Invocation): Promise<{ readonly requestId: string; readonly result: Json }>;
  warm(name: string): Promise<void>;
  state(): Record<string, FunctionState>;
  /** Lets every call from now on have an instance that starts from now on. */
  retire(): void;
  close(): void;
}

/** What the functions are run with. */
export interface FunctionsOptions {
  readonly envId: string;
  readonly resources: Resources;
  readonly functionsDir: string;
  readonly instanceRunner: string;
  readonly valuesOf: (name: string) => Readonly<Record<string, string>>;
  readonly sdk: () => Readonly<Record<string, string>>;
  readonly onLine: (line: FunctionLogLine) => void;
  readonly clock: Pick<Clock, 'now' | 'offsetMs'>;
  readonly environmentMode: EnvironmentMode;
  readonly reload: 'on rebuild' | 'never';
  /** Hears of a function whose files were built again, before the first call of the new build. */
  readonly onReload: (name: string) => void;
}

/** A function of the manifest, and what runs it. */
interface Running {
  readonly declaration: CloudFunction;
  readonly build: Build;
  readonly pool: Pool;
  readonly starts: { count: number; lastMs: number | null };
}

/** Opens the declared functions; instances start when they are called. */
export function openFunctions(options: FunctionsOptions): Functions {
  const closing = new AbortController();
  // Every instance that runs listens; the warning is for leaks.
  setMaxListeners(0, closing.signal);
  const watchdog = openWatchdog();

  const open = (declaration: CloudFunction): Running => {
    const { name } = declaration;
    const directory = join(options.functionsDir, name);
    const starts: Running['starts'] = { count: 0, lastMs: null };
    const build =
      options.reload === 'never'
        ? fixedBuild(name, directory)
        : watchedBuild(name, directory, () => {
            pool.retire();
            options.onReload(name);
          });
    // Async, so that a refusal to start is a rejection like any other failure of a start.
    const load = async (): Promise<Instance> => {
      const environment = instanceEnvironment(declaration, options.valuesOf(name), options.sdk());
      const { instanceRunner: runner, onLine, clock } = options;
      const { signal } = closing;
      return startInstance({ declaration, directory, environment, runner, onLine, clock, watchdog, signal });
    };
    const pool: Pool = instancePool(async () => {
      const began = performance.now();
      const instance = await startSettled(build, load);
      starts.count += 1;
      starts.lastMs = Math.round(performance.now() - began);
      return instance;
    });
    return { declaration, build, pool, starts };
  };
  const functions = new Map(
    options.resources.functions.map((declaration) => [declaration.name, open(declaration)] as const),
  );

  const find = (name: string): Running => {
    const found = functions.get(name);
    if (found === undefined) throw new CloudError('FUNCTION_NOT_FOUND', `function ${name} is not declared`);
    return found;
  };

  /** Makes a call and says in the log how it went, as the cloud does. */
  const run = async ({ declaration, pool }: Running, requestId: string, invocation: Invocation): Promise<Json> => {
    const { environmentMode, envId, clock, onLine } = options;
    const environment = { TCB_ENV: envId, SCF_NAMESPACE: envId, ...invocation.environment };
    const context = contextOf(declaration, requestId, environment);
    const { event } = invocation;
    const message = { requestId, event, environment, environmentMode, context, maxReplyBytes: MAX_BODY_BYTES };
    let begun: (Run & { readonly at: number }) | undefined;
    const report = (outcome: string): void => {
      if (begun === undefined) return;
      const { at, coldStartMs, instance } = begun;
      const durationMs = performance.now() - at;
      const { name, memoryMb } = declaration;
      const peakBytes = instance.peakBytes();
      const line = reportLine({ requestId, durationMs, memoryMb, peakBytes, coldStartMs, outcome });
      onLine({ at: clock.now(), function: name, requestId, stream: 'platform', line });
    };
    try {
      const json = await pool.call(message, (where) => {
        begun = { ...where, at: performance.now() };
        invocation.onRun?.({ requestId, coldStartMs: where.coldStartMs });
      });
      const result = parseJson(json, 'the result');
      report('OK');
      return result;
    } catch (error) {
      report(refusalOf(error).code);
      throw error;
    }
  };

  return {
    async invoke(invocation) {
      const { name, source } = invocation;
      const running = find(name);
      if (!running.declaration.invokedBy.includes(source)) {
        throw new CloudError('PERMISSION_DENIED', `function ${name} may not be invoked by ${source}`);
      }
      await running.build.settled();
      const requestId = randomUUID();
      return { requestId, result: await run(running, requestId, invocation) };
    },
    async warm(name) {
      const { build, pool } = find(name);
      await build.settled();
      await pool.warm();
    },
    state: () =>
      Object.fromEntries(
        [...functions].map(([name, { pool, starts }]) => [
          name,
          { ...pool.state(), starts: starts.count, coldStartMs: starts.lastMs },
        ]),
      ),
    retire() {
      for (const { pool } of functions.values()) pool.retire();
    },
    close() {
      closing.abort();
      for (const { pool } of functions.values()) pool.close();
      watchdog.close();
    },
  };
}

/** Starts an instance of one whole build: of a build that came while it loaded it may have parts, or be without some. */
async function startSettled(build: Build, load: () => Promise<Instance>): Promise<Instance> {
  for (;;) {
    const begun = await build.settled();
    try {
      const instance = await load();
      if (build.isCurrent(begun)) return instance;
      instance.kill();
    } catch (error) {
      if (build.isCurrent(begun)) throw error;
    }
  }
}
