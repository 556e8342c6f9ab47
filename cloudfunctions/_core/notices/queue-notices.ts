import { instant, noticeId, type Instant, type Sha256 } from '../../../protocol';
import type { Identity } from '../card/identity';
import { derivedId } from '../derived-id';
import type {
  CreateNoticeLine,
  DrawLineMarks,
  DrawNames,
  Happened,
  LoadNoticeLine,
  Notice,
  NoticeLine,
  NoticeLineKeyOf,
  ReplaceNoticeLine,
  SealNotice,
} from './notice';

/** For how long a server is tried that does not take a notice, in milliseconds. */
const NOTICE_LIFE_MS = 3 * 24 * 60 * 60 * 1000;
/** For how long a line remembers its order after the last notice began to wait: longer than any call lives. */
const LINE_KEPT_MS = 2 * NOTICE_LIFE_MS;

/** What of one change is to be told to one server about one holder. */
export interface Queued extends Pick<NoticeLine, 'key' | 'client' | 'order'> {
  readonly notices: readonly Notice[];
}

export interface MakeNoticesPorts {
  readonly sha256: Sha256;
  readonly drawNames: DrawNames;
  readonly drawLineMarks: DrawLineMarks;
  readonly noticeLineKeyOf: NoticeLineKeyOf;
  readonly sealNotice: SealNotice;
}

/** Something that happened, and the consent by which a server hears of it. */
export interface ToTell {
  readonly consent: {
    readonly number: number;
    readonly client: string;
    readonly partner: string;
    readonly until: Instant;
  };
  readonly happened: Happened;
}

/**
 * Seals what is to be told of one change of an identity, for each server apart. The ids follow from line, change and consent: made again,
 * they are the same, and who knows the line alone cannot try which change and which consent.
 * @param change.revision the revision in which the identity changed
 */
export const makeNotices = (
  ports: MakeNoticesPorts,
  identity: Pick<Identity, 'key' | 'dataKey'>,
  { revision, at, all }: { readonly revision: number; readonly at: Instant; readonly all: readonly ToTell[] },
): readonly Queued[] => {
  const lines = new Map<string, Queued>();
  for (const { consent, happened } of all) {
    const { number, client, partner, until } = consent;
    const names = ports.drawNames(identity, partner);
    const key = ports.noticeLineKeyOf(client, names.holder);
    const { orderOffset, consentName } = ports.drawLineMarks(identity, key);
    const [order, name] = [orderOffset + revision, consentName(number)];
    const { kind } = happened;
    // A consent is withdrawn once, whatever else the change is that it is queued with.
    const about = kind === 'consent-withdrawn' ? [key, name, kind] : [key, name, kind, order];
    const id = noticeId(derivedId(ports.sha256, `notice ${JSON.stringify(about)}`));
    const sealed = ports.sealNotice(id, { partner, names, until, happened });
    const expiresAt = instant(at + NOTICE_LIFE_MS);
    const notice: Notice = { id, kind, consent: name, queuedAt: at, expiresAt, ...sealed };
    const line = lines.get(key) ?? { key, client, order, notices: [] };
    lines.set(key, { ...line, notices: [...line.notices, notice] });
  }
  return [...lines.values()];
};

export interface QueuePorts {
  readonly loadNoticeLine: LoadNoticeLine;
  readonly createNoticeLine: CreateNoticeLine;
  readonly replaceNoticeLine: ReplaceNoticeLine;
}

/**
 * What waits once new notices have come. How a card stood gives place to how it stands, so that a line is no longer than its consents are
 * many, however long its server is away; but for the first one, which may be under way. To whom a consent was withdrawn nothing that waits
 * by it is told any more: what is under way is then on its way, and is not told again.
 */
const withNew = (waiting: readonly Notice[], queued: readonly Notice[]): readonly Notice[] => {
  const added = queued.filter(({ id }) => waiting.every((one) => one.id !== id));
  const isOver = ({ kind, consent }: Notice, at: number): boolean =>
    kind === 'card-status-changed' &&
    added.some((one) => one.consent === consent && (one.kind === 'consent-withdrawn' || at > 0));
  return [...waiting.filter((notice, at) => !isOver(notice, at)), ...added];
};

/** What a line comes to by what is queued; null where that was queued before, or a later change was. */
const lineWith = (
  found: NoticeLine | null,
  { key, client, order, notices }: Queued,
  at: Instant,
): NoticeLine | null => {
  const keptUntil = instant(at + LINE_KEPT_MS);
  if (!found) return { key, client, revision: 1, order, waiting: notices, dueAt: at, tries: 0, keptUntil };
  if (found.order >= order) return null;
  const waiting = withNew(found.waiting, notices);
  // In the place of a first one that was dropped another is tried, and not before the try is over that may be under way.
  const tries = waiting[0]?.id === found.waiting[0]?.id ? found.tries : 0;
  return { ...found, revision: found.revision + 1, order, waiting, dueAt: found.dueAt ?? at, tries, keptUntil };
};

/** How often a write may be overtaken by the sender's. */
const ROUNDS = 50;

/**
 * Has notices wait, in one conditional write; queued again they wait once, and those of an earlier change never get behind a later one.
 * @throws Error where others were always first: it is then done later
 */
export const queueNotices = async (ports: QueuePorts, queued: Queued, at: Instant): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await ports.loadNoticeLine(queued.key);
    const next = lineWith(found, queued, at);
    if (!next) return;
    if (await (found ? ports.replaceNoticeLine(found, next) : ports.createNoticeLine(next))) return;
  }
  throw new Error('others were always first');
};
