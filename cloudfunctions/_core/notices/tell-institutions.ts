import { instant } from '../../../protocol';
import { oneByOne } from '../one-by-one';
import { announceChanges, type AnnouncePorts } from './announce';
import { sendNotices, type SendNoticesPorts } from './send-notices';

/** For how long a run begins with new things, in milliseconds; with the last of them it stays within its function's limit of a minute. */
const RUN_MS = 40 * 1000;
/** For how much of that it announces: the rest is for telling, however much there is to announce. */
const ANNOUNCE_MS = 10 * 1000;

/**
 * Tells institutions' servers what became of consents, and of cards that they may ask after, within one deadline for all of it. Runs may
 * overlap.
 * @returns how many identities it announced, and how many notices were heard
 * @throws the first failure, once both parts have had their turn: what cannot be announced keeps nothing else from being told
 */
export const tellInstitutions = async (ports: AnnouncePorts & SendNoticesPorts): Promise<number> => {
  const at = ports.now();
  let count = 0;
  const parts = [
    () => announceChanges(ports, instant(at + ANNOUNCE_MS)),
    () => sendNotices(ports, instant(at + RUN_MS)),
  ];
  await oneByOne(parts, async (part) => {
    count += await part();
  });
  return count;
};
