import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import type { AskAuthority, AuthorityAnswer } from '../../_core/enrolment/authority';
import { answerOf, imageRecognition } from './image-recognition';

export interface TencentAuthorityOptions {
  /** Host, with its port where it is not the protocol's own: `faceid.tencentcloudapi.com`. */
  readonly endpoint: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly region: string;
  /** `http://` is accepted for this machine alone. */
  readonly protocol: 'http://' | 'https://';
  /** Milliseconds that a question may take, a second attempt included. */
  readonly timeout?: number;
  /** Hears why there is no answer: the service's error code, `transport` or `malformed_answer`. Never personal data. */
  readonly onFault?: (code: string) => void;
}

const TIMEOUT = 5000;
const RETRY_PAUSE = 200;
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** One attempt: an answer, or why there is none and whether the question surely went unheard. */
type Attempt =
  { readonly answer: AuthorityAnswer } | { readonly answer: null; readonly fault: string; readonly unheard: boolean };

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** No connection came about. The client hands on only the message of the system's error. */
const isUnheard = (message: unknown): boolean =>
  typeof message === 'string' && /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\b/.test(message);

/** Codes are letters and dots; anything else is not repeated, since nothing is known of what it holds. */
const safeCode = (code: string): string => (/^[A-Za-z.]{1,80}$/.test(code) ? code : 'malformed_answer');

const readFailure = (error: unknown): Attempt => {
  const code = property(error, 'code');
  if (typeof code !== 'string' || code === '') {
    return { answer: null, fault: 'transport', unheard: isUnheard(property(error, 'message')) };
  }
  const answer = answerOf(code, undefined);
  return answer ? { answer } : { answer: null, fault: safeCode(code), unheard: code === 'RequestLimitExceeded' };
};

const readResponse = (response: unknown): Attempt => {
  const result = property(response, 'Result');
  if (typeof result !== 'string') return { answer: null, fault: 'malformed_answer', unheard: false };
  const answer = answerOf(result, property(response, 'Sim'));
  return answer ? { answer } : { answer: null, fault: safeCode(result), unheard: false };
};

/**
 * The authority behind Tencent Cloud's `ImageRecognitionV2`. Whatever hinders an answer within five seconds is `unavailable`;
 * a question is put a second time only where the first surely went unheard, since each one heard is charged and counted.
 * @throws RangeError where `http://` is asked for anything but this machine
 */
export const createTencentAuthority = (options: TencentAuthorityOptions): AskAuthority => {
  const { endpoint, secretId, secretKey, region, protocol, timeout = TIMEOUT, onFault } = options;
  if (protocol === 'http://' && !loopback.test(endpoint)) {
    throw new RangeError('the authority is asked over https, except on this machine');
  }
  const client = new CommonClient(endpoint, imageRecognition.version, {
    credential: { secretId, secretKey },
    region,
    profile: {
      // The agent of its own keeps a proxy of the environment out of what stays on this machine.
      httpProfile: {
        endpoint,
        protocol,
        reqTimeout: timeout / 1000,
        ...(protocol === 'http://' ? { agent: new Agent() } : {}),
      },
    },
  });

  const attempt = async (question: object, signal: AbortSignal): Promise<Attempt> => {
    try {
      return readResponse(await client.request(imageRecognition.action, question, { signal }));
    } catch (error) {
      return readFailure(error);
    }
  };

  return async ({ name, number, selfie }) => {
    const image = Buffer.from(selfie).toString('base64');
    if (image.length > imageRecognition.imageBase64Max) {
      onFault?.('FailedOperation.LifePhotoSizeError');
      return { kind: 'unavailable' };
    }
    const question = { IdCard: number, Name: name, ImageBase64: image };
    const signal = AbortSignal.timeout(timeout);
    let outcome = await attempt(question, signal);
    if (outcome.answer === null && outcome.unheard && !signal.aborted) {
      await pause(RETRY_PAUSE);
      outcome = await attempt(question, signal);
    }
    if (outcome.answer) return outcome.answer;
    onFault?.(outcome.fault);
    return { kind: 'unavailable' };
  };
};
