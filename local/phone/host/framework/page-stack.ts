import type { Root } from 'glass-easel-miniprogram-adapter';
import type { PhoneBundle } from '../../contract/bundle';
import { createPageFrame, type PageFrame } from '../screen/page-frame';
import type { Device } from '../device';
import { EventChannel } from './event-channel';
import { readAddress, writeAddress, type PageAddress } from './page-address';
import type { PageStyles } from './page-styles';
import { WxFailure } from '../wx/convention';
import { completeSelectorQuery } from './selector-query';
import type { Space } from './space';

/** WeChat's most pages at a time. */
const MOST_PAGES = 10;

type PageInstance = Record<string, unknown> & { readonly createSelectorQuery: () => object };

/** A page that is open. */
interface OpenPage {
  readonly address: PageAddress;
  readonly root: Root;
  readonly frame: PageFrame;
  readonly sheets: readonly HTMLStyleElement[];
  readonly instance: PageInstance;
  readonly opener: EventChannel;
}

/** The pages that are open, the visible one last. */
export interface PageStack {
  readonly open: (url: string, opener?: EventChannel) => EventChannel;
  readonly replace: (url: string) => void;
  readonly restart: (url: string) => void;
  readonly back: (delta: number) => void;
  readonly instances: () => readonly PageInstance[];
  readonly top: () => OpenPage | null;
  readonly owning: (element: Element) => OpenPage | null;
  readonly all: () => readonly OpenPage[];
  /** The whole mini-program comes to the foreground or leaves it. */
  readonly setForeground: (visible: boolean) => void;
}

export const createPageStack = (
  bundle: PhoneBundle,
  space: Space,
  styles: PageStyles,
  device: Device,
  close: () => void,
): PageStack => {
  const stack: OpenPage[] = [];
  const top = (): OpenPage | null => stack.at(-1) ?? null;

  const call = ({ instance }: OpenPage, name: string, ...args: unknown[]): void => {
    const method = instance[name];
    if (typeof method !== 'function') return;
    try {
      // What an asynchronous one rejects with is nobody's: the app hears of it.
      Reflect.apply(method, instance, args);
    } catch (error) {
      reportError(error);
    }
  };
  const setVisible = ({ frame, sheets }: OpenPage, visible: boolean): void => {
    frame.element.hidden = !visible;
    for (const sheet of sheets) sheet.disabled = !visible;
  };
  const hide = (page: OpenPage): void => {
    setVisible(page, false);
    page.root.getComponent().triggerPageLifetime('hide', []);
    call(page, 'onHide');
  };
  const show = (page: OpenPage): void => {
    setVisible(page, true);
    page.frame.refresh();
    page.root.getComponent().triggerPageLifetime('show', []);
    call(page, 'onShow');
    const route = writeAddress(page.address);
    history.replaceState(null, '', `#${route}`);
    device.report({ kind: 'route', route });
  };
  const release = (page: OpenPage): void => {
    setVisible(page, false);
    call(page, 'onUnload');
    page.root.release();
    page.frame.element.remove();
    for (const sheet of page.sheets) sheet.remove();
  };

  const resolve = (url: string): PageAddress => {
    const address = readAddress(url, top()?.address.path ?? '');
    if (!bundle.pages.includes(address.path)) throw new WxFailure(`page "${address.path}" is not found`);
    return address;
  };

  const push = (address: PageAddress, opener: EventChannel): void => {
    const made: { root?: Root } = {};
    const sheets = styles.collect(() => {
      made.root = space.createPage(address.path);
    });
    const { root } = made;
    if (!root) throw new Error(`page "${address.path}" was not made`);
    const frame = createPageFrame(bundle.components[address.path]?.config ?? {}, {
      bundle,
      settings: device.settings,
      back: stack.length > 0 ? () => back(1) : null,
      close,
      pulled: () => call(page, 'onPullDownRefresh'),
    });
    const placeholder = document.createElement('span');
    frame.body.append(placeholder);
    device.screen.append(frame.element);
    // The engine's page has what it was given; what WeChat's has besides is added below.
    const instance = root.get() as unknown as PageInstance;
    completeSelectorQuery(instance.createSelectorQuery());
    Object.assign(instance, {
      route: address.path,
      options: address.query,
      getOpenerEventChannel: () => opener,
      getPageId: () => `pageId:${String(stack.length)}`,
    });
    const page: OpenPage = { address, root, frame, sheets, instance, opener };
    stack.push(page);
    listenToScrolling(page);
    // Components are attached before the page is told that it was loaded.
    root.attach(
      frame.body as unknown as Parameters<Root['attach']>[0],
      placeholder as unknown as Parameters<Root['attach']>[1],
    );
    call(page, 'onLoad', address.query);
    show(page);
    requestAnimationFrame(() => {
      if (stack.includes(page)) call(page, 'onReady');
    });
  };

  /** Tells a page of its scrolling, and each time that it comes near to its end. */
  const listenToScrolling = (page: OpenPage): void => {
    const { body } = page.frame;
    const { onReachBottomDistance = 50 } = {
      ...bundle.app.window,
      ...bundle.components[page.address.path]?.config,
    };
    let wasNear = false;
    body.addEventListener('scroll', () => {
      call(page, 'onPageScroll', { scrollTop: body.scrollTop });
      const isNear = body.scrollTop + body.clientHeight >= body.scrollHeight - onReachBottomDistance;
      if (isNear && !wasNear) call(page, 'onReachBottom');
      wasNear = isNear;
    });
  };

  const back = (delta: number): void => {
    const gone = Math.min(Math.max(1, delta), stack.length - 1);
    if (gone < 1) throw new WxFailure('cannot navigate back at first page.');
    for (const page of stack.splice(stack.length - gone).reverse()) release(page);
    const now = top();
    if (now) show(now);
  };

  return {
    open: (url, opener = new EventChannel()) => {
      if (stack.length >= MOST_PAGES) throw new WxFailure('webview count limit exceed');
      const address = resolve(url);
      const before = top();
      if (before) hide(before);
      push(address, opener);
      return opener;
    },
    replace: (url) => {
      const address = resolve(url);
      const before = stack.pop();
      if (before) release(before);
      push(address, new EventChannel());
    },
    restart: (url) => {
      const address = resolve(url);
      for (const page of stack.splice(0).reverse()) release(page);
      push(address, new EventChannel());
    },
    back,
    instances: () => stack.map(({ instance }) => instance),
    top,
    owning: (element) => stack.find(({ frame }) => frame.element.contains(element)) ?? null,
    all: () => stack,
    setForeground: (visible) => {
      const page = top();
      if (!page) return;
      page.root.getComponent().triggerPageLifetime(visible ? 'show' : 'hide', []);
      call(page, visible ? 'onShow' : 'onHide');
    },
  };
};
