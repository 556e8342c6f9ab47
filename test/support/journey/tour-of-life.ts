import { forgeAnswers } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { openManage, rowOf } from './tour-of-manage';

const DAY_MS = 24 * 3_600_000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Leaves the first screen and comes back, which asks for the card anew. */
export const comeBack = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(holder.words.history);
  await holder.taps(holder.words.goBack);
};

/** The service's own card, changed. */
export const withCard =
  (change: object, more: object = {}) =>
  async (real: () => Promise<Readonly<Record<string, unknown>>>): Promise<object> => {
    const { card } = await real();
    return { ok: true, card: { ...(isRecord(card) ? card : {}), ...change }, ...more };
  };

const soon = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Walks over what the first screen says of a card's life: that it is limited, that it ends, that it moved. @returns with the first screen */
export const tourOfLife = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.taps(new RegExp(words.bank));
  await holder.button(words.understood).waitFor();
  await looks(holder, 'home-tier-needed');
  await holder.taps(words.understood);

  const limited = withCard({ tier: 'full', limitedUntil: Date.now() + DAY_MS });
  const forgedLimit = await forgeAnswers(holder, 'getCard', limited);
  await comeBack(holder);
  await holder.sees(words.limited);
  await looks(holder, 'home-limited');
  forgedLimit.release();

  const ending = withCard({ tier: 'full', fingerprint: undefined, validTo: soon(20) });
  const forgedEnd = await forgeAnswers(holder, 'getCard', ending);
  await comeBack(holder);
  await holder.sees(words.endsSoon);
  await holder.sees(words.bindHere);
  await looks(holder, 'home-ends-soon');
  await holder.taps(new RegExp(words.ticket));
  await holder.button(words.bindFinger).waitFor();
  await holder.taps(words.goBack);
  forgedEnd.release();

  const moved = withCard({}, { boundElsewhere: { since: Date.now() - DAY_MS / 2 } });
  const forgedMove = await forgeAnswers(holder, 'getCard', moved);
  await comeBack(holder);
  await holder.sees(words.moved);
  await looks(holder, 'home-moved');
  forgedMove.release();
  await comeBack(holder);
  await holder.sees(words.ready);
};

/** What a phone says on which the card never was. */
export const tourOfSecondPhone = async (second: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = second;
  await second.sees(words.elsewhere);
  await looks(second, 'home-elsewhere');
  await openManage(second);
  await second.taps(rowOf(words.exportData));
  await second.taps(words.readData);
  await second.sees(words.exportElsewhere);
  await looks(second, 'data-export-elsewhere');
  await second.taps(words.goBack);
  await second.taps(words.goBack);
  await second.sees(words.elsewhere);
};
