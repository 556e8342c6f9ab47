import {
  base64urlEncode,
  instant,
  isTierEnough,
  purposeTable,
  servesWhileLimited,
  showingHandle,
  verifyShowingStatement,
} from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  OpenShowingReply,
  OpenShowingRequest,
  PrepareShowingReply,
  PurposeId,
  SessionHandle,
  StepUp,
  VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, type ChangeIdentityPorts } from '../card/change-identity';
import {
  PREPARED_LIFE_MS,
  SHOWING_LIFE_MS,
  statusOn,
  type BoundCounter,
  type Identity,
  type OpenShowing,
  type PreparedShowing,
} from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { refuse, type Result } from '../result';
import { CONSENT_LIFE_MS, type LoadSession } from './counter-session';

export interface PrepareShowingPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

/**
 * Gives the handle of the next showing, which is also the nonce that the holder's key signs. The showing before it ends.
 * Refuses `not_found`, `wrong_step`, and `card_not_active` for a card that is not valid.
 */
export const prepareShowing = (ports: PrepareShowingPorts, account: AccountKey): Promise<Result<PrepareShowingReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      if (statusOn(identity.card, ports.today()) !== 'valid') return refusal('card_not_active');
      const handle = showingHandle(base64urlEncode(ports.randomBytes(16)));
      const { showing } = identity;
      const next = nextRevisionOf(identity, {
        showing: { state: 'prepared', handle, preparedAt: ports.now() },
        lastShowing: showing?.state === 'redeemed' ? showing : identity.lastShowing,
      });
      return { kind: 'changed', next, value: { ok: true, handle } };
    },
  );

const refusal = (
  ...said: Parameters<typeof refuse>
): { readonly kind: 'refused'; readonly error: ReturnType<typeof refuse>['error'] } => ({
  kind: 'refused',
  error: refuse(...said).error,
});

export interface OpenShowingPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly verifySignature: VerifySignature;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadSession: LoadSession;
}

/** One byte each picks the word out of 256 and the colour out of 8, all alike likely. */
const drawMatchMark = (randomBytes: RandomBytes): { word: number; colour: number } => {
  const [word = 0, colour = 0] = randomBytes(2);
  return { word, colour: colour % 8 };
};

/** The counter of a session that this identity has claimed for that purpose, and to which its holder now consents. */
const boundCounter = async (
  ports: OpenShowingPorts,
  identity: Identity,
  purpose: PurposeId,
  handle: SessionHandle,
): Promise<BoundCounter | null> => {
  const session = await ports.loadSession(handle);
  if (session?.claimedBy?.identity !== identity.key || session.purpose !== purpose) return null;
  if (session.claimedBy.at + CONSENT_LIFE_MS <= ports.now()) return null;
  const { partner, shop, terminal, verifier, claims } = session;
  return { session: handle, partner, shop, terminal, verifier, claims };
};

/** What the purpose asks the holder to prove anew, and was not proved. */
const missingStepUp = (purpose: PurposeId, proved: readonly StepUp[]): StepUp[] =>
  purposeTable[purpose].stepUp.filter((step) => !proved.includes(step));

type Consent =
  | { readonly ok: true; readonly counter: BoundCounter | null }
  | { readonly ok: false; readonly code: 'counter_needed' | 'session_over' };

const consentOf = async (
  ports: OpenShowingPorts,
  identity: Identity,
  { purpose, session }: { readonly purpose: PurposeId; readonly session: SessionHandle | null },
): Promise<Consent> => {
  if (session === null) {
    return purposeTable[purpose].modes.includes('shown')
      ? { ok: true, counter: null }
      : { ok: false, code: 'counter_needed' };
  }
  const counter = await boundCounter(ports, identity, purpose, session);
  return counter ? { ok: true, counter } : { ok: false, code: 'session_over' };
};

const isPrepared = (showing: Identity['showing'], at: number): showing is PreparedShowing =>
  showing?.state === 'prepared' && showing.preparedAt + PREPARED_LIFE_MS >= at;

/**
 * Opens the prepared showing for a purpose with the phone's fresh key, vouched for by the holder's key; for a counter's session, where
 * the statement names one that this identity has claimed.
 * Refuses `not_found`, `key_proof_invalid`, `wrong_step` where no fresh handle is prepared, `card_not_active`, `tier_too_low`,
 * `card_limited` with the time where it came to this phone lately, `counter_needed` where the purpose asks for a session, `session_over`, and `step_up_missing` with what is to be proved.
 */
export const openShowing = (
  ports: OpenShowingPorts,
  account: AccountKey,
  request: OpenShowingRequest,
): Promise<Result<OpenShowingReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      const { showing, card } = identity;
      const openedAt = ports.now();
      if (!isPrepared(showing, openedAt)) return refusal('wrong_step');
      const statement = verifyShowingStatement(request.statement, {
        expectedHandle: showing.handle,
        holderKey: card.holderKey,
        verify: ports.verifySignature,
      });
      if (!statement.ok) return refusal('key_proof_invalid');
      if (statusOn(card, ports.today()) !== 'valid') return refusal('card_not_active');
      const { purpose } = statement;
      if (!isTierEnough(card.tier, purpose)) return refusal('tier_too_low');
      const { limitedUntil } = card;
      if (limitedUntil !== null && limitedUntil > openedAt && !servesWhileLimited(purpose)) {
        return refusal('card_limited', { until: limitedUntil });
      }
      const consent = await consentOf(ports, identity, statement);
      if (!consent.ok) return refusal(consent.code);
      const stepUp: readonly StepUp[] = [];
      const missing = missingStepUp(purpose, stepUp);
      if (missing.length > 0) return refusal('step_up_missing', { missing });

      const expiresAt = instant(openedAt + SHOWING_LIFE_MS);
      const matchMark = drawMatchMark(ports.randomBytes);
      const opened: OpenShowing = {
        state: 'open',
        handle: showing.handle,
        key: statement.key,
        purpose,
        counter: consent.counter,
        stepUp,
        refusals: 0,
        openedAt,
        expiresAt,
        matchMark,
      };
      const next = nextRevisionOf(identity, { showing: opened });
      return { kind: 'changed', next, value: { ok: true, serverTime: openedAt, expiresAt, matchMark } };
    },
  );
