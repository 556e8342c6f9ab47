import { instant, type Instant } from '../../../protocol';
import type { Log, Now, RandomBytes } from '../ambient-ports';
import type { InstitutionPorts } from '../institutions/institution';
import type { NoticeFault, NoticeRefusal } from '../log-entry';
import { sideBySide } from '../side-by-side';
import { hearsAt } from './hearers';
import type {
  LoadDueLines,
  LoadNoticeLine,
  NextDueClient,
  Notice,
  NoticeLine,
  OpenNotice,
  ReplaceNoticeLine,
  SignNotice,
} from './notice';

/** What a server made of a notice. */
export type Delivery =
  /** It has it. */
  | { readonly kind: 'taken' }
  /** It does not want it, and is not asked again. */
  | { readonly kind: 'refused'; readonly error: NoticeRefusal }
  /** It may take it later. */
  | { readonly kind: 'failed'; readonly fault: NoticeFault };

/** Hands a signed notice to the address that a server is registered with; in bounded time, and never throws for what is there. */
export type DeliverNotice = (url: string, token: string) => Promise<Delivery>;

export interface SendNoticesPorts extends InstitutionPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly log: Log;
  readonly loadNoticeLine: LoadNoticeLine;
  readonly replaceNoticeLine: ReplaceNoticeLine;
  readonly nextDueClient: NextDueClient;
  readonly loadDueLines: LoadDueLines;
  readonly openNotice: OpenNotice;
  readonly signNotice: SignNotice;
  readonly deliverNotice: DeliverNotice;
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** After so many failures of a notice it is tried again so many milliseconds later; from then on as after the last. */
const waits = [10 * 1000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS] as const;

/** How long a notice waits after its tries, in milliseconds: up to a fifth more or less, so that those which failed together part. */
export const waitAfter = (tries: number, randomBytes: RandomBytes): number => {
  const wait = waits[Math.min(tries, waits.length) - 1] ?? waits[0];
  const [chance = 0] = randomBytes(1);
  return Math.round(wait * (0.8 + (0.4 * chance) / 255));
};

/** For how long a line is one run's, in milliseconds: longer than a run lives. */
const CLAIM_MS = 2 * MINUTE_MS;
/**
 * For how long a server's turn begins with new ones, in milliseconds: one that takes all of it, and is slow about it, then waits until all others
 * have had theirs.
 */
const TURN_MS = 10 * 1000;
/** How many servers are told at the same time; each hears of one thing after another. */
const SERVERS_AT_ONCE = 8;
/** How many servers one run knows of, and how many lines of each it looks at; what is left is the next run's. */
const SERVERS = 500;
const LINES = 200;
/** After so many failures one after another a server is left alone until the next run. */
const FAILURES = 2;
/** How often a write may be overtaken by those who queue. */
const ROUNDS = 50;

/** How a line goes on after a try: with the next notice, or with the same one later. */
const settled = (ports: SendNoticesPorts, found: NoticeLine, isOver: boolean): NoticeLine => {
  const now = ports.now();
  const revision = found.revision + 1;
  if (!isOver) return { ...found, revision, dueAt: instant(now + waitAfter(found.tries, ports.randomBytes)) };
  const waiting = found.waiting.slice(1);
  return { ...found, revision, waiting, dueAt: waiting.length > 0 ? now : null, tries: 0 };
};

/**
 * Writes down what came of a try.
 * @returns the line as it goes on; null where it is another run's by now
 */
const settle = async (
  ports: SendNoticesPorts,
  claimed: NoticeLine,
  { id }: Notice,
  isOver: boolean,
): Promise<NoticeLine | null> => {
  let found: NoticeLine | null = claimed;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Of a later run's try nothing is known here: what was told has been told, and all else is that run's to say.
    if (found?.waiting[0]?.id !== id || (!isOver && found.tries !== claimed.tries)) return null;
    const next = settled(ports, found, isOver);
    if (await ports.replaceNoticeLine(found, next)) return next;
    found = await ports.loadNoticeLine(claimed.key);
  }
  throw new Error('others were always first');
};

/** Tells one notice. @returns null where nobody is to be told any more */
const tell = async (ports: SendNoticesPorts, client: string, notice: Notice): Promise<Delivery | null> => {
  const now = ports.now();
  if (notice.expiresAt <= now) {
    ports.log({ event: 'NOTICE_DROPPED', client });
    return null;
  }
  const told = ports.openNotice(notice);
  const address = told.until > now ? await hearsAt(ports, client) : null;
  if (!address) return null;
  const delivery = await ports.deliverNotice(address.url, ports.signNotice(client, notice, told));
  if (delivery.kind === 'refused') ports.log({ event: 'NOTICE_REFUSED', client, error: delivery.error });
  if (delivery.kind === 'failed') ports.log({ event: 'NOTICE_FAULT', client, fault: delivery.fault });
  return delivery;
};

/** What came of the first of a line: how it goes on, and whether it was told. */
interface Step {
  readonly next: NoticeLine | null;
  readonly came: 'told' | 'failed' | 'dropped' | 'not ours';
}

const step = async (ports: SendNoticesPorts, found: NoticeLine): Promise<Step> => {
  const [first] = found.waiting;
  const dueAt = instant(ports.now() + CLAIM_MS);
  const claimed = { ...found, revision: found.revision + 1, dueAt, tries: found.tries + 1 };
  // Of two runs at the same time one goes on; one that is interrupted is taken up again later.
  if (!first || !(await ports.replaceNoticeLine(found, claimed))) return { next: null, came: 'not ours' };
  const delivery = await tell(ports, found.client, first);
  const isOver = delivery?.kind !== 'failed';
  const next = await settle(ports, claimed, first, isOver);
  if (delivery === null) return { next, came: 'dropped' };
  return { next, came: isOver ? 'told' : 'failed' };
};

/** What came of a server's turn: how many notices it has heard, and whether it was the time that ended it. */
interface Turn {
  readonly told: number;
  readonly isCut: boolean;
}

/** Tells a server what is due, one line after another and each in its order. */
const turnOf = async (ports: SendNoticesPorts, client: string, until: Instant): Promise<Turn> => {
  const end = Math.min(until, ports.now() + TURN_MS);
  let told = 0;
  let failures = 0;
  const mayGoOn = (): boolean => failures < FAILURES && ports.now() < end;
  for (const line of await ports.loadDueLines(client, ports.now(), LINES)) {
    let found: NoticeLine | null = line;
    while (found !== null && mayGoOn()) {
      const { next, came }: Step = await step(ports, found);
      if (came === 'told') told += 1;
      if (came === 'told' || came === 'failed') failures = came === 'failed' ? failures + 1 : 0;
      // What failed has its own time; the lines behind it do not wait for it.
      found = came === 'failed' ? null : next;
    }
  }
  return { told, isCut: failures < FAILURES && ports.now() >= end };
};

const CLIENT_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A text that stands anywhere among client ids. */
const anyClient = (randomBytes: RandomBytes): string =>
  [...randomBytes(4)].map((byte) => CLIENT_LETTERS[byte % CLIENT_LETTERS.length]).join('');

/** Servers for which something is due: where there are more than a run knows of, or tells, nobody's turn is always last. */
const dueClients = async (ports: SendNoticesPorts, until: Instant): Promise<readonly string[]> => {
  const from = anyClient(ports.randomBytes);
  const clients: string[] = [];
  const find = async (after: string, last: string | null): Promise<void> => {
    for (let before = after; clients.length < SERVERS && ports.now() < until;) {
      const next = await ports.nextDueClient(before, ports.now());
      if (next === null || (last !== null && next > last)) return;
      clients.push(next);
      before = next;
    }
  };
  await find(from, null);
  await find('', from);
  // Ids may be much alike: among those that are known, from another one each time too.
  const [high = 0, low = 0] = ports.randomBytes(2);
  const first = clients.length > 0 ? (256 * high + low) % clients.length : 0;
  return [...clients.slice(first), ...clients.slice(0, first)];
};

/**
 * Tells servers what is due. Of one holder a server hears in the order in which it happened; of what it does not take it is told again,
 * under the same id, until three days are over. It may be interrupted anywhere and run beside itself: what was told and not written down
 * is told again.
 * @param until when it begins with none any more: what is left is the next run's
 * @returns how many notices were heard
 */
export const sendNotices = async (ports: SendNoticesPorts, until: Instant): Promise<number> => {
  let told = 0;
  let clients = await dueClients(ports, until);
  while (clients.length > 0) {
    const cut: string[] = [];
    await sideBySide(clients, SERVERS_AT_ONCE, async (client) => {
      if (ports.now() >= until) return;
      const turn = await turnOf(ports, client, until);
      told += turn.told;
      if (turn.isCut) cut.push(client);
    });
    clients = cut;
  }
  return told;
};
