import { createHash } from 'node:crypto';
import type { FingerprintAnswer } from '../../protocol';
import type { VerifySoter } from '../../cloudfunctions/_core/step-up/fingerprint-answer';

/** A sensor of a phone, and the account that is logged in to WeChat on it. */
export interface Sensor {
  /** Touches it: each touch counts one on. @param more members to put in place of the sensor's own; undefined leaves one out */
  readonly touch: (challenge: string, more?: Readonly<Record<string, unknown>>) => FingerprintAnswer;
}

const seal = (account: string, resultJson: string): string =>
  createHash('sha256').update(`${account}\n${resultJson}`).digest('base64');

/** @param device which finger at which phone; the counter begins after `counter` */
export const createSensor = (
  account: string,
  {
    fid = '1',
    cpuId = 'cpu-1',
    uid = '10101',
    counter = 0,
  }: { fid?: string | null; cpuId?: string; uid?: string; counter?: number } = {},
): Sensor => {
  let touches = counter;
  return {
    touch: (challenge, more = {}) => {
      touches += 1;
      const own = { raw: challenge, counter: touches, cpu_id: cpuId, uid, ...(fid !== null && { fid }) };
      const resultJson = JSON.stringify({ ...own, tee_n: 'TEE', tee_v: '1', fp_n: 'FP', fp_v: '1', ...more });
      return { resultJson, signature: seal(account, resultJson) };
    },
  };
};

/** WeChat's word on an account's signatures: genuine is what a sensor of that account has made, letter by letter. */
export const verifySoterOf =
  (account: string): VerifySoter =>
  ({ resultJson, signature }) =>
    Promise.resolve(signature === seal(account, resultJson) ? 'genuine' : 'forged');
