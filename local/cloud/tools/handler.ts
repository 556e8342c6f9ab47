import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Resources } from '../../../cloudfunctions/resources';
import type { CallLog } from '../calls/call-log';
import type { Clock } from '../clock';
import { readOffset } from '../clock';
import { CloudError } from '../cloud-error';
import type { DocumentDatabase } from '../database/actions';
import type { Faults } from '../faults/faults';
import { FAULTS } from '../faults/fault';
import type { Functions } from '../functions/invoker';
import type { LogBuffer } from '../functions/log-lines';
import type { Timers } from '../functions/timers';
import { replyJson } from '../server/reply';
import type { StorageOptions } from '../storage/actions';
import { downloadUrl } from '../storage/actions';
import { collectionList, documentPage } from './documents';
import { isOfPage, replyPage } from './page';
import { numberOf, readObject, refuseStranger } from './request';

/** What the tools look into and turn. */
export interface Tools {
  readonly envId: string;
  readonly resources: Resources;
  readonly database: DocumentDatabase;
  readonly storage: StorageOptions;
  readonly functions: Functions;
  readonly timers: Pick<Timers, 'run' | 'state'>;
  readonly logs: LogBuffer;
  readonly calls: CallLog;
  readonly clock: Clock;
  readonly faults: Faults;
  /** The actions that a fault can wait for. */
  readonly actionNames: () => readonly string[];
  readonly reset: () => Promise<void>;
  readonly snapshot: () => AsyncIterable<string>;
  /** Where the build put the page. */
  readonly pageFolder: string;
}

/** Where the tools stand. */
export const TOOLS_PREFIX = '/_local/';

const FILES_PAGE = 50;
const LINK_SECONDS = 10 * 60;

type Answer = (url: URL, request: IncomingMessage) => unknown;
type Door = Readonly<Record<string, Answer>>;

const clockOf = ({ clock }: Tools) => ({ offsetMs: clock.offsetMs(), now: new Date(clock.now()).toISOString() });
const faultsOf = ({ faults, actionNames }: Tools) => ({
  faults: faults.list(),
  kinds: FAULTS,
  actions: actionNames(),
});

/** What stands at each path, by method. */
function doorsOf(tools: Tools): Readonly<Record<string, Door>> {
  const { envId, resources, database, storage, functions, timers, logs, calls, clock, faults } = tools;
  return {
    state: {
      GET: () => ({
        envId,
        collections: database.counts(),
        scans: database.scans(),
        functions: functions.state(),
        timers: timers.state(),
      }),
    },
    logs: {
      GET: (url) => {
        const requestId = url.searchParams.get('requestId');
        return requestId === null ? logs.since(numberOf(url, 'since')) : { lines: logs.of(requestId) };
      },
    },
    calls: { GET: (url) => calls.since(numberOf(url, 'since')) },
    collections: { GET: () => ({ collections: collectionList(resources, database) }) },
    documents: { GET: (url) => documentPage(url, database) },
    files: {
      GET: async (url) => {
        const listed = await storage.files.list(url.searchParams.get('after') ?? '', FILES_PAGE + 1);
        const total = storage.files.count();
        return {
          total,
          more: listed.length > FILES_PAGE,
          files: listed
            .slice(0, FILES_PAGE)
            .map((file) => ({ ...file, url: downloadUrl(storage, url.origin, file.path, LINK_SECONDS) })),
        };
      },
    },
    clock: {
      GET: () => clockOf(tools),
      POST: async (_url, request) => {
        clock.move(readOffset(await readObject(request)));
        return clockOf(tools);
      },
    },
    faults: {
      GET: () => faultsOf(tools),
      POST: async (_url, request) => {
        faults.add(await readObject(request));
        return faultsOf(tools);
      },
      DELETE: () => {
        faults.clear();
        return faultsOf(tools);
      },
    },
    reset: {
      POST: async () => {
        await tools.reset();
        return { collections: database.counts() };
      },
    },
  };
}

/** `timers/<name>`: runs that timer, and answers once its function has. */
function timerDoor(name: string, { timers }: Tools): Door {
  return {
    POST: async (_url, request) => {
      const [stranger] = Object.keys(await readObject(request));
      if (stranger !== undefined) throw new CloudError('INVALID_PARAM', `a timer takes no ${stranger}`);
      return timers.run(name);
    },
  };
}

/** The timer that a path names; none where it is of another tool, or malformed. */
function timerOf(path: string): string | undefined {
  try {
    return decodeURIComponent(/^timers\/([^/]+)$/.exec(path)?.[1] ?? '') || undefined;
  } catch {
    return undefined;
  }
}

/** Makes what answers below `/_local/`: the page, and what it reads and changes. */
export function toolsHandler(tools: Tools) {
  const doors = doorsOf(tools);
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const path = url.pathname.slice(TOOLS_PREFIX.length);
    refuseStranger(request, path === '');
    const method = request.method ?? '';
    if (method === 'GET' && isOfPage(path)) {
      replyPage(response, tools.pageFolder, path);
    } else if (method === 'GET' && path === 'export') {
      response.writeHead(200, {
        'content-type': 'application/x-ndjson',
        'content-disposition': 'attachment; filename="snapshot.jsonl"',
        'cache-control': 'no-store',
      });
      await pipeline(Readable.from(tools.snapshot()), response);
    } else {
      const timer = timerOf(path);
      const door =
        timer === undefined ? (Object.hasOwn(doors, path) ? doors[path] : undefined) : timerDoor(timer, tools);
      if (door === undefined) {
        replyJson(response, 404, { code: 'INVALID_PATH', message: 'no tool has this path' });
        return;
      }
      const answer = Object.hasOwn(door, method) ? door[method] : undefined;
      if (answer === undefined) throw new CloudError('INVALID_PARAM', `${Object.keys(door).join(' or ')} only`);
      replyJson(response, 200, await answer(url, request));
    }
  };
}
