import { join, resolve } from 'node:path';
import { offer } from './fake-wx';

const miniProgram = resolve(__dirname, '../../../miniprogram');

type Handler = (this: object, ...parameters: unknown[]) => unknown;

/** A page without its template. */
export interface OpenPage {
  readonly data: Readonly<Record<string, unknown>>;
  /** Calls a lifetime or a handler. */
  readonly tell: (name: string, ...parameters: unknown[]) => Promise<unknown>;
}

/** Where the pages have led, as `verb url`. */
export const moves: string[] = [];

/** Starts the mini-program anew on a phone whose bar, moves and screen do as they are told. */
export const startScreens = (): void => {
  moves.length = 0;
  loaded.clear();
  jest.resetModules();
  const move =
    (verb: string) =>
    ({ url = '' }: { readonly url?: string } = {}): Promise<void> => {
      moves.push(`${verb} ${url}`.trim());
      return Promise.resolve();
    };
  const done = (): Promise<void> => Promise.resolve();
  Object.assign(globalThis, { getCurrentPages: () => ['first', 'second'] });
  offer({
    setNavigationBarTitle: done,
    stopPullDownRefresh: done,
    pageScrollTo: done,
    navigateTo: move('open'),
    redirectTo: move('replace'),
    reLaunch: move('restart'),
    navigateBack: move('back'),
    onUserCaptureScreen: () => undefined,
    offUserCaptureScreen: () => undefined,
    setKeepScreenOn: done,
    setVisualEffectOnCapture: ({ complete }: { readonly complete: () => void }) => complete(),
  });
};

const loaded = new Map<string, Readonly<Record<string, unknown>>>();

/** Loads a page's script as WeChat does: once, and then makes every page of it from the same options. */
const optionsOf = (page: string): Readonly<Record<string, unknown>> => {
  Object.assign(globalThis, {
    getApp: () => ({ globalData: { language: 'en' } }),
    Page: (options: Readonly<Record<string, unknown>>) => loaded.set(page, options),
  });
  if (!loaded.has(page)) jest.requireActual(join(miniProgram, page));
  return loaded.get(page) ?? {};
};

/** Opens a page. @param page its path below `miniprogram/` */
export const openPage = (page: string): OpenPage => {
  const options = optionsOf(page);
  const data: Record<string, unknown> = { ...(options['data'] as object) };
  const instance: Record<string, unknown> = {
    ...options,
    data,
    setData: (changed: object) => {
      Object.assign(data, changed);
    },
    // No template, no canvas: the query finds nothing.
    createSelectorQuery: () => ({
      select: () => ({ fields: (_: object, found: () => void) => ({ exec: () => found() }) }),
    }),
  };
  return {
    data,
    tell: (name, ...parameters) => Promise.resolve((instance[name] as Handler).apply(instance, parameters)),
  };
};
