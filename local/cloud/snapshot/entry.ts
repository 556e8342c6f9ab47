import type { Resources } from '../../../cloudfunctions/resources';
import type { Json } from '../database/ejson';
import { isJsonObject, parseJson } from '../database/ejson';
import { newDocument } from '../database/modify';
import type { Document } from '../database/value';
import { checkCloudPath, folderOf } from '../storage/cloud-path';

/** The first line of a snapshot. What it says is what this version writes and the only thing that it reads. */
export const HEADER = '{"format":"local-cloudbase","version":1}';

/** One document or file of a snapshot. */
export type Entry =
  | { readonly kind: 'document'; readonly collection: string; readonly document: Document }
  | { readonly kind: 'file'; readonly path: string; readonly contentType: string; readonly bytes: Buffer };

/**
 * Reads one line after the header.
 *
 * @param now what a server date stands for
 * @throws Error for a malformed line, and for a collection, a folder or a size that the manifest does not declare
 */
export function readEntry(line: string, resources: Resources, now: number): Entry {
  const json = parseJson(line, 'the line');
  if (!isJsonObject(json)) throw new Error('the line must be an object');
  if ('collection' in json) {
    onlyFields(json, ['collection', 'document']);
    const collection = textOf(json['collection'], 'collection');
    if (!resources.collections.some(({ name }) => name === collection)) {
      throw new Error(`the manifest declares no collection ${collection}`);
    }
    return { kind: 'document', collection, document: newDocument(json['document'] ?? null, now) };
  }
  if (!('file' in json)) throw new Error('the line must have a collection or a file');
  onlyFields(json, ['file', 'contentType', 'base64']);
  const path = checkCloudPath(textOf(json['file'], 'file'));
  const { maxBytes } = folderOf(path, resources);
  const contentType = textOf(json['contentType'], 'contentType');
  // It is said in a header when the file is downloaded.
  if (/[^\t\x20-\x7e\x80-\xff]/.test(contentType)) throw new Error('contentType is malformed');
  const bytes = bytesOf(json['base64']);
  if (bytes.length > maxBytes) throw new Error(`the file exceeds the ${String(maxBytes)} bytes of its folder`);
  return { kind: 'file', path, contentType, bytes };
}

/** The line of a document, from its stored text. */
export function documentLine(collection: string, body: string): string {
  return oneLine(`{"collection":${JSON.stringify(collection)},"document":${body}}`);
}

/** The line of a file. */
export function fileLine(path: string, contentType: string, bytes: Buffer): string {
  return oneLine(JSON.stringify({ file: path, contentType, base64: bytes.toString('base64') }));
}

/** JSON leaves Unicode's own line ends as they are; readers of lines do not. They can stand in texts alone. */
function oneLine(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function onlyFields(json: Readonly<Record<string, Json>>, fields: readonly string[]): void {
  const stranger = Object.keys(json).find((name) => !fields.includes(name));
  if (stranger !== undefined) throw new Error(`${stranger} has no place beside ${fields.join(', ')}`);
}

function textOf(value: Json | undefined, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${name} must be a text`);
  return value;
}

function bytesOf(value: Json | undefined): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  // Buffer leaves out what it does not understand.
  if (bytes?.toString('base64') !== value || bytes === undefined) throw new Error('base64 is malformed');
  return bytes;
}
