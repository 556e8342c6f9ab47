import { calendarDate, parseIdNumber, type CalendarDate } from '../../../protocol';
import type { LoadSourceEvents, SourceEvent, SourceEventKind } from '../../_core/jobs/follow-source';
import type { AuthorityClient } from './authority-from-environment';

/**
 * The authority's list of changes, page by page. No authority publishes such an interface: it is assumed here in the style of the one for
 * faces, so that a real feed is another adapter behind the same port.
 */
const identityChanges = { action: 'DescribeIdentityChanges', version: '2018-03-01', limit: 100 } as const;

const kinds: Readonly<Record<string, SourceEventKind>> = {
  Lost: 'lost',
  Replaced: 'replaced',
  Expired: 'expired',
  Died: 'died',
  NumberChanged: 'number_changed',
};

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One change; null where it is of no kind or person that is known here. */
const eventOf = (change: unknown, today: CalendarDate): SourceEvent | null => {
  const fields = fieldsOf(change);
  const parsed = parseIdNumber(textOf(fields.get('IdCard')), today);
  const kind = kinds[textOf(fields.get('Kind'))];
  const reportedOn = textOf(fields.get('ReportedOn'));
  if (!parsed.ok || !kind || !/^\d{4}-\d{2}-\d{2}$/.test(reportedOn)) return null;
  return { number: parsed.number, kind, reportedOn: calendarDate(reportedOn) };
};

/** Reads the authority's list of changes. @param onFault hears of a change that could not be read, never whose it is */
export const createSourceEvents =
  (client: AuthorityClient, today: () => CalendarDate, onFault: (code: string) => void): LoadSourceEvents =>
  async (after) => {
    const { action, version, limit } = identityChanges;
    const answer = await client(action, version, { Limit: limit, ...(after !== null && { Cursor: after }) });
    if (answer === null) return null;
    const fields = fieldsOf(answer);
    const changes = fields.get('Changes');
    const next = textOf(fields.get('Cursor'));
    if (!Array.isArray(changes) || next === '') {
      onFault('malformed_answer');
      return null;
    }
    const events = changes.map((change: unknown) => eventOf(change, today()));
    if (events.includes(null)) onFault('malformed_change');
    return {
      events: events.filter((event) => event !== null),
      next,
      isLast: fields.get('IsLast') === true,
    };
  };
