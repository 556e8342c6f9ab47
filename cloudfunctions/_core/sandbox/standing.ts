import { instant, type Instant } from '../../../protocol';
import { isAsk, isTierAccepted, type AskSession, type CounterSession } from '../showing/counter-session';
import { askOutcomes } from './forced-outcomes';
import type { Forced } from './sandbox-store';
import { adultKey, testPersonOf } from './test-persons';

/** After how long a test person has scanned, in milliseconds. */
const SCAN_MS = 1000;
/** After how long one has scanned a counter's own code, in milliseconds. */
const COUNTER_SCAN_MS = 3000;

/** Who scans is told to nobody. */
const claimAt = (at: Instant): CounterSession['claimedBy'] => ({ identity: adultKey, at });

/** What has happened to an ask by then; what would happen only after its end does not. */
const askAsItStands = (session: AskSession, forced: Forced, now: Instant): CounterSession => {
  const { happens, chosenAt, dueAt } = forced;
  const has = (at: Instant): boolean => at <= now && at < session.ask.expiresAt;
  const scannedAt = instant(chosenAt + Math.min(SCAN_MS, dueAt - chosenAt));
  const isLookedAt = happens.kind !== 'waits' || happens.isClaimed;
  const claimed = { ...session, claimedBy: isLookedAt && has(scannedAt) ? claimAt(scannedAt) : null };
  if (happens.kind === 'waits' || !has(dueAt)) return claimed;
  const said = (kind: 'answered' | 'declined'): CounterSession => ({
    ...claimed,
    ask: { ...session.ask, outcome: { kind, at: dueAt } },
  });
  switch (happens.kind) {
    case 'declines':
      return said('declined');
    case 'hindered':
      return { ...claimed, hindrance: happens.code };
    case 'tells': {
      const person = testPersonOf(happens.person);
      const serves = person !== null && isTierAccepted(person.card.tier, session);
      return serves ? said('answered') : { ...claimed, hindrance: 'tier_too_low' };
    }
  }
};

/** A counter's own session: somebody scans it soon; a counter whose name is a hindrance's meets somebody who cannot go on. */
const counterAsItStands = (session: CounterSession, now: Instant): CounterSession => {
  const scannedAt = instant(session.openedAt + COUNTER_SCAN_MS);
  if (now < scannedAt) return session;
  const outcome = askOutcomes.find(({ id }) => id === session.terminal)?.happens;
  const hindrance = outcome?.kind === 'hindered' ? outcome.code : null;
  return { ...session, claimedBy: claimAt(scannedAt), hindrance };
};

/** A session as it would lie by then, had what was forced for it been done by a holder. */
export const asItStands = (session: CounterSession, forced: Forced | null, now: Instant): CounterSession => {
  if (!isAsk(session)) return counterAsItStands(session, now);
  return forced ? askAsItStands(session, forced, now) : session;
};
