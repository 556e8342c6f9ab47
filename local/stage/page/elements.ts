/** Makes an element with a class and what is in it. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
};

/** A button. */
export const button = (className: string, text: string, onClick: () => void): HTMLButtonElement => {
  const made = make('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
};

/** A choice of one of several values, with its label. */
export interface Choice {
  readonly row: HTMLElement;
  /** Shows a value that was chosen elsewhere. */
  readonly show: (value: string) => void;
}

/** A labelled drop-down list. @param options value to name */
export const choice = (
  label: string,
  options: readonly (readonly [value: string, name: string])[],
  onChoose: (value: string) => void,
): Choice => {
  const select = make('select', 'choice-select');
  for (const [value, name] of options) select.append(Object.assign(make('option', '', name), { value }));
  select.addEventListener('change', () => onChoose(select.value));
  const row = make('label', 'choice', make('span', 'choice-label', label), select);
  return {
    row,
    show: (value) => {
      select.value = value;
    },
  };
};

/** Has the user pick a picture of this computer. @returns a URL of it, or null */
export const pickPicture = (): Promise<string | null> =>
  new Promise((resolve) => {
    const input = Object.assign(make('input', ''), { type: 'file', accept: 'image/*' });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (!file) {
        resolve(null);
        return;
      }
      const reader = new FileReader();
      reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : null));
      reader.readAsDataURL(file);
    });
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
