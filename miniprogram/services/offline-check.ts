import {
  hex,
  instant,
  looksLikePass,
  verifyPass,
  type PassFault,
  type PassUseResult,
  type PurposeId,
  type VerifiedPass,
} from '../protocol';
import { sha256, verifySignature } from '../platform/keys';
import { randomBytes } from '../platform/random';
import { StorageFailure } from '../platform/storage';
import { isRecent, keysOf, loadTerminal, serverTimeOf } from './offline-terminal';

import { keepUses, loadUses, type OfflineUses, type UseReport } from './offline-uses';
import { createQueue } from './one-at-a-time';
import { reconcilePasses } from './verifier';

export type { UseReport } from './offline-uses';

/**
 * How many passes a terminal accepts before it must be online again: as much as a shop may lose to passes that were used elsewhere
 * too, or to cards that were suspended since.
 */
export const UNSENT_CEILING = 30;
/** How many are handed in with one call. */
const BUNDLE = 20;

/** Why a pass was not accepted without a network. */
export type OfflineFault =
  | PassFault
  /** This terminal has not been online yet, or not for a week: it does not know the issuer's keys. */
  | 'terminal_not_ready'
  /** This shop may not check this purpose, or not all of what a pass tells for it. */
  | 'not_registered'
  /** Shown at this terminal before. */
  | 'used_here'
  | 'too_many_unsent'
  | 'storage_failed';

/** What a check without a network came to. */
export type OfflineCheck =
  | {
      readonly ok: true;
      readonly pass: VerifiedPass;
      /** What the service's clock showed, as far as this phone can tell: milliseconds since 1970. */
      readonly checkedAt: number;
    }
  | { readonly ok: false; readonly fault: OfflineFault };

const refused = (fault: OfflineFault): OfflineCheck => ({ ok: false, fault });

const inTurn = createQueue();

/** Whether a scanned text is to be checked here and not by the service. */
export const isPass = looksLikePass;

/** One look, and one write that holds the id, so that it is refused from now on, and the use, so that it is handed in. */
const accept = async (pass: VerifiedPass, text: string, at: number): Promise<OfflineFault | null> => {
  const uses = await loadUses();
  if (uses.used.some(({ id }) => id === pass.id)) return 'used_here';
  if (uses.unsent.length >= UNSENT_CEILING) return 'too_many_unsent';
  const requestId = hex(await randomBytes(16));
  await keepUses({
    ...uses,
    // What has ended is refused as such.
    used: [...uses.used.filter(({ until }) => until > at), { id: pass.id, until: pass.expiresAt * 1000 }],
    unsent: [...uses.unsent, { requestId, text, acceptedAt: at, purpose: pass.purpose }],
  });
  return null;
};

const check = async (text: string, purpose: PurposeId): Promise<OfflineCheck> => {
  const terminal = await loadTerminal();
  if (!terminal || !isRecent(terminal)) return refused('terminal_not_ready');
  if (!terminal.reply.purposes.includes(purpose)) return refused('not_registered');
  const checkedAt = serverTimeOf(terminal);
  const verified = verifyPass(text, {
    keys: keysOf(terminal),
    now: instant(checkedAt),
    purpose,
    verify: verifySignature,
    sha256,
  });
  if (!verified.ok) return refused(verified.fault);
  const fault = await inTurn(() => accept(verified.pass, text, checkedAt));
  return fault ? refused(fault) : { ok: true, pass: verified.pass, checkedAt };
};

/**
 * Checks a shown pass without asking anybody: signatures, freshness, purpose, and that this terminal has not accepted it before. It
 * is accepted only once it is kept for handing in.
 */
export const checkOffline = async (text: string, purpose: PurposeId): Promise<OfflineCheck> => {
  try {
    return await check(text, purpose);
  } catch (error) {
    if (error instanceof StorageFailure) return refused('storage_failed');
    throw error;
  }
};

/** What staff are told: everything but that all was well. */
const isNews = (result: PassUseResult): boolean => result.outcome !== 'first_use' || result.notValidSince !== null;

const withResults = (uses: OfflineUses, results: readonly PassUseResult[]): OfflineUses => {
  const known = new Map(results.map((result) => [result.requestId, result]));
  const news = uses.unsent.flatMap(({ requestId, acceptedAt, purpose }): UseReport[] => {
    const result = known.get(requestId);
    return result && isNews(result) ? [{ result, acceptedAt, purpose }] : [];
  });
  return {
    ...uses,
    unsent: uses.unsent.filter(({ requestId }) => !known.has(requestId)),
    reports: [...uses.reports, ...news],
  };
};

const handIn = async (): Promise<void> => {
  for (;;) {
    const { unsent } = await inTurn(loadUses);
    if (unsent.length === 0) return;
    const bundle = unsent.slice(0, BUNDLE).map(({ requestId, text, acceptedAt }) => ({ requestId, text, acceptedAt }));
    const called = await reconcilePasses(bundle);
    // What was not answered stays and is handed in again; the service takes the same use twice for one.
    if (!called.ok || called.reply.results.length === 0) return;
    const { results } = called.reply;
    const left = await inTurn(async () => {
      const uses = withResults(await loadUses(), results);
      await keepUses(uses);
      return uses.unsent.length;
    });
    // An answer to none of these would be asked for without end.
    if (left >= unsent.length) return;
  }
};

let handingIn: Promise<void> | null = null;

/** Hands in what was accepted without a network; to be called whenever the phone may be online. Never throws for a lack of one. */
export const handInUses = (): Promise<void> => {
  handingIn ??= handIn()
    .catch((error: unknown) => {
      // A storage that fails keeps what it has for the next time.
      if (!(error instanceof StorageFailure)) throw error;
    })
    .finally(() => {
      handingIn = null;
    });
  return handingIn;
};

/** How many are still to be handed in, and what staff have not read yet. Nothing where the storage fails. */
export const offlineState = async (): Promise<{ readonly unsent: number; readonly reports: readonly UseReport[] }> => {
  try {
    const { unsent, reports } = await inTurn(loadUses);
    return { unsent: unsent.length, reports };
  } catch (error) {
    if (error instanceof StorageFailure) return { unsent: 0, reports: [] };
    throw error;
  }
};

/** Staff have read the reports. */
export const dismissReports = async (read: readonly UseReport[]): Promise<void> => {
  const ids = read.map(({ result }) => result.requestId);
  await inTurn(async () => {
    const uses = await loadUses();
    await keepUses({ ...uses, reports: uses.reports.filter(({ result }) => !ids.includes(result.requestId)) });
  });
};
