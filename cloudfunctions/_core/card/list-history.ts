import type {
  AccountKey,
  EventId,
  HistoryEntry,
  ListHistoryReply,
  ListHistoryRequest,
  Look,
  Names,
} from '../../../protocol';
import type { HistoryEvent, LoadEvents, LoadLooks } from '../event';
import { done, refuse, type Result } from '../result';
import { noteAnswers, type NoteAnswersPorts } from '../rights/note-answers';
import { lookIdOf } from '../showing/look-id';
import type { LoadPartners, Partner } from '../showing/partner';
import { appendOutbox } from './change-identity';

export interface ListHistoryPorts extends NoteAnswersPorts {
  readonly loadEvents: LoadEvents;
  readonly loadLooks: LoadLooks;
  readonly loadPartners: LoadPartners;
}

/** How many entries a page has. */
const PAGE = 20;

interface Circumstances {
  readonly namesOf: (partner: string) => Names;
  readonly lookOf: (check: HistoryEvent) => Look | null;
}

/** What staff said about each of the checks, and how their shops are called: two reads, however many checks there are. */
const loadCircumstances = async (
  ports: Pick<ListHistoryPorts, 'sha256' | 'loadLooks' | 'loadPartners'>,
  events: readonly HistoryEvent[],
): Promise<Circumstances> => {
  const partnerIds = new Set(events.flatMap(({ happening }) => ('partner' in happening ? [happening.partner] : [])));
  const lookIds = events.flatMap(({ id, happening }) =>
    happening.kind === 'card_checked' ? [lookIdOf(ports.sha256, id)] : [],
  );
  const [partners, looks] = await Promise.all([
    partnerIds.size === 0 ? new Map<string, Partner>() : ports.loadPartners([...partnerIds]),
    lookIds.length === 0 ? new Map<EventId, Look>() : ports.loadLooks(lookIds),
  ]);
  return {
    // A shop whose record is gone is still named, by what it was registered as.
    namesOf: (partner) => partners.get(partner)?.names ?? { zh: partner, en: partner },
    lookOf: ({ id }) => looks.get(lookIdOf(ports.sha256, id)) ?? null,
  };
};

type Dated = Exclude<HistoryEntry, { readonly kind: 'entry_missing' }>;

const entryOf = (event: HistoryEvent, { namesOf, lookOf }: Circumstances): Dated => {
  const { id, at, number, happening } = event;
  const common = { id, at, number };
  switch (happening.kind) {
    case 'card_checked': {
      const { kind, purpose, mode, terminal, claims, stepUp, receipt } = happening;
      const place = { partner: namesOf(happening.partner), terminal };
      return {
        ...common,
        kind,
        purpose,
        mode,
        claims: [...claims],
        stepUp: [...stepUp],
        ...place,
        receipt,
        look: lookOf(event),
      };
    }
    case 'check_refused': {
      const { kind, purpose, reason, terminal } = happening;
      return { ...common, kind, purpose, reason, partner: namesOf(happening.partner), terminal };
    }
    case 'passes_issued':
      return { ...common, kind: happening.kind, count: happening.count, expiresAt: happening.expiresAt };
    case 'pass_used': {
      const { kind, purpose, claims, terminal, acceptedAt } = happening;
      return {
        ...common,
        kind,
        purpose,
        claims: [...claims],
        partner: namesOf(happening.partner),
        terminal,
        acceptedAt,
      };
    }
    case 'pass_used_twice': {
      const { kind, purpose, terminal, acceptedAt } = happening;
      return { ...common, kind, purpose, partner: namesOf(happening.partner), terminal, acceptedAt };
    }
    case 'evidence_destroyed':
      return { ...common, kind: happening.kind, files: happening.files, destroyedAt: happening.destroyedAt };
    case 'card_looked_up':
      return { ...common, kind: happening.kind, role: happening.role };
    case 'card_minted':
    case 'card_renewed':
    case 'card_moved': {
      const { kind, fingerprint, faceTemplate } = happening;
      return { ...common, kind, fingerprint, faceTemplate };
    }
    case 'guardian_consented':
    case 'guardian_withdrew':
      return { ...common, kind: happening.kind, child: happening.child };
    case 'face_checked':
      return { ...common, kind: happening.kind, outcome: happening.outcome };
    case 'card_stopped':
      return { ...common, kind: happening.kind, reason: happening.reason };
    case 'card_released':
      return { ...common, kind: happening.kind, reasons: [...happening.reasons] };
    case 'partner_reported': {
      const { kind, check, reason } = happening;
      return { ...common, kind, check, partner: namesOf(happening.partner), reason };
    }
    case 'deletion_asked':
      return { ...common, kind: happening.kind, check: happening.check, partner: namesOf(happening.partner) };
    case 'deletion_answered': {
      const { kind, check, answer } = happening;
      return { ...common, kind, check, partner: namesOf(happening.partner), answer };
    }
    case 'consent_withdrawn': {
      const { kind, check, purpose } = happening;
      return { ...common, kind, check, partner: namesOf(happening.partner), purpose };
    }
    case 'card_suspended':
    case 'card_resumed':
    case 'kill_code_made':
    case 'data_exported':
    case 'fingerprint_renewed':
    case 'face_template_deleted':
    case 'credential_renewed':
    case 'tier_raised':
      return { ...common, kind: happening.kind };
  }
};

/** Events as the holder reads them: with the names of shops, and what staff said. */
export const toldEntries = async (
  ports: Pick<ListHistoryPorts, 'sha256' | 'loadLooks' | 'loadPartners'>,
  events: readonly HistoryEvent[],
): Promise<readonly Dated[]> => {
  const circumstances = await loadCircumstances(ports, events);
  return events.map((event) => entryOf(event, circumstances));
};

/**
 * A page of the holder's own history, newest first: what happened to the identity's cards, this one and those before it, numbered
 * without a gap. Answers of partners that came meanwhile are written down first. What an interrupted call did and did not write down is written down now; an entry that somebody removed is told.
 * Refuses `not_found` where the account has no card.
 */
export const listHistory = async (
  ports: ListHistoryPorts,
  account: AccountKey,
  request: ListHistoryRequest,
): Promise<Result<ListHistoryReply>> => {
  const identity = await noteAnswers(ports, account, await ports.loadIdentityOfAccount(account));
  if (!identity) return refuse('not_found');
  await appendOutbox(ports.appendEvent, identity);
  const newest = Math.min(identity.eventCount, (request.before ?? Infinity) - 1);
  const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
  const events = numbers.length === 0 ? [] : await ports.loadEvents(identity, numbers);
  const told = await toldEntries(ports, events);
  const entries = numbers.map(
    (number): HistoryEntry => told.find((one) => one.number === number) ?? { kind: 'entry_missing', number },
  );
  const oldest = numbers.at(-1) ?? 1;
  return done({ ok: true, entries, next: oldest > 1 ? oldest : null });
};
