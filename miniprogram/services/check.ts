import type { Look, PurposeId, RedeemCodeReply, RedeemCodeRequest } from '../protocol';
import { ticks } from '../platform/clock';
import type { Called } from './call';
import { sendLook, type Sent } from './unsent-looks';
import { newScan, redeem } from './verifier';

/** An answer, and the tick of the phone's clock at which it came: ages grow by what has elapsed since. */
export interface Heard {
  readonly called: Called<RedeemCodeReply>;
  readonly at: number;
}

interface Check {
  readonly scan: RedeemCodeRequest;
  readonly heard: Heard | null;
}

/** The check under way on this phone. What it holds of a person is forgotten with the page that shows it. */
let check: Check | null = null;
let accepted = 0;

const underWay = (): Check | null => check;

/** Begins a check of a scanned code. */
export const begin = async (code: string, purpose: PurposeId): Promise<void> => {
  check = { scan: await newScan(code, purpose), heard: null };
};

/**
 * Asks the service; once more with the same request where no answer has come, which burns no second code.
 * @returns null where no check is under way, or none any more
 */
export const decide = async (): Promise<Heard | null> => {
  if (!check) return null;
  if (check.heard?.called.ok) return check.heard;
  const { scan } = check;
  const called = await redeem(scan);
  // Forgotten or followed by another scan meanwhile: an answer about one person must not stand for the next.
  const present = underWay();
  if (present?.scan !== scan) return null;
  if (called.ok && !present.heard?.called.ok) accepted += 1;
  const heard = { called, at: ticks() };
  check = { scan, heard };
  return heard;
};

/** Milliseconds since the answer came. */
export const sinceHeard = ({ at }: Heard): number => ticks() - at;

/** Says what the comparison of the portrait with the person came to. */
export const answerLook = async (look: Look): Promise<Sent> => {
  if (!check?.heard?.called.ok) return 'refused';
  const { eventId } = check.heard.called.reply.answer;
  return sendLook({ eventId, look });
};

/** Forgets the check and all that it told. */
export const forget = (): void => {
  check = null;
};

/** How many cards this phone has accepted since the mini-program was opened. */
export const acceptedSoFar = (): number => accepted;
