import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Resources } from '../../cloudfunctions/resources';
import { openAuthorize } from './admin/authorization';
import type { AdminOptions } from './admin/handler';
import type { After } from './after';
import { argumentsOf } from './calls/excerpt';
import { callLog } from './calls/call-log';
import { watchedFunctions } from './calls/watched-functions';
import { openClock } from './clock';
import type { Credentials } from './credentials';
import { loadCredentials } from './credentials';
import { openDatabase } from './database/actions';
import { groupCommit } from './database/group-commit';
import { closeSqlite, openSqlite } from './database/sqlite';
import { refuseContradictions } from './manifest';
import { openFaults } from './faults/faults';
import { functionActions } from './functions/actions';
import { sdkEnvironment } from './functions/environment';
import { openFunctions } from './functions/invoker';
import type { FunctionLogLine } from './functions/log-lines';
import { logBuffer } from './functions/log-lines';
import type { EnvironmentMode } from './functions/messages';
import { startTimers } from './functions/timers';
import { router } from './router';
import { listen, PortTaken } from './server/http-server';
import { exportSnapshot, snapshotLines } from './snapshot/export';
import { importSnapshot, isEmpty } from './snapshot/import';
import { storageActions } from './storage/actions';
import { fileIds } from './storage/cloud-path';
import { openFileStore } from './storage/file-store';
import { startFolderLives } from './storage/folder-lives';
import { toolsHandler } from './tools/handler';
import type { Templates } from './wechat/messages';
import { openMessages } from './wechat/messages';
import { openApiActions } from './wechat/open-api';
import { openSoterKeys } from './wechat/soter-keys';

export type { FunctionLogLine };
export { PortTaken };
export { LOCAL_APP_ID } from './gateway/wechat';

const DATA_FILE = 'cloud.db';
const FILES_FOLDER = 'files';

/** What a local CloudBase is started with. */
export interface LocalCloudOptions {
  /** Begins with `local-`, so that it can never be taken for an environment in the cloud. */
  readonly envId: `local-${string}`;
  /** Holds all state; made when it is missing. One server at a time. */
  readonly dataDir: string;
  /** Holds one folder with an `index.js` for each function. */
  readonly functionsDir: string;
  /** The built `functions/instance.ts`. */
  readonly instanceRunner: string;
  readonly resources: Resources;
  /** The values of the variables that the manifest declares for a function. */
  readonly functionEnvironment: (name: string) => Readonly<Record<string, string>>;
  /** The message templates that are approved for the mini-program, by their ids; none by default. */
  readonly messageTemplates?: Templates;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Hears what functions write. */
  readonly onLog?: (line: FunctionLogLine) => void;
  /** `by hand` lets no timer run but through `runTimer`: whoever counts calls wants none beside their own. */
  readonly timers?: 'running' | 'by hand';
  /** What becomes of a caller's variables in a warm instance; see `EnvironmentMode`. The default is `sticky`, where mistakes show. */
  readonly environmentMode?: EnvironmentMode;
  /** Whether a function whose files are built again is loaded again; the default is `on rebuild`. */
  readonly reload?: 'on rebuild' | 'never';
  /** Hears of every function that is loaded again. */
  readonly onReload?: (name: string) => void;
  /** The clock by which transactions end. */
  readonly after?: After;
  /** A snapshot that is read in before the first request. */
  readonly load?: {
    readonly snapshot: string;
    /** `where empty` leaves an environment that holds something as it is. */
    readonly when: 'always' | 'where empty';
  };
  /** Ends this process at once, where the server has it to itself: the fault `crash-after-commit` needs it. */
  readonly crash?: () => void;
}

/** A running local CloudBase. */
export interface LocalCloud {
  readonly url: string;
  /** `process.env` entries that point the SDK here. */
  readonly sdkEnvironment: Readonly<Record<string, string>>;
  /** The same for one SDK client: what `tcb.init({ env, secretId, secretKey, serviceUrl })` takes. */
  readonly credentials: Credentials & { readonly envId: string; readonly serviceUrl: string };
  /** Ends all function instances and closes the data folder. */
  close(): Promise<void>;
  /**
   * Runs a timer of the manifest now, beside its own rhythm.
   *
   * @throws CloudError when there is no such timer, or its function fails
   */
  runTimer(name: string): Promise<void>;
  /** Starts one instance of a function ahead of its first call. */
  warm(name: string): Promise<void>;
  /** Writes all documents and files to a snapshot. */
  export(path: string): Promise<void>;
}

/** @throws Error when a server is running on the data folder: whoever means to empty it asks first */
export function refuseInUse(dataDir: string): void {
  const file = join(dataDir, DATA_FILE);
  if (existsSync(file)) closeSqlite(openSqlite(file));
}

/**
 * Removes the documents, files and messages of a data folder, and nothing else that lies there: its credentials stay.
 *
 * @throws Error when a server is running on it
 */
export function emptyDataFolder(dataDir: string): void {
  refuseInUse(dataDir);
  const data = ['', '-wal', '-shm', '-journal'].map((end) => `${DATA_FILE}${end}`);
  for (const name of [...data, FILES_FOLDER]) rmSync(join(dataDir, name), { recursive: true, force: true });
}

/**
 * Starts a server on which the unmodified `@cloudbase/node-sdk` works by environment variables alone. It listens on
 * 127.0.0.1 only.
 *
 * @throws Error when the env id is not a local one, the manifest contradicts itself, the port is taken, the data folder is in use by another server, stored
 *   documents clash under a newly declared unique index, or the snapshot to load has a wrong line
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { envId, resources } = options;
  refuseContradictions(resources);
  if (!/^local-[a-z0-9-]+$/.test(envId)) {
    throw new Error('the env id must be local- followed by lower-case letters, digits or hyphens');
  }
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sqlite = openSqlite(join(dataDir, DATA_FILE));
  const closing: (() => void)[] = [
    () => {
      closeSqlite(sqlite);
    },
  ];
  const closeAll = (): void => {
    for (const close of closing.splice(0).reverse()) close();
  };

  try {
    const commits = groupCommit(sqlite);
    closing.push(() => {
      commits.flush();
    });
    const credentials = loadCredentials(dataDir);
    const clock = openClock();
    const calls = callLog(clock.now);
    const database = openDatabase({ sqlite, commits, resources, now: clock.now, after: options.after });
    closing.push(database.close);
    const files = openFileStore(join(dataDir, FILES_FOLDER), sqlite, commits, clock.now);
    const { load } = options;
    if (load !== undefined && (load.when === 'always' || isEmpty({ database, files }))) {
      await importSnapshot(load.snapshot, { sqlite, database, files, resources, now: clock.now() });
    }
    const lives = await startFolderLives(files, resources.storage, clock.now);
    closing.push(lives.close);
    clock.onMove(lives.look);
    const soterKeys = openSoterKeys(sqlite, commits);
    const messages = openMessages(sqlite, commits, options.messageTemplates ?? {}, clock.now);
    const { secretKey } = credentials;
    const storage = { files, ids: fileIds(envId), resources, secretKey, now: clock.now };

    // Set as soon as the port is known; functions and file URLs are asked for only by requests, which come later.
    let url = '';
    const logs = logBuffer();
    const instances = openFunctions({
      envId,
      resources,
      functionsDir: resolve(options.functionsDir),
      instanceRunner: resolve(options.instanceRunner),
      valuesOf: options.functionEnvironment,
      sdk: () => sdkEnvironment(envId, url, credentials),
      onLine: (line) => {
        logs.add(line);
        if (line.stream !== 'platform') options.onLog?.(line);
      },
      clock,
      environmentMode: options.environmentMode ?? 'sticky',
      reload: options.reload ?? 'on rebuild',
      onReload: (name) => {
        const line = 'loaded again: its files have changed';
        logs.add({ at: clock.now(), function: name, requestId: '', stream: 'platform', line });
        options.onReload?.(name);
      },
    });
    const functions = watchedFunctions(instances, calls);
    clock.onMove(() => functions.retire());
    closing.push(() => {
      functions.close();
    });
    const timers = startTimers(functions, resources, options.timers ?? 'running', clock.now);
    closing.push(timers.close);
    const actions = new Map(
      Object.entries({
        ...database.actions,
        ...storageActions(storage, () => url),
        ...functionActions(functions),
        ...openApiActions(resources, soterKeys, messages),
      }),
    );
    const faults = openFaults({ actions, crash: options.crash });
    const admin: AdminOptions = {
      envId,
      authorize: openAuthorize(credentials),
      actions,
      times: () => [Date.now(), clock.now()],
      around: ({ name, body, size }, work) =>
        calls.watch({ kind: 'action', name, arguments: () => argumentsOf(body), size }, () =>
          faults.perform(name, work),
        ),
    };
    const stores = { sqlite, commits, files };
    const tools = toolsHandler({
      envId,
      resources,
      database,
      storage,
      functions,
      timers,
      logs,
      calls,
      clock,
      faults,
      actionNames: () => [...actions.keys()],
      // Begun in one turn of the event loop, so they share one commit.
      reset: async () => {
        await Promise.all([database.clear(), files.clear(), messages.clear()]);
      },
      snapshot: () => snapshotLines(stores),
      pageFolder: join(dirname(resolve(options.instanceRunner)), 'console'),
    });
    const handler = router({
      envId,
      resources,
      admin,
      database,
      storage,
      functions,
      soterKeys,
      messages,
      calls,
      tools,
    });
    const server = await listen(options.port ?? 0, handler);
    url = server.url;

    return {
      url,
      sdkEnvironment: sdkEnvironment(envId, url, credentials),
      credentials: { ...credentials, envId, serviceUrl: `${url}/admin` },
      async runTimer(name) {
        await timers.run(name);
      },
      warm: (name) => functions.warm(name),
      export: (path) => exportSnapshot(path, stores),
      async close() {
        await server.close();
        closeAll();
      },
    };
  } catch (error) {
    closeAll();
    throw error;
  }
}
