import { eventId, instant, mayDoForPartner } from '../../../protocol';
import type {
  AccountKey,
  EventId,
  ExportChecksReply,
  ExportChecksRequest,
  Instant,
  ListChecksReply,
  ListChecksRequest,
  Look,
  MadeCheck,
  Sha256,
} from '../../../protocol';
import type { LoadLooks } from '../event';
import type { CheckRecord } from '../happening';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import { loadActor } from './act-on-partner';
import { toCsv } from './csv';
import type { Member } from './partner';
import type { LoadMember } from './partner-ports';

/** A check as the log keeps it for the partner that made it. */
export interface RecordedCheck {
  readonly id: EventId;
  readonly at: Instant;
  readonly check: CheckRecord;
}

/** Where a check stands among the others: by time, and by id where the times are equal. */
export interface CheckPosition {
  readonly at: Instant;
  readonly id: EventId;
}

/** The newest checks of a partner before a position and not before an instant; one member's own, where a verifier is named. */
export type ListPartnerChecks = (
  query: {
    readonly partner: string;
    readonly verifier: AccountKey | null;
    readonly before: CheckPosition | null;
    readonly from: Instant;
  },
  limit: number,
) => Promise<readonly RecordedCheck[]>;

export interface ChecksPorts {
  readonly sha256: Sha256;
  readonly loadMember: LoadMember;
  readonly listPartnerChecks: ListPartnerChecks;
  readonly loadLooks: LoadLooks;
}

/** How many checks a page of the list has. */
const PAGE = 20;
/** How many checks a page of an export has. */
const EXPORT_PAGE = 500;

interface Page {
  readonly checks: readonly MadeCheck[];
  readonly next: { at: number; id: string } | null;
}

const positionOf = (before: ListChecksRequest['before']): CheckPosition | null =>
  before ? { at: instant(before.at), id: eventId(before.id) } : null;

const loadPage = async (
  ports: ChecksPorts,
  { partner, account, role }: Member,
  { before, from }: { readonly before: CheckPosition | null; readonly from: Instant },
  size: number,
): Promise<Page> => {
  const verifier = mayDoForPartner(role, 'seeAllChecks') ? null : account;
  // One more than is shown tells whether anything follows.
  const found = await ports.listPartnerChecks({ partner, verifier, before, from }, size + 1);
  const shown = found.slice(0, size);
  const looks =
    shown.length === 0
      ? new Map<EventId, Look>()
      : await ports.loadLooks(shown.map(({ id }) => lookIdOf(ports.sha256, id)));
  const checks = shown.map(({ id, at, check }): MadeCheck => {
    const { purpose, mode, tier, shop, terminal, claims, stepUp, receipt } = check;
    const look = looks.get(lookIdOf(ports.sha256, id)) ?? null;
    return { id, at, purpose, mode, tier, shop, terminal, claims: [...claims], stepUp: [...stepUp], receipt, look };
  });
  const last = shown.at(-1);
  return { checks, next: found.length > size && last ? { at: last.at, id: last.id } : null };
};

/** A page of the checks that the caller may see, newest first. Refuses `not_permitted`. */
export const listChecks = async (
  ports: ChecksPorts,
  account: AccountKey,
  { before }: ListChecksRequest,
): Promise<Result<ListChecksReply>> => {
  const member = await loadActor(ports, account, 'seeOwnChecks');
  if (!member) return refuse('not_permitted');
  const { checks, next } = await loadPage(ports, member, { before: positionOf(before), from: instant(0) }, PAGE);
  return done({ ok: true, checks: [...checks], next });
};

const header = ['event', 'time', 'purpose', 'mode', 'tier', 'shop', 'terminal', 'claims', 'proved', 'look'];

const rowOf = ({ id, at, purpose, mode, tier, shop, terminal, claims, stepUp, look }: MadeCheck): readonly string[] => [
  id,
  new Date(at).toISOString(),
  purpose,
  mode,
  tier,
  shop,
  terminal,
  claims.join(' '),
  stepUp.join(' '),
  look ?? '',
];

/**
 * A page of the partner's checks of a period as comma-separated values (RFC 4180), newest first; only the first page has the names
 * of the columns. Times are UTC as ISO 8601. Refuses `not_permitted` to who may not see all checks.
 * @param request `from` is included, `to` is not
 */
export const exportChecks = async (
  ports: ChecksPorts,
  account: AccountKey,
  { from, to, before }: ExportChecksRequest,
): Promise<Result<ExportChecksReply>> => {
  const member = await loadActor(ports, account, 'seeAllChecks');
  if (!member) return refuse('not_permitted');
  // No event stands before the smallest id of an instant, so that this position leaves that instant out.
  const start = positionOf(before) ?? { at: instant(to), id: eventId('0'.repeat(32)) };
  const { checks, next } = await loadPage(ports, member, { before: start, from: instant(from) }, EXPORT_PAGE);
  const rows = checks.map(rowOf);
  return done({ ok: true, csv: toCsv(before ? rows : [header, ...rows]), next });
};
