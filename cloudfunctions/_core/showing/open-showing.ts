import {
  base64urlEncode,
  caseId,
  instant,
  isTierEnough,
  purposeTable,
  servesWhileLimited,
  showingHandle,
  stepUpChallenge,
  stepUpFolder,
  verifyShowingStatement,
} from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  Instant,
  OpenShowingReply,
  OpenShowingRequest,
  PrepareShowingReply,
  PurposeId,
  SessionHandle,
  Sha256,
  StepUp,
  VerifySignature,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, type ChangeIdentityPorts } from '../card/change-identity';
import {
  isLimited,
  PREPARED_LIFE_MS,
  SHOWING_LIFE_MS,
  statusOn,
  type BoundCounter,
  type Identity,
  type OpenShowing,
  type PreparedShowing,
} from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { isEvidenceOf } from '../enrolment/case';
import { done, refuse, type Result } from '../result';
import { checkFingerprint } from '../step-up/check-fingerprint';
import { checkLiveFace, type CheckLiveFacePorts } from '../step-up/check-live-face';
import type { ReadFingerprintPorts } from '../step-up/fingerprint-answer';
import { CONSENT_LIFE_MS, isAsk, isTierAccepted, takesConsent, type LoadSession } from './counter-session';

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

export interface OpenShowingPorts extends CheckLiveFacePorts, ReadFingerprintPorts {
  readonly randomBytes: RandomBytes;
  readonly sha256: Sha256;
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
): Promise<BoundCounter | 'session_over' | 'tier_too_low'> => {
  const session = await ports.loadSession(handle);
  if (session?.claimedBy?.identity !== identity.key || session.purpose !== purpose) return 'session_over';
  const at = ports.now();
  if (session.claimedBy.at + CONSENT_LIFE_MS <= at) return 'session_over';
  if (isAsk(session) && !takesConsent(session, at)) return 'session_over';
  if (!isTierAccepted(identity.card.tier, session)) return 'tier_too_low';
  const { partner, shop, terminal, verifier, claims } = session;
  return { session: handle, partner, shop, terminal, verifier, claims, isAsk: session.ask !== null };
};

type Consent =
  | { readonly ok: true; readonly counter: BoundCounter | null }
  | { readonly ok: false; readonly code: 'counter_needed' | 'session_over' | 'tier_too_low' };

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
  return typeof counter === 'string' ? { ok: false, code: counter } : { ok: true, counter };
};

const isPrepared = (showing: Identity['showing'], at: number): showing is PreparedShowing =>
  showing?.state === 'prepared' && showing.preparedAt + PREPARED_LIFE_MS >= at;

/** What an opening is judged by: everything but what the purpose asks to be proved anew. */
interface Opening {
  readonly showing: PreparedShowing;
  readonly statement: Extract<ReturnType<typeof verifyShowingStatement>, { ok: true }>;
  readonly counter: BoundCounter | null;
  readonly openedAt: Instant;
}

const judge = async (
  ports: OpenShowingPorts,
  identity: Identity,
  request: OpenShowingRequest,
): Promise<Result<Opening>> => {
  const { showing, card } = identity;
  const openedAt = ports.now();
  if (!isPrepared(showing, openedAt)) return refuse('wrong_step');
  const statement = verifyShowingStatement(request.statement, {
    expectedHandle: showing.handle,
    holderKey: card.holderKey,
    verify: ports.verifySignature,
  });
  if (!statement.ok) return refuse('key_proof_invalid');
  if (statusOn(card, ports.today()) !== 'valid') return refuse('card_not_active');
  if (!isTierEnough(card.tier, statement.purpose)) return refuse('tier_too_low');
  if (isLimited(card, openedAt) && !servesWhileLimited(statement.purpose)) {
    return refuse('card_limited', { until: card.limitedUntil });
  }
  const consent = await consentOf(ports, identity, statement);
  return consent.ok ? done({ showing, statement, counter: consent.counter, openedAt }) : refuse(consent.code);
};

/** The finger, where the purpose asks for one and one was shown: it is written with the showing, and so serves this one alone. */
const checkFinger = async (
  ports: OpenShowingPorts,
  identity: Identity,
  { showing, statement }: Opening,
  request: OpenShowingRequest,
): Promise<Result<Pick<Identity, 'stepUp'> & { readonly proofs: readonly StepUp[] }>> => {
  const answer = request.stepUp?.fingerprint;
  const { purpose, session } = statement;
  if (!answer || !purposeTable[purpose].stepUp.includes('fingerprint')) {
    return done({ stepUp: identity.stepUp, proofs: [] });
  }
  const challenge = stepUpChallenge({ handle: showing.handle, session, purpose }, ports.sha256);
  const shown = await checkFingerprint(ports, identity, challenge, answer);
  return shown.ok ? done({ stepUp: shown.value.stepUp, proofs: [shown.value.proof] }) : shown;
};

/**
 * The live face, where the purpose asks for one and a selfie was sent: looked at once the opening would pass without it, so that no
 * try is spent on a showing that is refused anyway.
 */
const checkFace = async (
  ports: OpenShowingPorts,
  account: AccountKey,
  request: OpenShowingRequest,
): Promise<Result<readonly StepUp[]>> => {
  const file = request.stepUp?.selfie;
  if (file === undefined) return done([]);
  const load = (): Promise<Identity | null> => ports.loadIdentityOfAccount(account);
  const identity = await load();
  if (!identity) return refuse('not_found');
  const opening = await judge(ports, identity, request);
  if (!opening.ok) {
    // Uploaded for nothing: it goes at once.
    const folder = identity.showing && caseId(stepUpFolder(identity.showing.handle));
    if (folder && isEvidenceOf(folder, file)) await ports.destroyEvidence([file]);
    return opening;
  }
  const { showing, statement } = opening.value;
  if (!purposeTable[statement.purpose].stepUp.includes('face')) return done([]);
  const proof = await checkLiveFace(ports, load, { folder: stepUpFolder(showing.handle), file });
  return proof.ok ? done([proof.value]) : proof;
};

/**
 * Opens the prepared showing for a purpose with the phone's fresh key, vouched for by the holder's key; for a counter's session, where
 * the statement names one that this identity has claimed; with what the purpose asks the holder to prove anew.
 * Refuses `not_found`, `key_proof_invalid`, `wrong_step` where no fresh handle is prepared, `card_not_active`, `tier_too_low`,
 * `counter_needed` where the purpose asks for a session, `session_over`, what a finger or a face comes to (`checkFingerprint`,
 * `checkLiveFace`), and `step_up_missing` with what is still to be proved.
 */
export const openShowing = async (
  ports: OpenShowingPorts,
  account: AccountKey,
  request: OpenShowingRequest,
): Promise<Result<OpenShowingReply>> => {
  const face = await checkFace(ports, account, request);
  if (!face.ok) return face;
  return changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      const opening = await judge(ports, identity, request);
      if (!opening.ok) return { kind: 'refused', error: opening.error };
      const finger = await checkFinger(ports, identity, opening.value, request);
      if (!finger.ok) return { kind: 'refused', error: finger.error };
      const { showing, statement, counter, openedAt } = opening.value;
      const { purpose } = statement;
      const stepUp = [...finger.value.proofs, ...face.value];
      const missing = purposeTable[purpose].stepUp.filter((step) => !stepUp.includes(step));
      if (missing.length > 0) return refusal('step_up_missing', { missing });

      const expiresAt = instant(openedAt + SHOWING_LIFE_MS);
      const matchMark = drawMatchMark(ports.randomBytes);
      const opened: OpenShowing = {
        state: 'open',
        handle: showing.handle,
        key: statement.key,
        purpose,
        counter,
        alias: null,
        stepUp,
        refusals: 0,
        openedAt,
        expiresAt,
        matchMark,
      };
      const next = nextRevisionOf(identity, { showing: opened, stepUp: finger.value.stepUp });
      return { kind: 'changed', next, value: { ok: true, serverTime: openedAt, expiresAt, matchMark } };
    },
  );
};
