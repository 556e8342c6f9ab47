import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFunction, Resources } from '../../../cloudfunctions/resources';
import type { Clock } from '../clock';
import { CloudError } from '../cloud-error';
import type { Json } from '../database/ejson';
import { parseJson } from '../database/ejson';
import { MAX_BODY_BYTES } from '../server/request-body';
import { instanceEnvironment } from './environment';
import { startInstance } from './instance-process';
import type { FunctionLogLine } from './log-lines';
import type { Pool } from './pool';
import { instancePool } from './pool';

/** By which way a call comes; the manifest says which ways a function takes. */
export type InvocationSource = CloudFunction['invokedBy'][number];

/** One call of a function. */
export interface Invocation {
  readonly name: string;
  readonly source: InvocationSource;
  readonly event: unknown;
  /** Variables that the platform sets for this call, such as the caller's WX_OPENID. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The functions of the manifest. */
export interface Functions {
  /**
   * Calls a function and gives its result.
   *
   * @throws CloudError
   */
  invoke(invocation: Invocation): Promise<{ readonly requestId: string; readonly result: Json }>;
  warm(name: string): Promise<void>;
  state(): Record<string, ReturnType<Pool['state']>>;
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
}

/** Opens the declared functions; instances start when they are called. */
export function openFunctions(options: FunctionsOptions): Functions {
  const functions = new Map(
    options.resources.functions.map((declaration) => {
      const directory = join(options.functionsDir, declaration.name);
      // Async, so that a refusal to start is a rejection like any other failure of a start.
      const start = async () => {
        if (!existsSync(join(directory, 'index.js'))) throw notFound(declaration.name, 'has not been built');
        const environment = instanceEnvironment(declaration, options.valuesOf(declaration.name), options.sdk());
        return startInstance({
          declaration,
          directory,
          environment,
          runner: options.instanceRunner,
          onLine: options.onLine,
          clock: options.clock,
        });
      };
      return [declaration.name, { declaration, pool: instancePool(start) }];
    }),
  );

  const find = (name: string) => {
    const found = functions.get(name);
    if (found === undefined) throw notFound(name, 'is not declared');
    return found;
  };

  return {
    async invoke({ name, source, event, environment }) {
      const { declaration, pool } = find(name);
      if (!declaration.invokedBy.includes(source)) {
        throw new CloudError('PERMISSION_DENIED', `function ${name} may not be invoked by ${source}`);
      }
      const requestId = randomUUID();
      const variables = { TCB_ENV: options.envId, SCF_NAMESPACE: options.envId, ...environment };
      const context = contextOf(declaration, requestId, variables);
      const message = { requestId, event, environment: variables, context, maxReplyBytes: MAX_BODY_BYTES };
      return { requestId, result: parseJson(await pool.call(message), 'the result') };
    },
    warm: (name) => find(name).pool.warm(),
    state: () => Object.fromEntries([...functions].map(([name, { pool }]) => [name, pool.state()])),
    retire() {
      for (const { pool } of functions.values()) pool.retire();
    },
    close() {
      for (const { pool } of functions.values()) pool.close();
    },
  };
}

/**
 * The context object of one call. `environment` is the current form and `environ` the older one; both hold this call's
 * variables alone, whatever an earlier call left in the instance's process.env.
 */
function contextOf(
  declaration: CloudFunction,
  requestId: string,
  variables: Readonly<Record<string, string>>,
): Record<string, string | number | boolean> {
  return {
    callbackWaitsForEmptyEventLoop: false,
    request_id: requestId,
    function_name: declaration.name,
    function_version: '$LATEST',
    namespace: variables['SCF_NAMESPACE'] ?? '',
    memory_limit_in_mb: declaration.memoryMb,
    time_limit_in_ms: declaration.timeoutSeconds * 1000,
    environment: JSON.stringify(variables),
    environ: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
  };
}

function notFound(name: string, reason: string): CloudError {
  return new CloudError('FUNCTION_NOT_FOUND', `function ${name} ${reason}`);
}
