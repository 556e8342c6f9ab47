import type { Device } from '../device';
import { make, makeButton } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { clockAt } from '../screen/clock';
import type { Message } from './message';

export interface NoticeOptions {
  readonly message: Message;
  /** The mini-program's name. */
  readonly sender: string;
  readonly onOpen: () => void;
  readonly onDismiss: () => void;
}

/** How far up a finger moves that pushes a notice away, in CSS pixels. */
const PUSH = 24;

/** The templates of the super-app's library are Chinese, whatever language the phone has. */
const inChinese = <Part extends HTMLElement>(part: Part): Part => {
  part.lang = 'zh-CN';
  return part;
};

/** Builds the banner of one message: a tap opens what it is about, a push upwards, Escape or its own button puts it away. */
export const makeNotice = (device: Device, options: NoticeOptions): HTMLElement => {
  const { message, sender, onOpen, onDismiss } = options;
  const words = phoneWords(device);
  const head = make('span', 'phone-notice-head');
  head.append(
    inChinese(make('span', 'phone-notice-sender', sender)),
    make('span', 'phone-notice-kind', `${words.noticeKind} · ${clockAt(message.sentAt)}`),
  );
  const open = makeButton('phone-notice-open', '', onOpen);
  open.append(head, inChinese(make('span', 'phone-notice-title', message.title)));
  for (const { label, value } of message.lines) {
    const line = inChinese(make('span', 'phone-notice-line'));
    line.append(make('span', 'phone-notice-label', label), make('span', 'phone-notice-value', value));
    open.append(line);
  }
  open.append(make('span', 'phone-notice-more', words.noticeOpen));
  const close = makeButton('phone-notice-close', '', onDismiss);
  close.setAttribute('aria-label', words.noticeClose);
  const notice = make('div', 'phone-notice');
  notice.append(open, close);

  let from: number | null = null;
  notice.addEventListener('pointerdown', ({ clientY }) => {
    from = clientY;
  });
  notice.addEventListener('pointermove', ({ clientY }) => {
    if (from === null || from - clientY < PUSH) return;
    from = null;
    onDismiss();
  });
  notice.addEventListener('pointerup', () => {
    from = null;
  });
  notice.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') onDismiss();
  });
  return notice;
};
