import type { TemporaryFiles } from '../device';

/** Temporary files of one run of the mini-program: pictures that were taken or chosen. */
export const createTemporaryFiles = (): TemporaryFiles => {
  const files = new Map<string, { readonly content: Blob; readonly url: string }>();
  return {
    add: (content, extension) => {
      const path = `wxfile://tmp_${crypto.randomUUID().replaceAll('-', '')}.${extension}`;
      files.set(path, { content, url: URL.createObjectURL(content) });
      return path;
    },
    read: (path) => {
      const file = files.get(path);
      if (!file) throw new Error(`no such file "${path}"`);
      return file.content;
    },
    url: (path) => files.get(path)?.url ?? null,
  };
};
