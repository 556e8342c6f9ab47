import type { BuiltIn } from './built-in';

/** What a form dispatches on each of its fields when it is reset. */
export const RESET = 'wx-reset';

const isChecked = (element: Element | null): boolean => element?.getAttribute('aria-checked') === 'true';
const boxesOf = (element: Element): HTMLElement[] =>
  [...element.querySelectorAll<HTMLElement>('wx-checkbox, wx-radio')].filter(isChecked);
const valueOf = (box: HTMLElement | undefined): string => box?.dataset['value'] ?? '';

/** How the value of each kind of field is read. */
const readers: Readonly<Record<string, (field: Element) => unknown>> = {
  'wx-input': (field) => field.querySelector('input')?.value,
  'wx-textarea': (field) => field.querySelector('textarea')?.value,
  'wx-slider': (field) => Number(field.querySelector('input')?.value),
  'wx-switch': isChecked,
  'wx-checkbox-group': (field) => boxesOf(field).map(valueOf),
  'wx-radio-group': (field) => valueOf(boxesOf(field)[0]),
};

/** `<form>`: what its named fields hold. */
export const form: BuiltIn = {
  tag: 'form',
  properties: { reportSubmit: false, reportSubmitTimeout: 0 },
  attach: ({ element, emit }) => {
    const values = (): Record<string, unknown> =>
      Object.fromEntries(
        [...element.querySelectorAll(Object.keys(readers).join())]
          .filter((field) => field.hasAttribute('name'))
          .map((field) => [field.getAttribute('name') ?? '', readers[field.localName]?.(field)]),
      );
    element.addEventListener('wx-form-submit', () => emit('submit', { value: values() }));
    element.addEventListener('wx-form-reset', () => {
      for (const field of element.querySelectorAll(`${Object.keys(readers).join()},wx-checkbox,wx-radio`))
        field.dispatchEvent(new CustomEvent(RESET));
      emit('reset', {});
    });
    return undefined;
  },
};
