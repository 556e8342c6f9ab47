import { textOf, type BuiltIn } from './built-in';

/** What a label stands for where it says no id. */
const LABELLED = 'wx-checkbox,wx-radio,wx-switch,wx-button,wx-input,wx-textarea';

/** `<label>`: a press on it is one on its control. */
export const label: BuiltIn = {
  tag: 'label',
  properties: { for: '' },
  attach: ({ element, get }) => {
    element.addEventListener('click', ({ target }) => {
      const id = textOf(get('for'));
      const page = element.closest('.wx-page') ?? element;
      const control =
        id === ''
          ? element.querySelector<HTMLElement>(LABELLED)
          : page.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
      if (!control || (target instanceof Node && control.contains(target))) return;
      const field = control.querySelector<HTMLElement>(':scope > input, :scope > textarea');
      if (field) field.focus();
      else control.click();
    });
    return undefined;
  },
};
