import { button, choice, form, input, labelled, make, row, table } from './elements';
import { read } from './server';
import type { Run, View } from './view';

interface Collection {
  readonly name: string;
  readonly clientAccess: string;
  readonly count: number;
  readonly scans: number;
  readonly indexes: readonly {
    readonly name: string;
    readonly keys: Readonly<Record<string, 1 | -1>>;
    readonly unique: boolean;
    readonly sparse: boolean;
  }[];
}

interface Page {
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  readonly documents: readonly unknown[];
}

const keysOf = (keys: Readonly<Record<string, 1 | -1>>): string =>
  Object.entries(keys)
    .map(([field, direction]) => `${field} ${direction === 1 ? 'ascending' : 'descending'}`)
    .join(', ');

/** The collections: their documents, a page at a time, and their indexes. */
export const documentsView = (run: Run): View => {
  const collection = choice([]);
  const query = input('text');
  query.placeholder = '{"field": "value"}';
  const about = make('p');
  const list = make('ol');
  const indexes = make('div');
  let offset = 0;
  let known: readonly Collection[] = [];

  const show = async (): Promise<void> => {
    const chosen = known.find(({ name }) => name === collection.value);
    if (!chosen) {
      about.textContent = 'The manifest declares no collection.';
      return;
    }
    const asked = { collection: chosen.name, query: query.value.trim(), offset: String(offset) };
    const page = await read<Page>('documents', asked);
    const last = page.offset + page.documents.length;
    const span = last > page.offset ? `${String(page.offset + 1)}–${String(last)} of ` : '';
    about.textContent = `${span}${String(page.total)} documents; read whole ${String(chosen.scans)} times, as no index served`;
    list.replaceChildren(
      ...page.documents.map((document) => make('li', make('pre', JSON.stringify(document, undefined, 2)))),
    );
    back.disabled = page.offset === 0;
    next.disabled = last >= page.total;
    const rows = chosen.indexes.map(({ name, keys, unique, sparse }) => [
      name,
      keysOf(keys),
      unique ? 'yes' : 'no',
      sparse ? 'yes' : 'no',
    ]);
    indexes.replaceChildren(table(`Indexes of ${chosen.name}`, ['Name', 'Fields', 'Unique', 'Sparse'], rows));
  };
  const turn = (by: -1 | 1) => () => {
    offset = Math.max(0, offset + by * 20);
    run(show);
  };
  const back = button('Previous', turn(-1));
  const next = button('Next', turn(1));
  const begin = (): void => {
    offset = 0;
    run(show);
  };
  collection.addEventListener('change', begin);

  return {
    title: 'Documents',
    element: make(
      'section',
      make('h2', 'Documents'),
      form('Find', begin, labelled('Collection', collection), labelled('Query (JSON)', query, true)),
      about,
      list,
      row(back, next),
      indexes,
    ),
    isLive: false,
    refresh: async () => {
      known = (await read<{ readonly collections: readonly Collection[] }>('collections')).collections;
      const chosen = collection.value;
      collection.replaceChildren(
        ...known.map(({ name, count }) =>
          Object.assign(make('option', `${name} (${String(count)})`), { value: name, selected: name === chosen }),
        ),
      );
      await show();
    },
  };
};
