import type { Resources, StorageFolder } from '../../../cloudfunctions/resources';
import { CloudError } from '../cloud-error';

const MAX_PATH_BYTES = 1024;

/**
 * Checks a path inside cloud storage. The path never becomes a path on disk; the rules keep it one that the cloud takes.
 *
 * @throws CloudError INVALID_PARAM
 */
export function checkCloudPath(path: string): string {
  const segments = path.split('/');
  const sound =
    Buffer.byteLength(path) <= MAX_PATH_BYTES &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..') &&
    // Control characters and the backslash mean different things to different readers.
    !/[\p{Cc}\\]/u.test(path);
  if (!sound) throw new CloudError('INVALID_PARAM', 'cloudPath is malformed');
  return path;
}

/**
 * The declared folder that a path lies in.
 *
 * @throws CloudError STORAGE_EXCEED_AUTHORITY when there is none
 */
export function folderOf(path: string, resources: Resources): StorageFolder {
  const folders = resources.storage.filter(({ prefix }) => path.startsWith(prefix) && path.length > prefix.length);
  const folder = folders.sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (folder === undefined) throw new CloudError('STORAGE_EXCEED_AUTHORITY', 'cloudPath lies in no declared folder');
  return folder;
}

/** `cloud://<env>.<bucket>/<path>`, the file ids of one environment. */
export interface FileIds {
  of(path: string): string;
  /** The path of a file id of this environment; none for any other text. */
  pathOf(fileId: string): string | undefined;
}

/** The file ids of an environment. The bucket's name is made as the cloud makes it, from a code, the env id and an account. */
export function fileIds(envId: string): FileIds {
  const prefix = `cloud://${envId}.6c6f-${envId}-1300000000/`;
  return {
    of: (path) => prefix + path,
    pathOf: (fileId) => (fileId.startsWith(prefix) ? fileId.slice(prefix.length) : undefined),
  };
}
