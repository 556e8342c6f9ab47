import { createGuardianStatement, guardianChallenge } from '../protocol';
import type { ConsentAsGuardianReply, GuardianStep, OpenGuardianCallReply } from '../protocol';
import { ticks } from '../platform/clock';
import { sha256 } from '../platform/hash';
import { signWithFinger, type NoFingerprint } from '../platform/soter';
import { withStorage, type Called } from './call';
import { loadCardKey } from './card-key';
import { askForNumber, type CounterCall } from './counter-call';
import { CONSENT_TEXT, type Enrolment } from './enrolment';
import { callGuardian, consentAsGuardian, followCase } from './holder';

/** A number that is read out to somebody, with what is left of its time. */
export type ReadOutNumber = CounterCall;

/** Asks for the number that the child's guardian types on their own phone. */
export const askForGuardian = async ({ caseId }: Enrolment): Promise<Called<ReadOutNumber>> => {
  const called = await callGuardian({ caseId });
  if (!called.ok) return called;
  const { number, serverTime, expiresAt } = called.reply;
  const askedAt = ticks();
  return { ok: true, reply: { number, left: () => Math.max(0, expiresAt - serverTime - (ticks() - askedAt)) } };
};

/** Asks for the number that opens the case at a counter, where the guardian shows papers. */
export const askForCounter = ({ caseId }: Enrolment): Promise<Called<ReadOutNumber>> => askForNumber(caseId);

/** How far the guardian's consent has come; `over` where the enrolment is. */
export const followGuardian = async ({ caseId }: Enrolment): Promise<Called<GuardianStep | 'over'>> => {
  const called = await followCase({ caseId });
  if (!called.ok) return called;
  const { reply } = called;
  if (reply.state !== 'open') return { ok: true, reply: 'over' };
  // Whoever became 14 meanwhile needs nobody any more.
  return { ok: true, reply: reply.guardian ?? 'given' };
};

/** What came of a consent: no finger signed, or the service has answered. */
export type Consented =
  | { readonly at: 'phone'; readonly because: NoFingerprint }
  | { readonly at: 'service'; readonly called: Called<ConsentAsGuardianReply> };

/**
 * Consents for a child with the key of this phone's card, and the finger where one is bound to it.
 * @param opened what the call was opened to @param prompt what the phone shows while it waits for the finger
 */
export const consent = async (number: string, opened: OpenGuardianCallReply, prompt: string): Promise<Consented> => {
  const key = await withStorage(async () => ({ ok: true, reply: await loadCardKey() }));
  if (!key.ok) return { at: 'service', called: key };
  if (!key.reply) return { at: 'service', called: { ok: false, error: { code: 'not_found' } } };
  const { challenge, caseId, fingerprint } = opened;
  const { publicKey: holderKey, sign } = key.reply;
  const statement = createGuardianStatement({ challenge, case: caseId, text: CONSENT_TEXT, holderKey, sign });
  if (!fingerprint) return { at: 'service', called: await consentAsGuardian({ number, statement }) };
  const signed = await signWithFinger(guardianChallenge({ caseId, challenge }, sha256), prompt);
  if (!signed.ok) return { at: 'phone', because: signed.because };
  return { at: 'service', called: await consentAsGuardian({ number, statement, fingerprint: signed.answer }) };
};
