import { answer, WxFailure, type Option } from '../wx/convention';
import type { PageStack } from './page-stack';
import { EventChannel } from './event-channel';

/** The part of `wx` that is about pages. */
export const createPageApi = (stack: PageStack) => {
  const top = () => {
    const page = stack.top();
    if (!page) throw new Error('no page is open');
    return page;
  };
  return {
    navigateTo: (option: Option<{ url: string; events?: Readonly<Record<string, (...args: unknown[]) => void>> }>) =>
      answer('navigateTo', option, () => {
        const eventChannel = new EventChannel();
        for (const [name, listener] of Object.entries(option.events ?? {})) eventChannel.on(name, listener);
        stack.open(option.url, eventChannel);
        return { eventChannel };
      }),
    redirectTo: (option: Option<{ url: string }>) =>
      answer('redirectTo', option, () => {
        stack.replace(option.url);
        return {};
      }),
    reLaunch: (option: Option<{ url: string }>) =>
      answer('reLaunch', option, () => {
        stack.restart(option.url);
        return {};
      }),
    switchTab: (option: Option<{ url: string }>) =>
      answer('switchTab', option, () => {
        throw new WxFailure('can not switch to no-tabBar page');
      }),
    navigateBack: (option: Option<{ delta?: number }> = {}) =>
      answer('navigateBack', option, () => {
        stack.back(option.delta ?? 1);
        return {};
      }),
    setNavigationBarTitle: (option: Option<{ title: string }>) =>
      answer('setNavigationBarTitle', option, () => {
        top().frame.setTitle(option.title);
        return {};
      }),
    setNavigationBarColor: (option: Option<{ frontColor: string; backgroundColor: string }>) =>
      answer('setNavigationBarColor', option, () => {
        top().frame.setColours({ front: option.frontColor, back: option.backgroundColor });
        return {};
      }),
    showNavigationBarLoading: (option: Option = {}) =>
      answer('showNavigationBarLoading', option, () => {
        top().frame.setLoading(true);
        return {};
      }),
    hideNavigationBarLoading: (option: Option = {}) =>
      answer('hideNavigationBarLoading', option, () => {
        top().frame.setLoading(false);
        return {};
      }),
    // A mouse has no pull, so the pulling is never under way for long.
    stopPullDownRefresh: (option: Option = {}) => answer('stopPullDownRefresh', option, () => ({})),
    pageScrollTo: (option: Option<{ scrollTop?: number; selector?: string; duration?: number }>) =>
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
  };
};
