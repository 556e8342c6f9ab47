import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Collection, Resources } from '../../../cloudfunctions/resources';
import { text, wholeNumber } from '../admin/parameters';
import { CloudError, unsupported } from '../cloud-error';
import type { DocumentDatabase } from '../database/actions';
import type { JsonObject } from '../database/ejson';
import { answerClient, eventOf } from './client-answer';

const DATABASE_FAILED = -502001;
const STORAGE_FAILED = -503001;

/** The client library gives twenty documents at the most, whatever it is asked for. */
const CLIENT_LIMIT = 20;

/** What the client library may ask, and the action of the SDK that answers it. */
const READS = {
  'collection.get': 'database.getDocument',
  'collection.count': 'database.calculateDocument',
} as const;
const WRITES = ['collection.add', 'collection.update', 'collection.remove'];
const FILE_READS = ['cloud.getTempFileURL', 'cloud.downloadFile', 'cloud.deleteFile'];

/** Where the client library's own doors to data stand; the name of the interface follows. */
export const CLIENT_DATA_PREFIX = '/wx/data/';

/** What is asked of the database as the SDK asks it; whatever else a client sends is not passed on. */
const ARGUMENTS = ['collectionName', 'query', 'offset', 'order', 'projection'];

/**
 * Answers `POST /wx/data/<interface>`: what `wx.cloud.database()` and the reading half of `wx.cloud`'s storage do in the cloud without a
 * function, within the access that the manifest gives to clients. Documents may be read where their collection is open to it; no rule of
 * a manifest lets a client change documents, or read or delete files.
 */
export async function handleClientData(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  { resources, database }: { resources: Resources; database: Pick<DocumentDatabase, 'actions'> },
): Promise<void> {
  const otherwise = name.startsWith('collection.') ? DATABASE_FAILED : STORAGE_FAILED;
  await answerClient(request, response, { api: name, otherwise }, async () => {
    if (FILE_READS.includes(name)) {
      throw new CloudError('STORAGE_EXCEED_AUTHORITY', 'no folder lets clients read or delete files');
    }
    const action = Object.hasOwn(READS, name) ? database.actions[READS[name as keyof typeof READS]] : undefined;
    if (action === undefined && !WRITES.includes(name)) throw unsupported(`the client's interface ${name}`);
    const asked = await eventOf(request);
    const access = accessOf(text(asked, 'collectionName'), resources);
    if (action === undefined || access !== 'read') {
      throw new CloudError('DATABASE_PERMISSION_DENIED', 'clients may not do this in the collection');
    }
    const passed: JsonObject = Object.fromEntries(
      ARGUMENTS.flatMap((argument) => {
        const value = asked[argument];
        return value === undefined ? [] : [[argument, value]];
      }),
    );
    const most = wholeNumber(asked, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER, fallback: CLIENT_LIMIT });
    const limit = name === 'collection.get' ? { limit: Math.min(most, CLIENT_LIMIT) } : {};
    return action({ ...passed, ...limit });
  });
}

/** @throws CloudError DATABASE_COLLECTION_NOT_EXIST */
function accessOf(collectionName: string, { collections }: Resources): Collection['clientAccess'] {
  const collection = collections.find((one) => one.name === collectionName);
  if (collection !== undefined) return collection.clientAccess;
  throw new CloudError('DATABASE_COLLECTION_NOT_EXIST', `collection ${collectionName} is not declared`);
}
