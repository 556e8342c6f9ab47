import type { Card, CardReply } from '../protocol';
import type { PhoneKey } from '../platform/keys';
import { withStorage, type Called } from './call';
import { forgetCardKey, loadCardKey, thumbprintOf } from './card-key';
import { forgetCredential, heldCredential, keepCurrent } from './credential';
import { getCard } from './holder';
import { adopt, unheardMinting } from './minting';
import { forgetPasses } from './pass-store';

/** Where the card is shown: on this phone; on another one, to which it moved; or on another than this one, which never had it. */
export type Place =
  { readonly at: 'here' } | { readonly at: 'moved'; readonly since: number } | { readonly at: 'elsewhere' };

/** The holder's card, as this phone finds it. */
export interface PhoneCard {
  readonly card: Card;
  readonly place: Place;
}

interface Found extends PhoneCard {
  /** The credential on this phone holds no more. */
  readonly isDue: boolean;
}

const found = ({ card, renew }: CardReply, place: Place): Called<Found> => ({
  ok: true,
  reply: { card, place, isDue: renew === true },
});

/** Asks whether the card is bound to a key. */
const askWith = async (key: PhoneKey): Promise<Called<Found>> => {
  const called = await getCard({ key: thumbprintOf(key) });
  if (!called.ok) return called;
  const { boundElsewhere } = called.reply;
  return found(called.reply, boundElsewhere ? { at: 'moved', since: boundElsewhere.since } : { at: 'here' });
};

/** By the key of a minting that was not answered, which becomes the card's key where the card is bound to it. */
const askUnheard = async (otherwise: Called<Found>): Promise<Called<Found>> => {
  const minting = await unheardMinting();
  if (!minting) return otherwise;
  const called = await askWith(minting.key);
  if (!called.ok || called.reply.place.at !== 'here') return otherwise;
  await adopt(minting);
  return called;
};

const look = async (): Promise<Called<Found>> => {
  const key = await loadCardKey();
  if (key) {
    const called = await askWith(key);
    return called.ok && called.reply.place.at === 'moved' ? askUnheard(called) : called;
  }
  const called = await getCard();
  return called.ok ? askUnheard(found(called.reply, { at: 'elsewhere' })) : called;
};

/** Whose key cannot be read can still brake the card: that it cannot be shown is told when it is shown. */
const lookWithoutKey = async (): Promise<Called<Found>> => {
  const called = await getCard();
  return called.ok ? found(called.reply, { at: 'here' }) : called;
};

/** Forgets what could still be shown of a card. @throws StorageFailure */
export const forgetShown = async (): Promise<void> => {
  await Promise.all([forgetCredential(), forgetPasses()]);
};

const done = { ok: true, reply: null } as const;

/**
 * The holder's card and where it is. The credential is brought up to what the card is now; the card is told all the same where that
 * fails, and the next look tries again.
 */
export const loadCard = async (): Promise<Called<PhoneCard>> => {
  const looked = await withStorage(look);
  const called = !looked.ok && looked.error.code === 'storage_failed' ? await lookWithoutKey() : looked;
  if (!called.ok) return called;
  const { card, place, isDue } = called.reply;
  if (place.at === 'here') await keepCurrent(card, isDue);
  if (place.at === 'moved') {
    // It goes at once; the key stays, for it tells that the card was here.
    await withStorage(async () => {
      await forgetShown();
      return done;
    });
  }
  return { ok: true, reply: { card, place } };
};

/** The credential of the card on this phone, made anew first where it says something else than the card does or holds no more. */
export const currentCredential = (): Promise<Called<string>> =>
  withStorage(async () => {
    const looked = await look();
    if (!looked.ok) return looked;
    const { card, place, isDue } = looked.reply;
    const kept = place.at === 'here' ? await keepCurrent(card, isDue) : null;
    if (kept?.ok === false) return kept;
    const held = kept && (await heldCredential());
    return held === null ? { ok: false, error: { code: 'not_found' } } : { ok: true, reply: held };
  });

/** The holder has read that the card moved, and wanted it to: nothing of it stays on this phone. */
export const leaveCard = (): Promise<Called<null>> =>
  withStorage(async () => {
    await forgetShown();
    await forgetCardKey();
    return done;
  });
