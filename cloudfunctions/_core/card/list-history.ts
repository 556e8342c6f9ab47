import { eventId, instant } from '../../../protocol';
import type {
  AccountKey,
  HistoryEntry,
  ListHistoryReply,
  ListHistoryRequest,
  Look,
  Names,
  Sha256,
} from '../../../protocol';
import { isOlder, type AppendEvent, type CardEvent, type CheckEvent, type EventPosition } from '../event';
import type { LoadCardEvents, LoadLooks } from '../event';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import type { LoadPartners, Partner } from '../showing/partner';
import type { Identity } from './identity';
import { lastEventsOf } from './identity-events';
import type { LoadIdentityOfAccount } from './identity-ports';

export interface ListHistoryPorts {
  readonly sha256: Sha256;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCardEvents: LoadCardEvents;
  readonly loadLooks: LoadLooks;
  readonly loadPartners: LoadPartners;
  readonly appendEvent: AppendEvent;
}

/** How many entries a page has. */
const PAGE = 20;

interface Page {
  readonly events: readonly CardEvent[];
  /** The page's oldest event where older ones follow, or null. */
  readonly next: EventPosition | null;
}

const loadPage = async (ports: ListHistoryPorts, identity: Identity, before: EventPosition | null): Promise<Page> => {
  // One more than is shown tells whether anything follows.
  const found = await ports.loadCardEvents(identity, before, PAGE + 1);
  const events = found.slice(0, PAGE);
  return { events, next: found.length > PAGE ? (events.at(-1) ?? null) : null };
};

/** What the identity knows to have happened within the page's span, and the page lacks. */
const missingFrom = ({ events, next }: Page, identity: Identity, before: EventPosition | null): readonly CardEvent[] =>
  lastEventsOf(identity)
    .filter((event) => (before === null || isOlder(event, before)) && (next === null || !isOlder(event, next)))
    .filter(({ id }) => !events.some((found) => found.id === id));

const loadWholePage = async (
  ports: ListHistoryPorts,
  identity: Identity,
  before: EventPosition | null,
): Promise<Page> => {
  const page = await loadPage(ports, identity, before);
  const missing = missingFrom(page, identity, before);
  if (missing.length === 0) return page;
  for (const event of missing) await ports.appendEvent(event);
  return loadPage(ports, identity, before);
};

const isCheck = (event: CardEvent): event is CheckEvent => event.kind === 'card_checked';

/** What staff said about each of the checks, and how their shops are called: two reads, however many checks there are. */
const loadCircumstances = async (ports: ListHistoryPorts, { dataKey }: Identity, checks: readonly CheckEvent[]) => {
  if (checks.length === 0) return { partners: new Map<string, Partner>(), looks: new Map<string, Look>() };
  const [partners, reported] = await Promise.all([
    ports.loadPartners([...new Set(checks.map(({ partner }) => partner))]),
    ports.loadLooks(
      dataKey,
      checks.map(({ id }) => lookIdOf(ports.sha256, id)),
    ),
  ]);
  return { partners, looks: new Map(reported.map(({ check, look }) => [check, look])) };
};

/**
 * A page of the holder's own history, newest first: what happened to the identity's cards, this one and those before it. What an
 * interrupted call did and did not write down is written down now.
 * Refuses `not_found` where the account has no card.
 */
export const listHistory = async (
  ports: ListHistoryPorts,
  account: AccountKey,
  request: ListHistoryRequest,
): Promise<Result<ListHistoryReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const before = request.before ? { at: instant(request.before.at), id: eventId(request.before.id) } : null;
  const { events, next } = await loadWholePage(ports, identity, before);
  const { partners, looks } = await loadCircumstances(ports, identity, events.filter(isCheck));
  // A shop whose record is gone is still named, by what it was registered as.
  const namesOf = (partner: string): Names => partners.get(partner)?.names ?? { zh: partner, en: partner };
  const entries = events.map((event): HistoryEntry => {
    const { id, at } = event;
    if (!isCheck(event)) return { id, at, kind: event.kind };
    const { kind, purpose, terminal } = event;
    return { id, at, kind, purpose, partner: namesOf(event.partner), terminal, look: looks.get(id) ?? null };
  });
  return done({ ok: true, entries, next: next && { at: next.at, id: next.id } });
};
