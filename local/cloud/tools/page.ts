import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { reply, replyJson } from '../server/reply';

/** The page's files by the path below `/_local/`, and their types. */
const FILES: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '': { name: 'index.html', type: 'text/html; charset=utf-8' },
  'console.css': { name: 'console.css', type: 'text/css; charset=utf-8' },
  'console.js': { name: 'console.js', type: 'text/javascript; charset=utf-8' },
};

/** Nothing but the page's own files, and in no frame: a page of somebody else could move its buttons under a finger. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Whether a path is one of the page's files. */
export function isOfPage(path: string): boolean {
  return Object.hasOwn(FILES, path);
}

/** Answers with a file of the page. @param folder where the build put them */
export function replyPage(response: ServerResponse, folder: string, path: string): void {
  const file = FILES[path];
  const onDisk = join(folder, file?.name ?? '');
  if (file === undefined || !existsSync(onDisk)) {
    replyJson(response, 404, { code: 'INVALID_PATH', message: 'the page of the tools is not built' });
    return;
  }
  reply(response, 200, { ...HEADERS, 'content-type': file.type }, readFileSync(onDisk));
}
