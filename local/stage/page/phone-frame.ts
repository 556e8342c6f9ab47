import type { Phone, PhoneEvent } from '../../phone/contract/phone';
import type { PhoneSettings } from '../../phone/contract/settings';
import { make } from './elements';

declare global {
  interface Window {
    /** Set by a phone's frame on itself. */
    phone?: Phone;
  }
}

/** A phone on the page: its body, and what runs in it once it has started. */
export interface PhoneFrame {
  readonly id: string;
  readonly element: HTMLElement;
  readonly phone: () => Phone | null;
  readonly reload: () => void;
}

const PHONE_WIDTH = 375;
const PHONE_HEIGHT = 812;

/**
 * Puts a phone on the page.
 * @param initial settings of its very first start
 * @param page where it opens; the first page where empty
 * @param onEvent what happens on it, through all of its restarts
 */
export const createPhoneFrame = (
  id: string,
  name: string,
  initial: Partial<PhoneSettings>,
  page: string,
  onEvent: (event: PhoneEvent) => void,
): PhoneFrame => {
  const frame = make('iframe', 'phone-frame');
  frame.title = name;
  frame.width = String(PHONE_WIDTH);
  frame.height = String(PHONE_HEIGHT);
  frame.allow = 'camera; clipboard-write; display-capture';
  frame.src = `/phone/?phone=${id}&settings=${encodeURIComponent(JSON.stringify(initial))}${page === '' ? '' : `#${page}`}`;
  const phone = (): Phone | null => {
    return frame.contentWindow?.phone ?? null;
  };
  frame.addEventListener('load', () => {
    const started = phone();
    if (!started) return;
    started.listen(onEvent);
    onEvent({ kind: 'settings', settings: started.settings });
    onEvent({ kind: 'ready', route: '' });
  });
  const body = make('div', 'phone-body', make('div', 'phone-glass', frame));
  const element = make('section', 'phone', make('h2', 'phone-name', name), body);
  element.setAttribute('aria-label', name);
  return { id, element, phone, reload: () => frame.contentWindow?.location.reload() };
};
