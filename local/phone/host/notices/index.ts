import type { Device } from '../device';
import { make } from '../overlays/overlay';
import { openInbox } from './inbox';
import type { Message } from './message';
import { makeNotice } from './notice';

export interface NoticesOptions {
  /** The mini-program's name. */
  readonly sender: string;
  /** Opens a page of the mini-program, with its query. */
  readonly open: (page: string) => void;
}

/**
 * Lays the user's service notifications over the phone, one after the other. Unlike the super-app's they stay until somebody taps them or
 * puts them away: there is no list of chats here in which they could be found later, and the user may be looking at the phone beside it.
 */
export const showNotices = (device: Device, { sender, open }: NoticesOptions): void => {
  // It is there before what it tells, or nobody hears it read out.
  const place = make('div', 'phone-notices');
  place.setAttribute('role', 'log');
  device.screen.prepend(place);
  const waiting: Message[] = [];

  const next = (): void => {
    const [message] = waiting;
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren();
    if (message) {
      const end = (): void => {
        inbox.keepAsRead(message);
        waiting.shift();
        next();
      };
      const onOpen = (): void => {
        end();
        open(message.page);
      };
      place.append(makeNotice(device, { message, sender, onOpen, onDismiss: end }));
    }
    if (!hadFocus) return;
    const stop = place.querySelector('button') ?? device.screen.querySelector('.phone-page:not([hidden]) .wx-page');
    if (stop instanceof HTMLElement) stop.focus({ preventScroll: true });
  };
  const inbox = openInbox(device, (message) => {
    waiting.push(message);
    if (waiting.length === 1) next();
  });
};
