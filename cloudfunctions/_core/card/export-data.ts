import {
  base64Encode,
  jwkThumbprint,
  parseOrderStatement,
  type AccountKey,
  type CalendarDate,
  type EventId,
  type ExportDataReply,
  type ExportDataRequest,
  type ExportedEvent,
  type ExportedRecord,
  type Look,
  type PrepareExportReply,
  type Sha256,
  type VerifySignature,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LoadCase } from '../enrolment/case-ports';
import type { LoadEventProofs, LoadLooks } from '../event';
import type { RateLimit, TakeTurn } from '../rate-limit';
import { done, refuse, type Result } from '../result';
import { lookIdOf } from '../showing/look-id';
import { appendOutbox, changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import { cardOf, isLimited, type Identity, type PreparedOrder } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';
import { prepareOrder, type HindranceOf, type PrepareOrderPorts } from './holder-order';
import { isPhoneReported } from './stops';

export interface ExportDataPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly sha256: Sha256;
  readonly verifySignature: VerifySignature;
  readonly takeTurn: TakeTurn;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadCase: LoadCase;
  readonly loadEventProofs: LoadEventProofs;
  readonly loadLooks: LoadLooks;
}

/** How many events a page has. */
const PAGE = 50;
/** For how long one signature gets pages, in milliseconds: a history of years has a hundred of them. */
export const EXPORT_LIFE_MS = 10 * 60 * 1000;
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
    card: cardOf(identity, { today: ports.today(), at: ports.now() }),
    holderKey: jwkThumbprint(card.holderKey, ports.sha256),
    fingerprint: stepUp.fingerprint,
    faceTemplate: stepUp.template && {
      embedding: base64Encode(bytesOf(stepUp.template.embedding)),
      consentText: stepUp.template.consentText,
    },
    consents: (enrolment?.consents ?? []).map((consent) => ({ ...consent, at })),
    lastingConsents: (identity.consents ?? []).map((consent) => ({ ...consent })),
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

/** What keeps a phone from being told everything: whoever has found it, or has just moved the card to it, may not be the holder. */
const hindranceOf: HindranceOf = ({ card }, at) => {
  if (isPhoneReported(card.stops)) return refuse('card_not_active');
  return isLimited(card, at) ? refuse('card_limited', { until: card.limitedUntil }) : null;
};

/** The same, and what a statement lacks: the account alone, on whatever phone, is told nothing. */
const refusalOf = (
  { now, verifySignature }: Pick<ExportDataPorts, 'now' | 'verifySignature'>,
  identity: Identity,
  statement: string,
): ReturnType<typeof refuse> | null => {
  const at = now();
  const hindrance = hindranceOf(identity, at);
  if (hindrance) return hindrance;
  const { card, dataExport } = identity;
  if (!dataExport || dataExport.preparedAt + EXPORT_LIFE_MS <= at) return refuse('wrong_step');
  const parsed = parseOrderStatement('export', statement);
  if (parsed && parsed.challenge !== dataExport.challenge) return refuse('wrong_step');
  return parsed?.isSignedBy(card.holderKey, verifySignature) === true ? null : refuse('key_proof_invalid');
};

/**
 * The first step of an export: gives the challenge that the card's key is to sign.
 * Refuses `not_found`, `card_not_active` where the phone was reported, `card_limited` where the card came to this phone lately, and
 * `wrong_step` where other calls were always first.
 */
export const prepareExport = async (
  ports: PrepareOrderPorts,
  account: AccountKey,
): Promise<Result<PrepareExportReply>> => {
  const put = (dataExport: PreparedOrder) => ({ dataExport });
  const prepared = await prepareOrder(ports, account, { lifeMs: EXPORT_LIFE_MS, hindranceOf, put });
  return prepared.ok ? done({ ok: true, ...prepared.value }) : prepared;
};

/** Writes down that everything is told, for a statement that holds at that very moment. @returns what is told */
const noteExport = (ports: ExportDataPorts, account: AccountKey, statement: string): Promise<Result<Identity>> =>
  changeIdentity<Identity>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const refused = refusalOf(ports, identity, statement);
      if (refused) return { kind: 'refused', error: refused.error };
      const event = { at: ports.now(), happening: { kind: 'data_exported' } } as const;
      const next = withEvent(ports.sealEvent, nextRevisionOf(identity, {}), event);
      return { kind: 'changed', next, value: next };
    },
  );

/**
 * Everything that is stored of the caller, once the card's key has signed the challenge: the person, the card, the consents, and each
 * event with the salt that proves it (PIPL, article 45). Whoever has the chat account on another phone moves the card there first, by the
 * face, and waits a day. The first page is itself an event of the history; the further ones hold older events.
 * Refuses what `prepareExport` refuses, `key_proof_invalid`, `wrong_step` where nothing fresh was prepared, and `too_many_requests` above
 * ten a day.
 */
export const exportData = async (
  ports: ExportDataPorts,
  account: AccountKey,
  { statement, before }: ExportDataRequest,
): Promise<Result<ExportDataReply>> => {
  const isFirst = before === undefined;
  const present = await ports.loadIdentityOfAccount(account);
  if (!present) return refuse('not_found');
  // Before a turn is taken: who has the account alone must not use up the holder's.
  const refused = refusalOf(ports, present, statement);
  if (refused) return refused;
  if (isFirst && !(await ports.takeTurn(EXPORTS_OF_ACCOUNT, { kind: 'account', account }))) {
    return refuse('too_many_requests');
  }
  const told = isFirst ? await noteExport(ports, account, statement) : done(present);
  if (!told.ok) return told;
  const identity = told.value;
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
