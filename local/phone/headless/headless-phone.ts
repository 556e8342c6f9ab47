import { createContext, Script } from 'node:vm';
import { createHash, randomFillSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type * as PhoneProgram from '../../../miniprogram/phone';
import { createSoterHardware, type Finger } from './soter';

type Wx = WechatMiniprogram.Wx;

/** What the program without screens uses of WeChat; the headless phone has this and nothing else. */
interface HeadlessWx {
  readonly cloud: {
    readonly callFunction: (call: { readonly name: string; readonly data?: object }) => Promise<{ result: unknown }>;
    readonly uploadFile: (upload: {
      readonly cloudPath: string;
      readonly filePath: string;
    }) => Promise<{ fileID: string }>;
  };
  readonly getRandomValues: (option: { readonly length: number }) => Promise<{ randomValues: ArrayBuffer }>;
  readonly getStorage: (option: { readonly key: string }) => Promise<{ data: unknown }>;
  readonly setStorage: (option: { readonly key: string; readonly data: unknown }) => Promise<{ errMsg: string }>;
  readonly removeStorage: (option: { readonly key: string }) => Promise<{ errMsg: string }>;
  readonly checkIsSupportSoterAuthentication: () => Promise<{ supportMode: readonly 'fingerPrint'[] }>;
  readonly checkIsSoterEnrolledInDevice: (option: {
    readonly checkAuthMode: string;
  }) => Promise<{ isEnrolled: boolean }>;
  readonly startSoterAuthentication: (option: { readonly challenge: string }) => Promise<{
    readonly authMode: 'fingerPrint';
    readonly errCode: 0;
    readonly resultJSON: string;
    readonly resultJSONSignature: string;
  }>;
}

// The compiler holds the list of names against WeChat's own typings.
const offered = [
  'cloud',
  'getRandomValues',
  'getStorage',
  'setStorage',
  'removeStorage',
  'checkIsSupportSoterAuthentication',
  'checkIsSoterEnrolledInDevice',
  'startSoterAuthentication',
] as const satisfies readonly (keyof Wx & keyof HeadlessWx)[];

/** The fingerprint sensor of a phone without a screen. */
export interface SensorOptions {
  /** The finger that lies on it whenever it is asked for; null: the phone has no sensor. Absent: the first one. */
  readonly finger?: () => Finger | null;
  /** Which machine it is part of. Absent: one for each user. */
  readonly cpuId?: string;
}

export interface PhoneOptions extends SensorOptions {
  /** Base URL of the local CloudBase. */
  readonly cloudUrl: string;
  /** Who is logged in to WeChat on this phone. */
  readonly openId: string;
  /** The bundle of `miniprogram/phone.ts`. */
  readonly programFile: string;
}

/** The mini-program's program, running on a phone without a screen. */
export type HeadlessPhone = typeof PhoneProgram;

/** What WeChat rejects a call with. */
class WxFailure extends Error {
  override readonly name = 'WxFailure';
  readonly errMsg: string;
  readonly errCode: number | undefined;
  constructor(call: string, reason: string, errCode?: number) {
    super(`${call}:fail ${reason}`);
    this.errMsg = this.message;
    this.errCode = errCode;
  }
}

const firstFinger = (): Finger => ({ fid: '1' });

const createWx = ({ cloudUrl, openId, finger = firstFinger, cpuId }: PhoneOptions): HeadlessWx => {
  const kept = new Map<string, string>();
  const hardware = createSoterHardware(cpuId ?? createHash('sha256').update(openId).digest('hex').slice(0, 32));
  const post = async (call: string, path: string, body: Uint8Array | string): Promise<Record<string, unknown>> => {
    let answer: Record<string, unknown>;
    try {
      const headers = { 'x-local-openid': openId, 'content-type': 'application/octet-stream' };
      const response = await fetch(`${cloudUrl}${path}`, { method: 'POST', headers, body });
      answer = (await response.json()) as Record<string, unknown>;
    } catch {
      throw new WxFailure(call, 'network');
    }
    if ('errCode' in answer) throw new WxFailure(call, String(answer['errCode']));
    return answer;
  };
  return {
    cloud: {
      callFunction: async ({ name, data }) => {
        const answer = await post('cloud.callFunction', `/wx/call/${name}`, JSON.stringify(data ?? {}));
        return { result: answer['result'] };
      },
      uploadFile: async ({ cloudPath, filePath }) => {
        const path = `/wx/upload?cloudPath=${encodeURIComponent(cloudPath)}`;
        const answer = await post('cloud.uploadFile', path, await readFile(filePath));
        return { fileID: String(answer['fileID']) };
      },
    },
    getRandomValues: ({ length }) => {
      const bytes = new Uint8Array(length);
      randomFillSync(bytes);
      return Promise.resolve({ randomValues: bytes.buffer });
    },
    getStorage: ({ key }) => {
      const data = kept.get(key);
      return data === undefined
        ? Promise.reject(new WxFailure('getStorage', 'data not found'))
        : Promise.resolve({ data: JSON.parse(data) as unknown });
    },
    setStorage: ({ key, data }) => {
      kept.set(key, JSON.stringify(data));
      return Promise.resolve({ errMsg: 'setStorage:ok' });
    },
    removeStorage: ({ key }) => {
      kept.delete(key);
      return Promise.resolve({ errMsg: 'removeStorage:ok' });
    },
    checkIsSupportSoterAuthentication: () =>
      Promise.resolve({ supportMode: finger() === null ? [] : ['fingerPrint' as const] }),
    checkIsSoterEnrolledInDevice: ({ checkAuthMode }) =>
      Promise.resolve({ isEnrolled: checkAuthMode === 'fingerPrint' && finger() !== null }),
    startSoterAuthentication: async ({ challenge }) => {
      const touching = finger();
      if (!touching) throw new WxFailure('startSoterAuthentication', 'not support', 90001);
      await post('startSoterAuthentication', '/wx/soter/register', JSON.stringify(await hardware.registration()));
      return { authMode: 'fingerPrint', errCode: 0, ...(await hardware.sign(challenge, touching)) };
    },
  };
};

/**
 * A phone without a screen: the mini-program's program in a realm of its own, which has the language, `wx`, and none of Node's
 * globals, as on a real phone.
 */
export const startHeadlessPhone = async (options: PhoneOptions): Promise<HeadlessPhone> => {
  const program = new Script(await readFile(options.programFile, 'utf8'), { filename: options.programFile });
  const wx = createWx(options);
  const exported = { exports: {} };
  const realm = createContext({
    wx: Object.fromEntries(offered.map((name) => [name, wx[name]])),
    module: exported,
    exports: exported.exports,
  });
  program.runInContext(realm);
  return exported.exports as HeadlessPhone;
};
