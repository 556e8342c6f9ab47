import { randomUUID } from 'node:crypto';
import type { Resources } from '../../../cloudfunctions/resources';
import { objects, optionalText, text, texts, wholeNumber } from '../admin/parameters';
import { CloudError, unsupported } from '../cloud-error';
import type { Action } from '../database/actions';
import type { FileIds } from './cloud-path';
import { checkCloudPath, folderOf } from './cloud-path';
import type { FileStore } from './file-store';
import { signGrant } from './signed-url';

/** What the storage actions and the storage endpoint share. */
export interface StorageOptions {
  readonly files: FileStore;
  readonly ids: FileIds;
  readonly resources: Resources;
  readonly secretKey: string;
  /** The environment's time in milliseconds since 1970, by which signed URLs end. */
  readonly now: () => number;
}

/** Comes with an upload's signature, as that of temporary credentials does; an upload without it is refused. */
export const SECURITY_TOKEN = 'local';

/** Where the endpoint for signed uploads and downloads stands. */
export const STORAGE_PREFIX = '/storage/';

const UPLOAD_SECONDS = 15 * 60;
const DAY_SECONDS = 24 * 60 * 60;
const MAX_FILES = 50;

/** The SDK's storage actions by name. `baseUrl` is asked when a URL is made, because the port is known only then. */
export function storageActions(options: StorageOptions, baseUrl: () => string): Record<string, Action> {
  const { files, ids, resources, secretKey, now } = options;

  return {
    'storage.getUploadMetadata': (body) => {
      const path = checkCloudPath(text(body, 'path'));
      if (optionalText(body, 'method') !== 'put') throw new CloudError('INVALID_PARAM', 'method must be put');
      folderOf(path, resources);
      const grant = { operation: 'put', path, expiresAt: now() + UPLOAD_SECONDS * 1000 } as const;
      return Promise.resolve({
        data: {
          url: storageUrl(baseUrl(), path),
          token: SECURITY_TOKEN,
          authorization: signGrant(grant, secretKey),
          fileId: ids.of(path),
          cosFileId: randomUUID(),
        },
      });
    },

    'storage.batchGetDownloadUrl': async (body) => {
      const asked = objects(body, 'file_list');
      checkCount(asked.length);
      const wanted = asked.map((item) => {
        const urlType = optionalText(item, 'url_type');
        // There is nothing in front of the storage here, so its own address is the only one.
        if (urlType !== undefined && urlType !== 'COS_URL') throw unsupported(`the url type ${urlType}`);
        const seconds = wholeNumber(item, 'max_age', { min: 1, max: DAY_SECONDS, fallback: DAY_SECONDS });
        return { fileId: text(item, 'fileid'), seconds };
      });
      const list = wanted.map(async ({ fileId, seconds }) => {
        const path = ids.pathOf(fileId);
        const exists = path !== undefined && (await files.info(path)) !== undefined;
        if (!exists) return { code: 'STORAGE_FILE_NONEXIST', fileID: fileId, tempFileURL: '' };
        return { code: 'SUCCESS', fileID: fileId, tempFileURL: downloadUrl(options, baseUrl(), path, seconds) };
      });
      return { data: { download_list: await Promise.all(list) } };
    },

    'storage.batchDeleteFile': async (body) => {
      const wanted = texts(body, 'fileid_list');
      checkCount(wanted.length);
      const list = wanted.map(async (fileId) => {
        const path = ids.pathOf(fileId);
        const removed = path !== undefined && (await files.remove(path));
        return { code: removed ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST', fileID: fileId };
      });
      return { data: { delete_list: await Promise.all(list) } };
    },
  };
}

/** A URL by which anybody may read the file for that long. */
export function downloadUrl(
  { secretKey, now }: StorageOptions,
  baseUrl: string,
  path: string,
  seconds: number,
): string {
  const grant = { operation: 'get', path, expiresAt: now() + seconds * 1000 } as const;
  return `${storageUrl(baseUrl, path)}?sign=${signGrant(grant, secretKey)}`;
}

/** The path travels as base64url: the SDK escapes download URLs once more, which must then change nothing. */
function storageUrl(baseUrl: string, path: string): string {
  return `${baseUrl}${STORAGE_PREFIX}${Buffer.from(path).toString('base64url')}`;
}

/** The cloud path that a request to the storage endpoint names. */
export function pathOfUrl(url: URL): string {
  return Buffer.from(url.pathname.slice(STORAGE_PREFIX.length), 'base64url').toString('utf8');
}

function checkCount(count: number): void {
  if (count < 1 || count > MAX_FILES) {
    throw new CloudError('INVALID_PARAM', `a request names 1 to ${String(MAX_FILES)} files`);
  }
}
