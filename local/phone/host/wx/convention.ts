import type { CallName, OptionOf, ResultOf } from './official';

/** Why a call fails, in WeChat's words: what follows `name:fail `. */
export class WxFailure extends Error {
  override readonly name = 'WxFailure';
  readonly more: object;
  /** @param more what the failure's result holds beside `errMsg`, such as `errCode` */
  constructor(reason: string, more: object = {}) {
    super(reason);
    this.more = more;
  }
}

interface Callbacks {
  readonly success?: (result: object) => void;
  readonly fail?: (result: object) => void;
  readonly complete?: (result: object) => void;
}

/**
 * Does a call in WeChat's convention: callbacks are told and nothing is returned; without any, a promise is.
 * @param name of the call, for `errMsg`; the typings of the call of that name hold the option and the result
 * @param work throws a `WxFailure`, or gives what the result holds beside `errMsg`
 */
export const answer = <Name extends CallName>(
  name: Name,
  option: OptionOf<Name> | undefined,
  work: () => ResultOf<Name> | Promise<ResultOf<Name>>,
): Promise<object> | undefined => {
  const { success, fail, complete } = (option ?? {}) as Callbacks;
  const outcome = async (): Promise<{ readonly isDone: boolean; readonly result: object }> => {
    try {
      return { isDone: true, result: { ...(await work()), errMsg: `${name}:ok` } };
    } catch (error) {
      if (!(error instanceof WxFailure)) throw error;
      return { isDone: false, result: { ...error.more, errMsg: `${name}:fail ${error.message}` } };
    }
  };
  if (!success && !fail && !complete) {
    return outcome().then(({ isDone, result }) => {
      if (isDone) return result;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- WeChat rejects with a plain result
      throw result;
    });
  }
  void outcome().then(({ isDone, result }) => {
    (isDone ? success : fail)?.(result);
    complete?.(result);
  });
  return undefined;
};

/** Refuses an option that WeChat refuses. @throws WxFailure */
export const required = (option: Readonly<Record<string, unknown>>, name: string, type: 'string' | 'number'): void => {
  const given = option[name];
  if (typeof given === type) return;
  const found = given === undefined ? 'Undefined' : given === null ? 'Null' : typeof given;
  const wanted = type === 'string' ? 'String' : 'Number';
  throw new WxFailure(`parameter error: parameter.${name} should be ${wanted} instead of ${found};`);
};

/** Listeners of one event, with the pair of `on…` and `off…` that WeChat gives for it. */
export const createListeners = <Detail>() => {
  const listeners = new Set<(detail: Detail) => void>();
  return {
    on: (listener: (detail: Detail) => void): void => {
      listeners.add(listener);
    },
    off: (listener?: (detail: Detail) => void): void => {
      if (listener) listeners.delete(listener);
      else listeners.clear();
    },
    tell: (detail: Detail): void => {
      for (const listener of [...listeners]) listener(detail);
    },
  };
};
