import { parseSoterResult, type FingerprintAnswer } from '../../../protocol';
import type { Log } from '../ambient-ports';
import type { FingerprintFault } from '../log-entry';
import { done, refuse, type Result } from '../result';
import type { BoundFingerprint } from './step-up-state';

/** Asks WeChat whether the answer was signed by a phone of the user who is calling. */
export type VerifySoter = (answer: FingerprintAnswer) => Promise<'genuine' | 'forged' | 'unavailable'>;

export interface ReadFingerprintPorts {
  readonly log: Log;
  /** Speaks of the user who is calling and of nobody else. */
  readonly verifySoter: VerifySoter;
}

/** What the phone hears of each fault: of an answer that proves nothing, no more than that. */
const heard = {
  malformed: 'fingerprint_invalid',
  other_challenge: 'fingerprint_invalid',
  forged: 'fingerprint_invalid',
  unavailable: 'fingerprint_unavailable',
  other_finger: 'fingerprint_changed',
  counter_not_grown: 'fingerprint_used',
} as const satisfies Record<FingerprintFault, string>;

const faulty = ({ log }: Pick<ReadFingerprintPorts, 'log'>, reason: FingerprintFault): ReturnType<typeof refuse> => {
  log({ event: 'FINGERPRINT_REFUSED', reason });
  return refuse(heard[reason]);
};

/**
 * The finger and the phone that signed a challenge, on WeChat's word. Whose they are, the caller compares.
 * Refuses `fingerprint_invalid` and `fingerprint_unavailable`.
 * @param challenge what was to be signed
 */
export const readFingerprint = async (
  ports: ReadFingerprintPorts,
  challenge: string,
  answer: FingerprintAnswer,
): Promise<Result<BoundFingerprint>> => {
  const result = parseSoterResult(answer.resultJson);
  if (!result) return faulty(ports, 'malformed');
  const { raw, fid, uid, cpuId, counter } = result;
  if (raw !== challenge) return faulty(ports, 'other_challenge');
  const verdict = await ports.verifySoter(answer);
  return verdict === 'genuine' ? done({ fid, uid, cpuId, counter }) : faulty(ports, verdict);
};

/**
 * The bound fingerprint with its counter moved on to what was shown. Counters only grow, so no answer is taken twice.
 * Refuses `fingerprint_changed` for another finger, phone or app, and `fingerprint_used` where the counter has not grown.
 */
export const advanceFingerprint = (
  ports: Pick<ReadFingerprintPorts, 'log'>,
  bound: BoundFingerprint,
  shown: BoundFingerprint,
): Result<BoundFingerprint> => {
  const isBound = shown.fid === bound.fid && shown.uid === bound.uid && shown.cpuId === bound.cpuId;
  if (!isBound) return faulty(ports, 'other_finger');
  return shown.counter > bound.counter ? done(shown) : faulty(ports, 'counter_not_grown');
};
