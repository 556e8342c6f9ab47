import type { PageConfig, PhoneBundle } from '../../contract/bundle';
import type { SettingsStore } from '../device';
import { createPull, type Pull } from './pull';

/** What lies around a page: its native navigation bar. */
export interface PageFrame {
  /** Everything of the page, its bar included. */
  readonly element: HTMLElement;
  /** The scrolling part, that the page is attached to. */
  readonly body: HTMLElement;
  readonly setTitle: (title: string) => void;
  readonly setColours: (colours: { readonly front?: string; readonly back?: string }) => void;
  readonly setLoading: (loading: boolean) => void;
  /** The refreshing of the page by a pull. */
  readonly pull: Pull;
  /** Colours by the theme that holds now. */
  readonly refresh: () => void;
}

export interface PageFrameTools {
  readonly bundle: PhoneBundle;
  readonly settings: SettingsStore;
  readonly back: (() => void) | null;
  readonly close: () => void;
  /** The user has pulled the page down, or the page has had itself pulled. */
  readonly pulled: () => void;
}

const words = {
  zh_CN: { back: '返回', close: '关闭小程序' },
  en: { back: 'Back', close: 'Close the mini-program' },
} as const;

const element = (className: string, tag = 'div'): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  return made;
};

const button = (className: string, label: string, onClick: () => void): HTMLButtonElement => {
  const made = document.createElement('button');
  made.className = className;
  made.type = 'button';
  made.setAttribute('aria-label', label);
  made.addEventListener('click', onClick);
  return made;
};

/** Builds the frame of one page. */
export const createPageFrame = (config: PageConfig, tools: PageFrameTools): PageFrame => {
  const { bundle, settings } = tools;
  const all: PageConfig = { ...bundle.app.window, ...config };
  /** `@name` is a value of theme.json. */
  const themed = (value: string | undefined, fallback: string): string => {
    const theme = bundle.app.darkmode === true ? settings.current.theme : 'light';
    return value?.startsWith('@') ? (bundle.theme?.[theme][value.slice(1)] ?? fallback) : (value ?? fallback);
  };
  const said = words[settings.current.language];
  const frame = element('phone-page');
  const bar = element('phone-bar', 'header');
  const title = element('phone-bar-title');
  title.textContent = all.navigationBarTitleText ?? '';
  const spinner = element('phone-bar-spinner');
  spinner.hidden = true;
  if (tools.back) bar.append(button('phone-bar-back', said.back, tools.back));
  const capsule = element('phone-capsule');
  capsule.append(button('phone-capsule-close', said.close, tools.close));
  bar.append(spinner, title, capsule);
  bar.classList.toggle('phone-bar-custom', all.navigationStyle === 'custom');
  const body = element('wx-page', 'main');
  // A page without anything to press is read on by arrow keys.
  body.tabIndex = 0;
  const pull = createPull(body, all.enablePullDownRefresh === true, tools.pulled);
  frame.append(bar, pull.element, body);

  let front: string | null = null;
  let back: string | null = null;
  const refresh = (): void => {
    bar.style.background = back ?? themed(all.navigationBarBackgroundColor, '#ededed');
    const style = front ?? themed(all.navigationBarTextStyle, 'black');
    bar.style.color = style === 'white' || style === '#ffffff' ? '#ffffff' : '#000000';
    frame.style.background = themed(all.backgroundColor, '#ffffff');
  };
  refresh();
  return {
    element: frame,
    body,
    setTitle: (text) => {
      title.textContent = text;
    },
    setColours: (colours) => {
      front = colours.front ?? front;
      back = colours.back ?? back;
      refresh();
    },
    setLoading: (loading) => {
      spinner.hidden = !loading;
    },
    pull,
    refresh,
  };
};
