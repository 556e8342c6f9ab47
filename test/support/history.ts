import type { HistoryEntry, ListHistoryReply } from '../../protocol';
import { listHistory } from '../../cloudfunctions/_core/card/list-history';
import { redeemCode } from '../../cloudfunctions/_core/showing/redeem-code';
import { valueOf } from './enrolment-steps';
import { firstTerminal, holder, scan, show, type ShowingWorld } from './showing-world';

/** A page of the holder's history. @param before where it begins */
export const pageOf = async (
  { ports }: Pick<ShowingWorld, 'ports'>,
  before: ListHistoryReply['next'] = null,
): Promise<ListHistoryReply> =>
  valueOf(await listHistory(ports, holder, { action: 'listHistory', ...(before && { before }) }));

/** All pages, one after the other; `between` happens after each. */
export const walk = async (
  world: ShowingWorld,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly ListHistoryReply[]> => {
  const pages: ListHistoryReply[] = [await pageOf(world)];
  for (let last = pages[0]; last?.next; last = pages.at(-1)) {
    await between();
    pages.push(await pageOf(world, last.next));
  }
  return pages;
};

export const entriesOf = (pages: readonly ListHistoryReply[]): readonly HistoryEntry[] =>
  pages.flatMap(({ entries }) => entries);

/** The whole history. */
export const historyOf = async (world: ShowingWorld): Promise<readonly HistoryEntry[]> => entriesOf(await walk(world));

/** Shows the card and has it checked by the first terminal. @returns the check's event id */
export const check = async (world: ShowingWorld, request = 1): Promise<string> => {
  const code = (await show(world)).code();
  return valueOf(await redeemCode(world.ports, firstTerminal.key, scan(code, request))).answer.eventId;
};
