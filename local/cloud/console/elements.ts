/** Makes an element with what is in it. What is shown of others is always text, never markup. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
};

/** Elements side by side. */
export const row = (...children: (Node | string)[]): HTMLElement => {
  const made = make('div', ...children);
  made.className = 'row';
  return made;
};

/** A button. */
export const button = (text: string, onClick: () => void): HTMLButtonElement => {
  const made = make('button', text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
};

/** A field with its label. */
export const labelled = (text: string, field: HTMLElement, isWide = false): HTMLLabelElement => {
  const made = make('label', text, field);
  if (isWide) made.className = 'wide';
  return made;
};

/** A list to choose from. */
export const choice = (values: readonly string[]): HTMLSelectElement =>
  make('select', ...values.map((value) => make('option', value)));

/** A field of one line. */
export const input = (type: 'text' | 'number', value = ''): HTMLInputElement =>
  Object.assign(make('input'), { type, value });

/** A form whose button is its last element. */
export const form = (text: string, onSubmit: () => void, ...fields: Node[]): HTMLFormElement => {
  const made = make('form', row(...fields, Object.assign(make('button', text), { type: 'submit' })));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit();
  });
  return made;
};

/** One cell: a text, a name that is broken where it is long, code, or an element. */
export type Cell = string | { readonly name: string } | { readonly code: string } | HTMLElement;

const cellOf = (cell: Cell): HTMLTableCellElement => {
  if (typeof cell === 'string' || cell instanceof HTMLElement) return make('td', cell);
  const [kind, text] = 'code' in cell ? (['code', cell.code] as const) : (['name', cell.name] as const);
  return Object.assign(make('td', text), { className: kind });
};

/** A table, which scrolls by itself where it is wider than the page. */
export const table = (caption: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement => {
  const headCells = heads.map((head) => Object.assign(make('th', head), { scope: 'col' }));
  const made = make(
    'table',
    make('caption', caption),
    make('thead', make('tr', ...headCells)),
    make('tbody', ...rows.map((cells) => make('tr', ...cells.map(cellOf)))),
  );
  const scroller = make('div', made);
  scroller.className = 'wide-table';
  // Whoever has no pointer scrolls it by keys.
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'region');
  scroller.setAttribute('aria-label', caption);
  return scroller;
};

/** A time as a developer compares it. @param at milliseconds since 1970 */
export const timeOf = (at: number): string => new Date(at).toISOString().replace('T', ' ');
