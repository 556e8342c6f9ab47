import { randomFillSync } from 'node:crypto';

/** What WeChat rejects a call with. */
export class WxFailure extends Error {
  override readonly name = 'WxFailure';
  readonly errMsg: string;
  constructor(errMsg: string) {
    super(errMsg);
    this.errMsg = errMsg;
  }
}

/** A call of a cloud function as the phone made it. */
export interface FunctionCall {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Option {
  readonly key: string;
  readonly data?: unknown;
  readonly encrypt?: boolean;
}

/** A phone that a test looks into. */
export interface FakePhone {
  /** What it keeps, and whether encrypted. */
  readonly kept: Map<string, { readonly data: unknown; readonly encrypt: boolean }>;
  readonly calls: FunctionCall[];
  readonly uploads: { readonly cloudPath: string; readonly filePath: string }[];
  /** Answers each call of a function; what it throws is a failure of the network. */
  answer: (call: FunctionCall) => unknown;
  /** Every reading of its storage fails with this message, if any. */
  storageFailure: string | null;
  /** Whether its storage takes nothing under a key. */
  isFullFor: (key: string) => boolean;
  /** Every upload fails. */
  isOffline: boolean;
}

/** Puts calls into `wx`, beside those that are there. */
export const offer = (calls: object): void => {
  Object.assign(globalThis, { wx: { ...(globalThis as { wx?: object }).wx, ...calls } });
};

/** Makes a phone with cloud, storage and chance, and nothing kept. */
export const givePhone = (): FakePhone => {
  const phone: FakePhone = {
    kept: new Map(),
    calls: [],
    uploads: [],
    answer: () => undefined,
    storageFailure: null,
    isFullFor: () => false,
    isOffline: false,
  };
  offer({
    cloud: {
      init: () => undefined,
      callFunction: async (call: FunctionCall) => {
        phone.calls.push(call);
        return { result: await phone.answer(call) };
      },
      uploadFile: (upload: { readonly cloudPath: string; readonly filePath: string }) => {
        phone.uploads.push(upload);
        return phone.isOffline
          ? Promise.reject(new WxFailure('cloud.uploadFile:fail timeout'))
          : Promise.resolve({ fileID: `cloud://env.bucket/${upload.cloudPath}`, statusCode: 204 });
      },
    },
    getRandomValues: ({ length }: { readonly length: number }) =>
      Promise.resolve({ randomValues: randomFillSync(new Uint8Array(length)).buffer }),
    getStorage: ({ key, encrypt = false }: Option) => {
      if (phone.storageFailure !== null) return Promise.reject(new WxFailure(phone.storageFailure));
      const found = phone.kept.get(key);
      // What was kept encrypted is found by whoever asks for it encrypted, and by nobody else.
      return found?.encrypt === encrypt
        ? Promise.resolve({ data: found.data })
        : Promise.reject(new WxFailure('getStorage:fail data not found'));
    },
    setStorage: ({ key, data, encrypt = false }: Option) => {
      if (phone.isFullFor(key)) return Promise.reject(new WxFailure('setStorage:fail exceed storage max size'));
      phone.kept.set(key, { data, encrypt });
      return Promise.resolve({ errMsg: 'setStorage:ok' });
    },
    removeStorage: ({ key }: Option) => {
      phone.kept.delete(key);
      return Promise.resolve({ errMsg: 'removeStorage:ok' });
    },
  });
  return phone;
};

/** Lets an answer wait until the test gives it. */
export const held = <Answer>(): { readonly promise: Promise<Answer>; readonly give: (answer: Answer) => void } => {
  let give: (answer: Answer) => void = () => undefined;
  const promise = new Promise<Answer>((resolve) => {
    give = resolve;
  });
  return { promise, give };
};
