import { createPresentation, presentableClaims } from '../protocol';
import type { AnswerAskReply, AskTold, ClaimCounterReply, SessionHandle } from '../protocol';
import { ticks } from '../platform/clock';
import { sha256 } from '../platform/hash';
import { withStorage, type Called } from './call';
import { loadCardKey } from './card-key';
import { forgetCredential } from './credential';
import { currentCredential } from './phone-card';
import { show } from './showing';
import type { OpeningStep, ProofsAtHand } from './step-up';
import { answerAsk } from './verifier';

/** What an institution asks by a session that this phone has claimed. */
export interface Asked extends Pick<ClaimCounterReply, 'partner' | 'purpose' | 'claims' | 'portrait' | 'stepUp'> {
  readonly session: SessionHandle;
  readonly ask: AskTold;
  /** What the server's clock shows now, in milliseconds since 1970; by what has elapsed, so a wrong clock does no harm. */
  readonly serverTime: () => number;
  /** What is left of its time, in milliseconds. */
  readonly left: () => number;
}

/** What the session of a claimed code asks where an institution's server waits for the answer; null where a counter's scanner does. */
export const askedBy = (session: SessionHandle, reply: ClaimCounterReply): Asked | null => {
  const { ask } = reply;
  if (!ask) return null;
  const claimedAt = ticks();
  const serverTime = (): number => ask.serverTime + (ticks() - claimedAt);
  return { ...reply, session, ask, serverTime, left: () => Math.max(0, ask.expiresAt - serverTime()) };
};

let agreed: Asked | null = null;

/** The holder has agreed to what is on the screen: to that, whatever the session may be found to ask later. */
export const agreeTo = (asked: Asked): void => {
  agreed = asked;
};

/** What was agreed to for a session, once: who comes back is asked again. */
export const takeAgreed = (session: SessionHandle): Asked | null => {
  const taken = agreed;
  agreed = null;
  return taken?.session === session ? taken : null;
};

/** Where an answer stands: its showing is opened, or it is on its way. */
export type AnsweringStep = OpeningStep | 'sending';

/** An answer that can be sent, and sent again: it is one answer however often it arrives. */
export interface ReadyAnswer {
  readonly send: () => Promise<Called<AnswerAskReply>>;
}

/** How often an answer is sent where none comes back, before the holder is asked whether to go on. */
const SENDINGS = 3;

/** Presents the credential at a moment of the server's clock; null where nothing is asked to be presented, or it cannot be read. */
type Present = (at: number) => string | null;

const presenterOf = ({ ask, claims }: Asked): Promise<Called<Present>> =>
  withStorage(async () => {
    const { presentation } = ask;
    if (!presentation) return { ok: true, reply: () => null };
    const credential = await currentCredential();
    if (!credential.ok) return credential;
    const key = await loadCardKey();
    if (!key) return { ok: false, error: { code: 'not_found' } };
    const content = { credential: credential.reply, disclose: presentableClaims(claims), sha256, sign: key.sign };
    const present: Present = (at) =>
      createPresentation({ ...content, ...presentation, issuedAt: Math.floor(at / 1000) });
    return { ok: true, reply: present };
  });

/** A credential that was refused is presented no more, as one whose successor never arrived: the next try has it made anew. */
const dropCredential = async (): Promise<void> => {
  await withStorage(async () => {
    await forgetCredential();
    return { ok: true, reply: null };
  });
};

/**
 * Opens the showing by which the holder answers what they agreed to, with the proofs that the purpose asks for. Nothing is told before
 * the answer is sent: with a code of that very moment, which is on no screen.
 */
export const prepareAnswer = async (
  asked: Asked,
  { onStep, ...proofs }: Omit<ProofsAtHand, 'onStep'> & { readonly onStep: (step: AnsweringStep) => void },
): Promise<Called<ReadyAnswer>> => {
  onStep('preparing');
  // First, for a credential that is made anew takes the place of a showing that was prepared.
  const presenter = await presenterOf(asked);
  if (!presenter.ok) return presenter;
  const { purpose, session } = asked;
  const opened = await show(purpose, session, { ...proofs, onStep });
  if (!opened.ok) return opened;
  const { currentCode, serverTime } = opened.reply;

  const send = async (): Promise<Called<AnswerAskReply>> => {
    onStep('sending');
    for (let sending = 1; ; sending += 1) {
      const presentation = presenter.reply(serverTime());
      // A code is worth half a minute: each sending has one of its own, of the same showing.
      const called = await answerAsk({
        session,
        code: currentCode(),
        ...(presentation !== null && { presentation }),
      });
      if (!called.ok && called.error.code === 'presentation_invalid') await dropCredential();
      if (called.ok || called.error.code !== 'unreachable' || sending === SENDINGS) return called;
    }
  };
  return { ok: true, reply: { send } };
};
