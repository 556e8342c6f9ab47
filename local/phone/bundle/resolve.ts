import { posix } from 'node:path';
import { normalise, type SourceFiles } from './source-files';

/** Where a request from a file may lead, in WeChat's order: beside it, then `miniprogram_npm` of each folder upwards. */
const candidates = (from: string, request: string): string[] => {
  if (request.startsWith('/')) return [normalise(request)];
  const folder = posix.dirname(from);
  const beside = normalise(posix.join(folder, request));
  if (request.startsWith('.')) return [beside];
  const found = [beside];
  for (let above = folder; ; above = posix.dirname(above)) {
    found.push(normalise(posix.join(above, 'miniprogram_npm', request)));
    if (above === '.') return found;
  }
};

const first = (from: string, request: string, endings: readonly string[], accept: (path: string) => boolean) => {
  for (const candidate of candidates(from, request)) {
    const found = endings.map((ending) => candidate + ending).find(accept);
    if (found !== undefined) return found;
  }
  return null;
};

/** The module that a `require` names, or null. */
export const resolveModule = (files: SourceFiles, from: string, request: string): string | null =>
  first(
    from,
    request,
    ['', '.ts', '.js', '/index.ts', '/index.js'],
    (path) => /\.[jt]s$/.test(path) && files.has(path),
  );

/** The component (a path without extension) that a `usingComponents` entry names, or null. */
export const resolveComponent = (files: SourceFiles, from: string, request: string): string | null =>
  first(from, request, ['', '/index'], (path) => files.has(`${path}.json`) && files.has(`${path}.wxml`));

/** The file that a style sheet's `@import` names, or null. */
export const resolveStyle = (files: SourceFiles, from: string, request: string): string | null =>
  first(from, request, ['', '.wxss'], files.has);
