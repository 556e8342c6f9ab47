import type {
  AccountKey,
  EventId,
  HistoryEntry,
  ListHistoryReply,
  ListHistoryRequest,
  Look,
  Names,
  Sha256,
} from '../../../protocol';
import type { AppendEvent, HistoryEvent, LoadEvents, LoadLooks } from '../event';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import type { LoadPartners, Partner } from '../showing/partner';
import { appendOutbox } from './change-identity';
import type { LoadIdentityOfAccount } from './identity-ports';

export interface ListHistoryPorts {
  readonly sha256: Sha256;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadEvents: LoadEvents;
  readonly loadLooks: LoadLooks;
  readonly loadPartners: LoadPartners;
  readonly appendEvent: AppendEvent;
}

/** How many entries a page has. */
const PAGE = 20;

interface Circumstances {
  readonly namesOf: (partner: string) => Names;
  readonly lookOf: (check: HistoryEvent) => Look | null;
}

/** What staff said about each of the checks, and how their shops are called: two reads, however many checks there are. */
const loadCircumstances = async (ports: ListHistoryPorts, events: readonly HistoryEvent[]): Promise<Circumstances> => {
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

const entryOf = (event: HistoryEvent, { namesOf, lookOf }: Circumstances): HistoryEntry => {
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
    case 'card_held':
    case 'card_ended':
      return { ...common, kind: happening.kind, reason: happening.reason };
    case 'card_minted':
    case 'card_renewed':
    case 'card_moved': {
      const { kind, fingerprint, faceTemplate } = happening;
      return { ...common, kind, fingerprint, faceTemplate };
    }
    case 'face_checked':
      return { ...common, kind: happening.kind, outcome: happening.outcome };
    case 'card_stopped':
      return { ...common, kind: happening.kind, reason: happening.reason };
    case 'card_suspended':
    case 'card_resumed':
    case 'card_reinstated':
    case 'kill_code_made':
    case 'data_exported':
    case 'fingerprint_renewed':
    case 'face_template_deleted':
    case 'card_revoked':
    case 'credential_renewed':
    case 'card_released':
    case 'tier_raised':
      return { ...common, kind: happening.kind };
  }
};

/**
 * A page of the holder's own history, newest first: what happened to the identity's cards, this one and those before it, numbered
 * without a gap. What an interrupted call did and did not write down is written down now; an entry that somebody removed is told.
 * Refuses `not_found` where the account has no card.
 */
export const listHistory = async (
  ports: ListHistoryPorts,
  account: AccountKey,
  request: ListHistoryRequest,
): Promise<Result<ListHistoryReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  await appendOutbox(ports.appendEvent, identity);
  const newest = Math.min(identity.eventCount, (request.before ?? Infinity) - 1);
  const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
  const events = numbers.length === 0 ? [] : await ports.loadEvents(identity, numbers);
  const circumstances = await loadCircumstances(ports, events);
  const entries = numbers.map((number): HistoryEntry => {
    const event = events.find((one) => one.number === number);
    return event ? entryOf(event, circumstances) : { kind: 'entry_missing', number };
  });
  const oldest = numbers.at(-1) ?? 1;
  return done({ ok: true, entries, next: oldest > 1 ? oldest : null });
};
