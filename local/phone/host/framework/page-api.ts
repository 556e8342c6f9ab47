import { answer, WxFailure } from '../wx/convention';
import { asWx, type OptionOf } from '../wx/official';
import type { PageStack } from './page-stack';
import { EventChannel } from './event-channel';

/** The part of `wx` that is about pages. */
export const createPageApi = (stack: PageStack) => {
  const top = () => {
    const page = stack.top();
    if (!page) throw new Error('no page is open');
    return page;
  };
  return asWx({
    navigateTo: (option: OptionOf<'navigateTo'>) =>
      answer('navigateTo', option, () => {
        const eventChannel = new EventChannel();
        for (const [name, listener] of Object.entries<(...args: unknown[]) => void>(option.events ?? {}))
          eventChannel.on(name, listener);
        stack.open(option.url, eventChannel);
        return { eventChannel };
      }),
    redirectTo: (option: OptionOf<'redirectTo'>) =>
      answer('redirectTo', option, () => {
        stack.replace(option.url);
        return {};
      }),
    reLaunch: (option: OptionOf<'reLaunch'>) =>
      answer('reLaunch', option, () => {
        stack.restart(option.url);
        return {};
      }),
    switchTab: (option: OptionOf<'switchTab'>) =>
      answer('switchTab', option, () => {
        throw new WxFailure('can not switch to no-tabBar page');
      }),
    navigateBack: (option: OptionOf<'navigateBack'> = {}) =>
      answer('navigateBack', option, () => {
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
    // A mouse has no pull, so the pulling is never under way for long.
    stopPullDownRefresh: (option: OptionOf<'stopPullDownRefresh'> = {}) =>
      answer('stopPullDownRefresh', option, () => ({})),
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
