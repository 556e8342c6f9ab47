import { answer, WxFailure } from '../wx/convention';
import { asWx, type OptionOf } from '../wx/official';
import type { PageStack } from './page-stack';
import { EventChannel } from './event-channel';

/** A navigation begins once the code that asks for it has come to its end, as the pages of WeChat are opened outside of it. */
const afterwards = (): Promise<void> => Promise.resolve();

/** How the mini-program was opened. */
export interface Launch {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly scene: number;
  readonly referrerInfo: object;
}

/** How the mini-program was opened first, and how it was come to last. */
export interface Entrance {
  readonly launch: Launch;
  latest: Launch;
}

/** The part of `wx` that is about pages. */
export const createPageApi = (stack: PageStack, entrance: Entrance) => {
  const top = () => {
    const page = stack.top();
    if (!page) throw new Error('no page is open');
    return page;
  };
  return asWx({
    getLaunchOptionsSync: () => ({ ...entrance.launch, apiCategory: 'default' }),
    getEnterOptionsSync: () => ({ ...entrance.latest, apiCategory: 'default' }),
    navigateTo: (option: OptionOf<'navigateTo'>) =>
      answer('navigateTo', option, async () => {
        await afterwards();
        const eventChannel = new EventChannel();
        for (const [name, listener] of Object.entries<(...args: unknown[]) => void>(option.events ?? {}))
          eventChannel.on(name, listener);
        stack.open(option.url, eventChannel);
        return { eventChannel };
      }),
    redirectTo: (option: OptionOf<'redirectTo'>) =>
      answer('redirectTo', option, async () => {
        await afterwards();
        stack.replace(option.url);
        return {};
      }),
    reLaunch: (option: OptionOf<'reLaunch'>) =>
      answer('reLaunch', option, async () => {
        await afterwards();
        stack.restart(option.url);
        return {};
      }),
    switchTab: (option: OptionOf<'switchTab'>) =>
      answer('switchTab', option, () => {
        throw new WxFailure('can not switch to no-tabBar page');
      }),
    navigateBack: (option: OptionOf<'navigateBack'> = {}) =>
      answer('navigateBack', option, async () => {
        await afterwards();
        stack.back(option.delta ?? 1);
        return {};
      }),
    setNavigationBarTitle: (option: OptionOf<'setNavigationBarTitle'>) =>
      answer('setNavigationBarTitle', option, () => {
        top().frame.setTitle(option.title);
        return {};
      }),
    setNavigationBarColor: (option: OptionOf<'setNavigationBarColor'>) =>
      answer('setNavigationBarColor', option, () => {
        top().frame.setColours({ front: option.frontColor, back: option.backgroundColor });
        return {};
      }),
    showNavigationBarLoading: (option: OptionOf<'showNavigationBarLoading'> = {}) =>
      answer('showNavigationBarLoading', option, () => {
        top().frame.setLoading(true);
        return {};
      }),
    hideNavigationBarLoading: (option: OptionOf<'hideNavigationBarLoading'> = {}) =>
      answer('hideNavigationBarLoading', option, () => {
        top().frame.setLoading(false);
        return {};
      }),
    startPullDownRefresh: (option: OptionOf<'startPullDownRefresh'> = {}) =>
      answer('startPullDownRefresh', option, () => {
        top().frame.pull.start();
        return {};
      }),
    stopPullDownRefresh: (option: OptionOf<'stopPullDownRefresh'> = {}) =>
      answer('stopPullDownRefresh', option, () => {
        top().frame.pull.stop();
        return {};
      }),
    pageScrollTo: (option: OptionOf<'pageScrollTo'>) =>
      answer('pageScrollTo', option, () => {
        const { body } = top().frame;
        const target = option.selector === undefined ? null : body.querySelector(option.selector);
        const behavior = option.duration === 0 ? 'auto' : 'smooth';
        if (target) target.scrollIntoView({ behavior });
        else body.scrollTo({ top: option.scrollTop ?? 0, behavior });
        return {};
      }),
    createSelectorQuery: () => top().instance.createSelectorQuery(),
    createIntersectionObserver: (
      component: { readonly createIntersectionObserver: (options?: object) => object },
      options?: object,
    ) => component.createIntersectionObserver(options),
    nextTick: (callback: () => void) => {
      queueMicrotask(callback);
    },
  });
};
