import {
  createCode,
  createShowingStatement,
  purposeTable,
  showingHandle,
  type MatchMark,
  type PurposeId,
  type SessionHandle,
} from '../protocol';
import { ticks } from '../platform/clock';
import { createKey } from '../platform/keys';
import { withStorage, type Called } from './call';
import { loadCardKey } from './card-key';
import { aliasShowing, openShowing, prepareShowing } from './holder';
import { proveAnew, type ProofsAtHand } from './step-up';

/** An open showing on this phone. */
export interface PhoneShowing {
  readonly matchMark: MatchMark;
  /** When it ends, by the server's clock, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** What the server's clock shows now: its time at the opening and what has elapsed since, so a wrong clock does no harm. */
  readonly serverTime: () => number;
  /** The text of the QR code for this moment; to be renewed every `CODE_RENEWAL_S` seconds. */
  readonly currentCode: () => string;
  /** A number that stands for the showing, and when it ends by the server's clock; the one before it is worth nothing then. */
  readonly number: () => Promise<Called<{ readonly digits: string; readonly expiresAt: number }>>;
}

/** Opens a showing for a purpose: a fresh key for its codes, vouched for by the card's key, and what the purpose asks to be proved anew. */
export const show = async (
  purpose: PurposeId,
  session: SessionHandle | null = null,
  proofs: ProofsAtHand = {},
): Promise<Called<PhoneShowing>> => {
  proofs.onStep?.('preparing');
  const cardKey = await withStorage(async () => ({ ok: true, reply: await loadCardKey() }));
  if (!cardKey.ok) return cardKey;
  if (!cardKey.reply) return { ok: false, error: { code: 'not_found' } };
  const { sign } = cardKey.reply;
  const codeKey = await createKey();
  const prepared = await prepareShowing();
  if (!prepared.ok) return prepared;
  const handle = showingHandle(prepared.reply.handle);
  const statement = createShowingStatement({ handle, key: codeKey.publicKey, purpose, session, sign });
  const proved = await proveAnew({ handle, purpose, session }, proofs);
  if (!proved.ok) return proved;
  proofs.onStep?.('opening');
  const stepUp = purposeTable[purpose].stepUp.length > 0 ? { stepUp: proved.reply } : {};
  const opened = await openShowing({ statement, ...stepUp });
  if (!opened.ok) return opened;

  const openedAtTick = ticks();
  const { serverTime: serverTimeAtOpening, expiresAt, matchMark } = opened.reply;
  const serverTime = (): number => serverTimeAtOpening + (ticks() - openedAtTick);
  return {
    ok: true,
    reply: {
      matchMark,
      expiresAt,
      serverTime,
      number: async () => {
        const called = await aliasShowing();
        if (!called.ok) return called;
        return { ok: true, reply: { digits: called.reply.alias, expiresAt: called.reply.expiresAt } };
      },
      currentCode: () => createCode({ handle, issuedAt: Math.floor(serverTime() / 1000), sign: codeKey.sign }),
    },
  };
};
