import {
  base64Encode,
  jwkThumbprint,
  type AccountKey,
  type CalendarDate,
  type EventId,
  type ExportDataReply,
  type ExportDataRequest,
  type ExportedEvent,
  type ExportedRecord,
  type Look,
  type Sha256,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LoadCase } from '../enrolment/case-ports';
import type { LoadEventProofs, LoadLooks } from '../event';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import { appendOutbox, changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import { cardOf, type Identity } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';

export interface ExportDataPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly sha256: Sha256;
  readonly takeTurn: TakeTurn;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCase: LoadCase;
  readonly loadEventProofs: LoadEventProofs;
  readonly loadLooks: LoadLooks;
}

/** How many events a page has. */
const PAGE = 50;
/** How often an account may have its data: each time opens everything that is sealed. */
export const EXPORTS_OF_ACCOUNT: RateLimit = { name: 'export', most: 10, windowMs: 24 * 60 * 60 * 1000 };

/** Floats as their bytes, little-endian. */
const bytesOf = (floats: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(4 * floats.length);
  const view = new DataView(bytes.buffer);
  floats.forEach((float, at) => {
    view.setFloat32(4 * at, float, true);
  });
  return bytes;
};

const recordOf = async (ports: ExportDataPorts, identity: Identity): Promise<ExportedRecord> => {
  const { person, card, account, stepUp } = identity;
  const enrolment = await ports.loadCase(identity.caseId, account);
  const at = enrolment?.createdAt ?? card.mintedAt;
  return {
    person: { ...person, portrait: base64Encode(person.portrait) },
    card: cardOf(identity, ports.today()),
    holderKey: jwkThumbprint(card.holderKey, ports.sha256),
    fingerprint: stepUp.fingerprint,
    faceTemplate: stepUp.template && {
      embedding: base64Encode(bytesOf(stepUp.template.embedding)),
      consentText: stepUp.template.consentText,
    },
    consents: (enrolment?.consents ?? []).map((consent) => ({ ...consent, at })),
  };
};

const eventsOf = async (
  ports: ExportDataPorts,
  identity: Identity,
  numbers: readonly number[],
): Promise<readonly ExportedEvent[]> => {
  if (numbers.length === 0) return [];
  const found = await ports.loadEventProofs(identity, numbers);
  const checks = found.filter(({ happening }) => happening.kind === 'card_checked');
  const lookIds = new Map(checks.map(({ id }) => [id, lookIdOf(ports.sha256, id)]));
  const looks = lookIds.size === 0 ? new Map<EventId, Look>() : await ports.loadLooks([...lookIds.values()]);
  return [...found]
    .sort((one, other) => other.number - one.number)
    .map(({ number, id, at, commitment, salt, content }) => {
      const lookId = lookIds.get(id);
      return { number, id, at, commitment, salt, content, look: (lookId && looks.get(lookId)) ?? null };
    });
};

/**
 * Everything that is stored of the caller, for the caller alone: the person, the card, the consents, and each event with the salt that
 * proves it (PIPL, article 45). The first page is itself an event of the history; the further ones hold older events.
 * Refuses `not_found`, `too_many_requests` above ten a day, and `wrong_step` where other calls were always first.
 */
export const exportData = async (
  ports: ExportDataPorts,
  account: AccountKey,
  { before }: ExportDataRequest,
): Promise<Result<ExportDataReply>> => {
  const isFirst = before === undefined;
  if (isFirst) {
    if (!(await ports.loadIdentityOfAccount(account))) return refuse('not_found');
    if (!(await ports.takeTurn(EXPORTS_OF_ACCOUNT, { kind: 'account', account }))) return refuse('too_many_requests');
    const noted = await changeIdentity(
      ports,
      () => ports.loadIdentityOfAccount(account),
      (identity) => {
        const event = { at: ports.now(), happening: { kind: 'data_exported' } } as const;
        return { kind: 'changed', next: withEvent(ports.sealEvent, nextRevisionOf(identity, {}), event), value: null };
      },
    );
    if (!noted.ok) return noted;
  }
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  await appendOutbox(ports.appendEvent, identity);
  const newest = Math.min(identity.eventCount, (before ?? Infinity) - 1);
  const numbers = Array.from({ length: Math.min(PAGE, newest) }, (_, at) => newest - at);
  const oldest = numbers.at(-1) ?? 1;
  return done({
    ok: true,
    format: 'wechat-id-export/1',
    madeAt: ports.now(),
    record: isFirst ? await recordOf(ports, identity) : null,
    events: [...(await eventsOf(ports, identity, numbers))],
    next: oldest > 1 ? oldest : null,
  });
};
