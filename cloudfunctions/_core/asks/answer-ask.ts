import {
  instant,
  parseCode,
  sessionHandle,
  type AccountKey,
  type AnswerAskReply,
  type AnswerAskRequest,
  type CalendarDate,
  type DisclosedClaims,
  type Instant,
} from '../../../protocol';
import type { Identity, OpenShowing, RedeemedShowing } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { derivedId } from '../derived-id';
import type { LoadUsedQuotas } from '../institutions/counter';
import { findInstitution, type InstitutionPorts } from '../institutions/institution';
import { done, refuse, type Result } from '../result';
import { repeatedBy, type Order } from '../showing/answer';
import { isAsk, isAskOpen, isTierAccepted, type AskSession, type LoadSession } from '../showing/counter-session';
import { disclose } from '../showing/disclose';
import { redeemAs, type RedeemPorts } from '../showing/redeem-code';
import { ANSWER_GRACE_MS, type AnswerSession } from './ask';

/** What a presentation must be, for one ask and one holder. */
export interface PresentationExpected {
  readonly audience: string;
  readonly nonce: string;
  /** The card as it stands: the credential is bound to its key, says its tier, and is the one that was last issued for it. */
  readonly card: Pick<Identity['card'], 'holderKey' | 'tier' | 'credential'>;
  /** What the answer tells: of it the credential discloses all that it holds, with the same values, and nothing else. */
  readonly claims: DisclosedClaims;
}

/** Whether a text is a presentation of our credential (RFC 9901, section 7.3) as it is expected now. */
export type CheckPresentation = (text: string, expected: PresentationExpected) => boolean;

export interface AnswerAskPorts extends RedeemPorts, InstitutionPorts {
  readonly sha256: Parameters<typeof derivedId>[0];
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadSession: LoadSession;
  readonly loadUsedQuotas: LoadUsedQuotas;
  readonly checkPresentation: CheckPresentation;
  readonly answerSession: AnswerSession;
}

/** The caller's own showing for that session which a code is of: another's, and one for anything else, answer nothing. */
const showingOf = (
  { showing, lastShowing }: Identity,
  { handle }: AskSession,
  text: string,
): OpenShowing | RedeemedShowing | null => {
  const code = parseCode(text);
  const found = code.ok ? [showing, lastShowing].find((one) => one?.handle === code.handle) : null;
  return found && found.state !== 'prepared' && found.counter?.session === handle ? found : null;
};

/**
 * The order by which an institution redeems, as its registration stands now. The id of the request follows from the session, so that the
 * same answer is one redemption however often it comes.
 * @returns null where institution or partner are active no more
 */
const orderOf = async (ports: AnswerAskPorts, session: AskSession, code: string): Promise<Order | null> => {
  const { handle, partner, shop, terminal, verifier: key, purpose, claims } = session;
  const found = await findInstitution(ports, shop);
  if (found?.partner.id !== partner) return null;
  const staff = {
    ...({ partner, shop, terminal, key, role: 'clerk', grants: found.partner.grants } as const),
    quotaUsed: await ports.loadUsedQuotas(partner),
  };
  const requestId = derivedId(ports.sha256, `ask ${handle}`);
  return { staff, request: { code, purpose, claims: [...claims], requestId } };
};

/** Whether a presentation was sent where one is asked for, and as it was asked for. */
const isPresented = (
  ports: Pick<AnswerAskPorts, 'checkPresentation'>,
  { ask, shop: audience, claims }: AskSession,
  { person, card }: Identity,
  { text, on }: { readonly text: string | undefined; readonly on: CalendarDate },
): boolean => {
  const { presentationNonce: nonce } = ask;
  if (nonce === null || text === undefined) return nonce === null && text === undefined;
  const told = disclose(person, claims, on);
  return ports.checkPresentation(text, { audience, nonce, card, claims: told });
};

/** Writes the answer down, while the institution still waits for it. Of two that come at once, one is written, and both hear of it. */
const answered = async (
  ports: AnswerAskPorts,
  { handle, ask }: AskSession,
  release: Parameters<AnswerAskPorts['answerSession']>[1],
  at: Instant,
): Promise<Result<AnswerAskReply>> => {
  const isAwaited = ports.now() < ask.expiresAt + ANSWER_GRACE_MS;
  if (isAwaited && (await ports.answerSession(handle, release, at))) return done({ ok: true, answeredAt: at });
  const outcome = (await ports.loadSession(handle))?.ask?.outcome;
  return outcome?.kind === 'answered' ? done({ ok: true, answeredAt: outcome.at }) : refuse('ask_over');
};

/**
 * Answers an ask that the caller has claimed, with a code of their showing for its session: it is redeemed for the institution as a counter's
 * scan is, and what is told lies sealed until the institution fetches it. A bad answer burns nothing. The same answer again hears the same;
 * within 60 s, and `ANSWER_GRACE_MS` after the ask's end at the latest, it also finishes one that was interrupted, which counts as given when
 * the code was redeemed.
 * Refuses `not_found` for an ask that is not the caller's and for none alike; `ask_over` where it was declined, something hindered it, it is over,
 * or whoever asked is active no more; `code_not_recognised` for every code that is none of a showing for this ask; `tier_too_low`;
 * `presentation_invalid` for one that is missing, wrong or not asked for; and what `redeemCode` refuses.
 */
export const answerAsk = async (
  ports: AnswerAskPorts,
  account: AccountKey,
  request: AnswerAskRequest,
): Promise<Result<AnswerAskReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  const session = await ports.loadSession(sessionHandle(request.session));
  if (!identity || !session || !isAsk(session) || session.claimedBy?.identity !== identity.key)
    return refuse('not_found');
  const { outcome } = session.ask;
  if (outcome?.kind === 'answered') return done({ ok: true, answeredAt: outcome.at });
  const [at, today] = [ports.now(), ports.today()];
  const showing = showingOf(identity, session, request.code);
  if (!showing) return refuse(isAskOpen(session, at) ? 'code_not_recognised' : 'ask_over');
  const order = await orderOf(ports, session, request.code);
  const repeated = order && repeatedBy(showing, order, at);
  if (!order || !isAskOpen(session, repeated?.redeemedAt ?? at)) return refuse('ask_over');
  if (!isTierAccepted(identity.card.tier, session)) return refuse('tier_too_low');
  const presented = { text: request.presentation, on: repeated?.redeemedOn ?? today };
  if (!isPresented(ports, session, identity, presented)) return refuse('presentation_invalid');

  // At the instant at which the ask was found open: redeemed a moment later, and so after its end, it would be told to nobody.
  const redeemed = await redeemAs({ ...ports, now: () => at, today: () => today }, order.staff, order.request);
  if (!redeemed.ok) return redeemed;
  const { reply, identity: told } = redeemed.value;
  const { answer } = reply;
  const release = { identity: told.key, card: told.card.id, answer, presentation: request.presentation ?? null };
  return answered(ports, session, release, instant(answer.facts.redeemedAt));
};
