import type { Device } from '../device';
import { answer, required, WxFailure } from './convention';
import type { OptionOf } from './official';

/** WeChat's limits, in bytes. */
const MOST_PER_KEY = 1024 * 1024;
const MOST_PER_USER = 10 * 1024 * 1024;

const FULL = 'exceed storage max size 10Mb';

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

interface Keyed {
  readonly key: string;
  readonly encrypt?: boolean;
}

/**
 * The phone's storage, in this browser's: each user's apart, and what was kept with `encrypt` apart from the rest, since WeChat
 * gives neither for the other. (It is not encrypted here: the browser profile is this phone's flash.)
 */
export const createStorageApi = ({ id, settings }: Device) => {
  const space = (): string => `phone:${id}:storage:${settings.current.openId}:`;
  const nameOf = ({ key, encrypt = false }: Keyed): string => `${space()}${encrypt ? 'encrypted' : 'plain'}:${key}`;
  const keys = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith(space()));
  const sizeOf = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + bytesOf(localStorage.getItem(name) ?? ''), 0);

  const write = (option: Keyed, data: unknown): void => {
    const name = nameOf(option);
    const text = JSON.stringify({ data });
    const bytes = bytesOf(text);
    if (bytes > MOST_PER_KEY) throw new WxFailure('entry size limit reached');
    if (sizeOf(keys().filter((other) => other !== name)) + bytes > MOST_PER_USER) throw new WxFailure(FULL);
    try {
      localStorage.setItem(name, text);
    } catch {
      // The browser has less room than WeChat gives, and several phones share it.
      throw new WxFailure(FULL);
    }
  };
  const read = (option: Keyed): { readonly data: unknown } | null => {
    const text = localStorage.getItem(nameOf(option));
    return text === null ? null : (JSON.parse(text) as { readonly data: unknown });
  };
  const remove = (key: string): void => {
    for (const encrypt of [true, false]) localStorage.removeItem(nameOf({ key, encrypt }));
  };
  const clear = (): void => {
    for (const name of keys()) localStorage.removeItem(name);
  };
  const info = () => {
    const names = keys();
    return {
      keys: names.map((name) => name.slice(space().length).replace(/^[^:]*:/, '')),
      currentSize: Math.ceil(sizeOf(names) / 1024),
      limitSize: MOST_PER_USER / 1024,
    };
  };

  return {
    getStorage: (option: OptionOf<'getStorage'>) =>
      answer('getStorage', option, () => {
        required({ ...option }, 'key', 'string');
        const found = read(option);
        if (!found) throw new WxFailure('data not found');
        return { data: found.data };
      }),
    setStorage: (option: OptionOf<'setStorage'>) =>
      answer('setStorage', option, () => {
        required({ ...option }, 'key', 'string');
        write(option, option.data);
        return {};
      }),
    removeStorage: (option: OptionOf<'removeStorage'>) =>
      answer('removeStorage', option, () => {
        required({ ...option }, 'key', 'string');
        remove(option.key);
        return {};
      }),
    clearStorage: (option?: OptionOf<'clearStorage'>) =>
      answer('clearStorage', option, () => {
        clear();
        return {};
      }),
    getStorageInfo: (option?: OptionOf<'getStorageInfo'>) => answer('getStorageInfo', option, info),
    getStorageSync: (key: string): unknown => read({ key })?.data ?? '',
    setStorageSync: (key: string, data: unknown): void => {
      try {
        required({ key }, 'key', 'string');
        write({ key }, data);
      } catch (error) {
        throw error instanceof WxFailure ? new Error(`setStorageSync:fail ${error.message}`) : error;
      }
    },
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: info,
  };
};
