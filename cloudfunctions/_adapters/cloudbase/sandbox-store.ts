import {
  eventId,
  sessionHandle,
  type AccountKey,
  type EventId,
  type IdentityKey,
  type Instant,
  type Look,
  type SessionHandle,
  type Verification,
} from '../../../protocol';
import { REPEAT_MS } from '../../_core/card/identity';
import type { Now } from '../../_core/ambient-ports';
import {
  KEPT_MS,
  type Forced,
  type GivenConsent,
  type SandboxCheck,
  type SandboxStore,
} from '../../_core/sandbox/sandbox-store';
import { CONSENT_LIFE_MS, type CounterSession } from '../../_core/showing/counter-session';
import type { OauthRecord, OauthRecords } from './oauth-records';

/** For how long a session, and what was forced for it, is kept after its end: as long as it can be asked after. */
const AFTER_END_MS = CONSENT_LIFE_MS;
const DAY_MS = 24 * 60 * 60 * 1000;

const consentName = (person: IdentityKey, partner: string, until: Instant): string =>
  JSON.stringify([person, partner, until]);

const payloadOf = (content: object): OauthRecord['payload'] => ({ ...content });

/** What the sandbox keeps, among the records of its provider: sealed, under hashes of their names. */
export const createSandboxStore = (records: OauthRecords, now: Now): SandboxStore => {
  // What is read under one of these names was written under it by the functions below, and nothing else writes it.
  const load = async (model: string, id: string): Promise<unknown> =>
    (await records.loadRecord(model, id))?.payload ?? null;
  const endOf = ({ openedAt, expiresAt }: CounterSession): number =>
    Math.max(expiresAt, openedAt + CONSENT_LIFE_MS) + AFTER_END_MS;
  const redeemedBy = async (session: SessionHandle): Promise<EventId | null> => {
    const found = (await load('SandboxRedeemed', session)) as { readonly check: string } | null;
    return found && eventId(found.check);
  };
  const forcedRecord = (id: SessionHandle, forced: Forced): OauthRecord => ({
    ...{ model: 'SandboxForced', id, payload: payloadOf(forced) },
    // No ask lives longer than five minutes.
    expiresAt: forced.chosenAt + 2 * CONSENT_LIFE_MS + AFTER_END_MS,
  });

  return {
    putSession: async (session) => {
      const { handle, verifier, ask } = session;
      const expiresAt = endOf(session);
      await records.putRecord({ model: 'SandboxSession', id: handle, payload: payloadOf(session), expiresAt });
      if (ask === null)
        await records.putRecord({ model: 'SandboxCounter', id: verifier, payload: { session: handle }, expiresAt });
    },
    findSession: async (handle) => (await load('SandboxSession', handle)) as CounterSession | null,
    force: (session, forced) => records.addRecord(forcedRecord(session, forced)),
    overrule: (session, forced) => records.replaceUnusedRecord(forcedRecord(session, forced)),
    findForced: async (session) => {
      const found = await records.loadRecord('SandboxForced', session);
      // Only `forcedRecord` writes this model, and it writes a `Forced`.
      return found && { ...(found.payload as unknown as Forced), isFetched: found.consumedAt !== null };
    },
    fetch: async (session, at) => {
      await records.consumeRecord('SandboxForced', session, at);
    },
    findSessionOf: async (counter: AccountKey) => {
      const found = (await load('SandboxCounter', counter)) as { readonly session: string } | null;
      return found && sessionHandle(found.session);
    },
    redeemSession: async (session, check) => {
      const record = { model: 'SandboxRedeemed', id: session, payload: { check } };
      if (await records.addRecord({ ...record, expiresAt: now() + DAY_MS })) return true;
      return (await redeemedBy(session)) === check;
    },
    redeemedBy,
    addCheck: async (id, { told, ...check }) => {
      // First what is told, so that no check is there without it.
      if (told) {
        const expiresAt = check.at + REPEAT_MS;
        await records.addRecord({ model: 'SandboxTold', id, payload: payloadOf(told), expiresAt });
      }
      return records.addRecord({ model: 'SandboxCheck', id, payload: payloadOf(check), expiresAt: check.at + KEPT_MS });
    },
    findCheck: async (id) => {
      const check = (await load('SandboxCheck', id)) as Omit<SandboxCheck, 'told'> | null;
      return check && { ...check, told: (await load('SandboxTold', id)) as Verification | null };
    },
    addLook: (id, look, at) =>
      records.addRecord({ model: 'SandboxLook', id, payload: { look }, expiresAt: at + KEPT_MS }),
    findLook: async (id) => ((await load('SandboxLook', id)) as { readonly look: Look } | null)?.look ?? null,
    addConsent: async (person, partner, consent) => {
      const record = { model: 'SandboxConsent', id: consentName(person, partner, consent.until) };
      await records.addRecord({ ...record, payload: payloadOf(consent), expiresAt: consent.givenAt + KEPT_MS });
    },
    findConsent: async (person, partner, until) =>
      (await load('SandboxConsent', consentName(person, partner, until))) as GivenConsent | null,
    keepUsedKey: async ({ id, order, expiresAt }) => {
      if (await records.addRecord({ model: 'SandboxKey', id, payload: { order }, expiresAt })) return order;
      return ((await load('SandboxKey', id)) as { readonly order: string } | null)?.order ?? order;
    },
  };
};
