import {
  base64urlDecode,
  base64urlEncode,
  createPassKeys,
  createShownPass,
  offlinePurposes,
  PASS_BATCH,
  publicKeyToBase64url,
  type FetchPassesReply,
  type PurposeId,
} from '../protocol';
import { ticks } from '../platform/clock';
import { createKey, keyOf, sha256, type PhoneKey } from '../platform/keys';
import { withStorage, type Called } from './call';
import { loadCardKey } from './card-key';
import { fetchPasses, preparePasses } from './holder';
import { createQueue } from './one-at-a-time';
import { keepPasses, loadPasses, openingsOf, type KeptPass, type KeptPasses } from './pass-store';

/** With fewer passes than this, a phone that is online fetches more. */
const ENOUGH = 5;
/** A pass that ends so soon is not shown any more, in milliseconds: it would end at the counter. */
const SPARE_MS = 2 * 60 * 1000;
/** How long one pass is shown, in milliseconds, as long as a showing online. */
const SHOWN_MS = 5 * 60 * 1000;

const inTurn = createQueue();

const serverTime = ({ ahead }: KeptPasses): number => ticks() + ahead;

const isFresh = (kept: KeptPasses, pass: KeptPass): boolean => serverTime(kept) + SPARE_MS < pass.expiresAt;

/** The card's key and what is kept for it, without what has ended; null where this phone has no card. */
const loadFresh = async (): Promise<{ readonly cardKey: PhoneKey; readonly kept: KeptPasses } | null> => {
  const cardKey = await loadCardKey();
  if (!cardKey) return null;
  const kept = await loadPasses(publicKeyToBase64url(cardKey.publicKey));
  return { cardKey, kept: { ...kept, passes: kept.passes.filter((pass) => isFresh(kept, pass)) } };
};

/** How many passes this phone could show now. */
export const passesLeft = async (): Promise<number> => {
  const called = await withStorage(async () => ({ ok: true, reply: await inTurn(loadFresh) }));
  return called.ok ? (called.reply?.kept.passes.length ?? 0) : 0;
};

const keptOf = (reply: FetchPassesReply, keys: readonly PhoneKey[]): KeptPass[] =>
  reply.passes.flatMap(({ pass, salts }, at): KeptPass[] => {
    const key = keys[at];
    if (!key) return [];
    const { claims, issuedAt, expiresAt } = reply;
    return [{ pass, salts, secret: base64urlEncode(key.secret), claims, issuedAt, expiresAt }];
  });

const fetch = async (cardKey: PhoneKey, count: number): Promise<Called<Pick<KeptPasses, 'passes' | 'ahead'>>> => {
  const keys = await Promise.all(Array.from({ length: count }, () => createKey()));
  const prepared = await preparePasses();
  if (!prepared.ok) return prepared;
  const { nonce } = prepared.reply;
  const request = createPassKeys({ nonce, keys: keys.map(({ publicKey }) => publicKey), sign: cardKey.sign });
  const fetched = await fetchPasses({ keys: request });
  if (!fetched.ok) return fetched;
  const { reply } = fetched;
  return { ok: true, reply: { passes: keptOf(reply, keys), ahead: reply.serverTime - ticks() } };
};

const refill = async (): Promise<Called<number>> => {
  const found = await inTurn(loadFresh);
  if (!found) return { ok: false, error: { code: 'not_found' } };
  const { cardKey, kept } = found;
  if (kept.passes.length >= ENOUGH) return { ok: true, reply: kept.passes.length };
  const fetched = await fetch(cardKey, PASS_BATCH - kept.passes.length);
  if (!fetched.ok) return fetched;
  const { ahead } = fetched.reply;
  return inTurn(async () => {
    // Anew, for a pass may have been taken while the service was asked.
    const present = (await loadFresh())?.kept;
    if (present?.cardKey !== kept.cardKey) return { ok: false, error: { code: 'not_found' } };
    const passes = [...present.passes, ...fetched.reply.passes];
    await keepPasses({ ...present, ahead, passes });
    return { ok: true, reply: passes.length };
  });
};

let refilling: Promise<Called<number>> | null = null;

/**
 * Fetches passes where fewer than five are left, with keys that are made on this phone; to be called whenever the phone is online.
 * Two calls at a time are one. @returns how many there are then
 */
export const refillPasses = (): Promise<Called<number>> => {
  refilling ??= withStorage(refill).finally(() => {
    refilling = null;
  });
  return refilling;
};

/** A pass that is shown on this phone. */
export interface PassShowing {
  /** When its card was last known to be valid: when the pass was issued. Milliseconds since 1970, as all times here. */
  readonly issuedAt: number;
  /** When this showing ends. */
  readonly expiresAt: number;
  /** What the service's clock shows, as far as this phone can tell. */
  readonly serverTime: () => number;
  /** The text of the QR code for this moment; to be renewed every `PASS_RENEWAL_S` seconds. */
  readonly currentText: () => string;
  /** How many passes are left after this one. */
  readonly left: number;
}

/** Takes a pass away before anything of it is shown: whatever stops the phone then costs one pass and shows none twice. */
const take = async (): Promise<{ readonly pass: KeptPass; readonly kept: KeptPasses } | null> => {
  const found = await loadFresh();
  // The oldest first, as it ends first.
  const [pass, ...passes] = found?.kept.passes ?? [];
  if (!found || !pass) return null;
  const kept = { ...found.kept, passes };
  await keepPasses(kept);
  return { pass, kept };
};

/** Shows a pass without a network. Tells `no_passes` where none is left, and `storage_failed`. */
export const showPass = (purpose: PurposeId): Promise<Called<PassShowing>> =>
  withStorage(async () => {
    const taken = offlinePurposes.includes(purpose) ? await inTurn(take) : null;
    if (!taken) return { ok: false, error: { code: 'no_passes' } };
    const { pass, kept } = taken;
    const key = keyOf(base64urlDecode(pass.secret) ?? new Uint8Array());
    const shown = { pass: base64urlDecode(pass.pass) ?? new Uint8Array(), openings: openingsOf(pass), purpose };
    const now = (): number => serverTime(kept);
    return {
      ok: true,
      reply: {
        issuedAt: pass.issuedAt,
        expiresAt: Math.min(now() + SHOWN_MS, pass.expiresAt),
        serverTime: now,
        currentText: () => createShownPass({ ...shown, shownAt: Math.floor(now() / 1000), sign: key.sign, sha256 }),
        left: kept.passes.length,
      },
    };
  });
