import { make } from './elements';
import type { StageWords } from './words';

/** Where the sample partners' own servers are: `/partners.json`. */
export interface PartnerPages {
  readonly bank: string;
  readonly railway: string;
}

/** @returns null where none run */
export const loadPartnerPages = async (): Promise<PartnerPages | null> =>
  (await fetch('/partners.json')).json() as Promise<PartnerPages | null>;

/** The right side of the page: the merchant's phone or the bank's counter, and the way to the railway's page. */
export const createRightSide = (
  phone: HTMLElement,
  pages: PartnerPages | null,
  { words, language }: { readonly words: StageWords; readonly language: string },
): HTMLElement => {
  if (!pages) return phone;
  const frame = make('iframe', 'counter-frame');
  frame.title = words.bank;
  const counter = make('section', 'counter', frame);
  counter.id = 'counter';
  counter.hidden = true;
  phone.id = 'merchant';
  const show = (which: 'merchant' | 'counter'): void => {
    phone.hidden = which !== 'merchant';
    counter.hidden = which !== 'counter';
    // A server of somebody else's: asked when it is wanted.
    if (which === 'counter' && frame.src === '') frame.src = `${pages.bank}/?lang=${language}`;
    for (const tab of tabs) tab.setAttribute('aria-selected', String(tab.dataset['side'] === which));
  };
  const tabs = (['merchant', 'counter'] as const).map((which) => {
    const tab = make('button', 'side-tab', which === 'merchant' ? words.merchant : words.bank);
    tab.type = 'button';
    tab.dataset['side'] = which;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', which);
    tab.addEventListener('click', () => show(which));
    return tab;
  });
  const list = make('div', 'side-tabs', ...tabs);
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', words.beside);
  const railway = Object.assign(make('a', 'side-link', `${words.railway} ↗`), {
    href: `${pages.railway}/?lang=${language}`,
    target: '_blank',
    rel: 'noreferrer',
  });
  show('merchant');
  return make('div', 'side', make('div', 'side-head', list, railway), phone, counter);
};
