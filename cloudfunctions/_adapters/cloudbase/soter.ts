import { soter } from '../../../protocol';
import type { Log } from '../../_core/ambient-ports';
import type { VerifySoter } from '../../_core/step-up/fingerprint-answer';
import { app } from './app';
import { openIdOf, type PresentUser } from './caller';

/** How long WeChat may take to answer, in milliseconds. */
const TIMEOUT_MS = 8000;
/** WeChat's generation of calls from cloud functions, as its own `wx-server-sdk` names it. */
const CGI_NAME = 'commrpcv2';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** A code of WeChat's or of the SDK's, and nothing that could be a sentence. */
const wordOf = (code: unknown): string | null => {
  const word = typeof code === 'number' ? String(code) : code;
  return typeof word === 'string' && /^[\w-]{1,40}$/.test(word) ? word : null;
};

/**
 * WeChat's own verification of SOTER signatures, asked for the user who is calling. The function must be permitted to ask
 * (`openApis` in `resources.ts`).
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/soter/api_verifysignature.html
 */
export const createVerifySoter = (log: Log): ((user: PresentUser) => VerifySoter) => {
  const unavailable = (code: string): 'unavailable' => {
    log({ event: 'SOTER_FAULT', code });
    return 'unavailable';
  };
  const { verification } = soter;
  return (user) => async (answer) => {
    const requestData = {
      [verification.openId]: openIdOf(user),
      [verification.json]: answer.resultJson,
      [verification.signature]: answer.signature,
    };
    let reply: unknown;
    try {
      reply = await app.callWxOpenApi(
        { apiName: verification.api, cgiName: CGI_NAME, requestData },
        { timeout: TIMEOUT_MS },
      );
    } catch (error) {
      return unavailable(wordOf(field(error, 'code')) ?? 'transport');
    }
    const result = field(reply, 'result');
    const isOk = field(result, 'is_ok');
    const errcode = field(result, 'errcode') ?? field(reply, 'code') ?? 0;
    if (errcode !== 0) return unavailable(wordOf(errcode) ?? 'malformed_answer');
    if (typeof isOk !== 'boolean') return unavailable('malformed_answer');
    return isOk ? 'genuine' : 'forged';
  };
};
