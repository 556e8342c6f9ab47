import { fileId } from '../../../protocol';
import type { Evidence } from '../../_core/enrolment/case';
import { reviewPathOf } from '../../_core/enrolment/review-copies';
import type { DestroyEvidence, KeepForReview, OpenReviewCopy } from '../../_core/enrolment/case-ports';
import type { Download, DownloadPicture } from '../../_core/proofing/ports';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from '../crypto/sealing';
import { required } from '../runtime/environment';
import { app } from './app';

/** The largest picture that is fetched, in bytes. */
const PICTURE_BYTES_MAX = 8 * 1024 * 1024;

/** Whether a file lies in this environment's own storage. */
const isOurs = (file: string): boolean => file.startsWith(`cloud://${required('TCB_ENV')}.`);

const temporaryUrl = async (file: string): Promise<string | null> => {
  const { fileList } = await app.getTempFileURL({ fileList: [{ fileID: file, maxAge: 60 }] });
  const [found] = fileList;
  return found?.code === 'SUCCESS' && found.tempFileURL ? found.tempFileURL : null;
};

/** Fetches a file; its size is asked before its bytes are, and a server that lies about it is cut off. */
const download = async (file: string, bytesMax: number): Promise<Download> => {
  if (!isOurs(file)) return { kind: 'file_not_found' };
  const url = await temporaryUrl(file);
  if (url === null) return { kind: 'file_not_found' };
  const head = await fetch(url, { method: 'HEAD', redirect: 'error', signal: AbortSignal.timeout(10_000) });
  if (head.status === 404) return { kind: 'file_not_found' };
  if (Number(head.headers.get('content-length') ?? Infinity) > bytesMax) return { kind: 'picture_too_large' };
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(20_000) });
  if (response.status === 404) return { kind: 'file_not_found' };
  if (!response.ok || !response.body) throw new Error(`storage answered ${String(response.status)}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    const bytes = chunk as Uint8Array; // a fetch body yields bytes; its type says `any`
    length += bytes.length;
    if (length > bytesMax) return { kind: 'picture_too_large' };
    chunks.push(bytes);
  }
  return { kind: 'picture', bytes: Buffer.concat(chunks, length) };
};

/** Fetches an uploaded picture. */
export const downloadPicture: DownloadPicture = (file) => download(file, PICTURE_BYTES_MAX);

/** How many files one call of the storage takes. */
const FILES_MAX = 50;

/**
 * Deletes uploaded pictures for good; what lies in another environment is none of ours.
 * @throws Error where storage did not delete one that is still there
 */
export const destroyEvidence: DestroyEvidence = async (files) => {
  const own = files.filter(isOurs);
  let deleted = 0;
  for (let from = 0; from < own.length; from += FILES_MAX) {
    const { fileList } = await app.deleteFile({ fileList: own.slice(from, from + FILES_MAX) });
    const kept = fileList.filter(({ code }) => code !== 'SUCCESS' && code !== 'STORAGE_FILE_NONEXIST');
    if (kept.length > 0) throw new Error('storage did not delete a picture');
    deleted += fileList.filter(({ code }) => code === 'SUCCESS').length;
  }
  return deleted;
};

/** Makes sealed copies of uploaded pictures below `review/`; each carries its own wrapped data key before it. */
export const createKeepForReview =
  (sealing: Sealing): KeepForReview =>
  async (id, evidence) => {
    const copies: Evidence[] = [];
    for (const [at, { file, shows }] of evidence.entries()) {
      const found = await downloadPicture(file);
      if (found.kind !== 'picture') continue;
      const path = reviewPathOf(id, at);
      const key = sealing.newDataKey();
      const content = Buffer.from(`${key}\n${sealing.seal(key, path, found.bytes)}`);
      const { fileID } = await app.uploadFile({ cloudPath: path, fileContent: content });
      copies.push({ file: fileId(fileID), shows });
    }
    return copies;
  };

/** A sealed copy is base64, a third larger than its picture, and carries its key before it. */
const COPY_BYTES_MAX = 1.4 * PICTURE_BYTES_MAX;

/** Opens a sealed copy below `review/`, and nothing that lies elsewhere. @throws Error where the seal does not open */
export const createOpenReviewCopy =
  (sealing: Sealing): OpenReviewCopy =>
  async (file) => {
    const path = file.slice(file.indexOf('/', 'cloud://'.length) + 1);
    if (!path.startsWith('review/')) return null;
    const found = await download(file, COPY_BYTES_MAX);
    if (found.kind !== 'picture') return null;
    const text = Buffer.from(found.bytes).toString();
    const end = text.indexOf('\n');
    // Only `keepForReview` writes below this folder, and the seal proves that it is the same still.
    return sealing.open(text.slice(0, end) as SealedKey, path, text.slice(end + 1));
  };
