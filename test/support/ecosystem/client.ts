import { validators, type Refusal } from '../../../protocol';

/** What the platform answers: a function's result, or a refusal of its own. */
export interface PlatformAnswer {
  readonly result?: unknown;
  readonly fileID?: string;
  readonly errCode?: number;
  readonly errMsg: string;
}

/** A WeChat user who sends what he likes. */
export interface Client {
  readonly openId: string;
  /** Calls a function and gives what the platform answered. `data` may be ready-made JSON text. */
  readonly call: (name: string, data: unknown) => Promise<PlatformAnswer>;
  /** Calls a function and gives the function's reply, unchecked. @throws Error where the platform gave none */
  readonly ask: (name: string, data: unknown) => Promise<unknown>;
  readonly upload: (cloudPath: string, bytes: Uint8Array) => Promise<PlatformAnswer>;
}

/** @param url the local cloud's address */
export const createClient = (url: string, openId: string): Client => {
  const post = async (path: string, body: string | Uint8Array): Promise<PlatformAnswer> => {
    const headers = { 'x-local-openid': openId, 'content-type': 'application/octet-stream' };
    const response = await fetch(url + path, { method: 'POST', headers, body });
    return (await response.json()) as PlatformAnswer;
  };
  const call: Client['call'] = (name, data) =>
    post(`/wx/call/${name}`, typeof data === 'string' ? data : JSON.stringify(data));
  return {
    openId,
    call,
    ask: async (name, data) => {
      const answer = await call(name, data);
      if (!('result' in answer)) throw new Error(`no reply: ${answer.errMsg}`);
      return answer.result;
    },
    upload: (cloudPath, bytes) => post(`/wx/upload?cloudPath=${encodeURIComponent(cloudPath)}`, bytes),
  };
};

/** The reply, once it fits its schema. @throws Error quoting it where it does not */
export const accepted = async <Reply>(
  reply: Promise<unknown>,
  isReply: (data: unknown) => data is Reply,
): Promise<Reply> => {
  const given = await reply;
  if (!isReply(given)) throw new Error(`not the reply that was hoped for: ${JSON.stringify(given)}`);
  return given;
};

/** Why the reply refuses. @throws Error quoting it where it does not refuse as its schema says */
export const refusal = async (reply: Promise<unknown>): Promise<Refusal> =>
  (await accepted(reply, validators.RefusedReply)).error;
