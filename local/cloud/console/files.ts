import { button, make, row, table } from './elements';
import { read } from './server';
import type { Run, View } from './view';

interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly contentType: string;
  readonly url: string;
}

interface Listed {
  readonly total: number;
  readonly more: boolean;
  readonly files: readonly StoredFile[];
}

/** The stored files, a page at a time in the order of their paths. */
export const filesView = (run: Run): View => {
  const list = make('div');
  let after = '';
  let last = '';
  const show = async (): Promise<void> => {
    const found = await read<Listed>('files', { after });
    last = found.files.at(-1)?.path ?? '';
    next.disabled = !found.more;
    first.disabled = after === '';
    const rows = found.files.map(({ path, size, contentType, url }) => [
      { name: path },
      String(size),
      contentType,
      Object.assign(make('a', 'Download'), { href: url, ariaLabel: `Download ${path}` }),
    ]);
    list.replaceChildren(table(`${String(found.total)} files`, ['Path', 'Bytes', 'Type', 'File'], rows));
  };
  const goTo = (path: () => string) => () => {
    after = path();
    run(show);
  };
  const first = button(
    'First',
    goTo(() => ''),
  );
  const next = button(
    'Next',
    goTo(() => last),
  );
  return {
    title: 'Storage',
    element: make('section', make('h2', 'Storage'), list, row(first, next)),
    isLive: false,
    refresh: show,
  };
};
