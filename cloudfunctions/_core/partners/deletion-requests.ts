import { eventId, instant } from '../../../protocol';
import type {
  AccountKey,
  AnswerDeletionRequest,
  DoneReply,
  Instant,
  ListDeletionRequestsReply,
  ListDeletionRequestsRequest,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import {
  standingOf,
  type AnswerRequest,
  type DeletionRequest,
  type ListDeletionRequests,
  type LoadDeletionRequests,
} from '../rights/deletion-request';
import { loadActor } from './act-on-partner';
import type { LoadMember } from './partner-ports';

export interface DeletionRequestPorts {
  readonly now: Now;
  readonly loadMember: LoadMember;
  readonly listDeletionRequests: ListDeletionRequests;
  readonly loadDeletionRequests: LoadDeletionRequests;
  readonly answerRequest: AnswerRequest;
}

/** How many requests a page has. */
const PAGE = 20;

const shown = (request: DeletionRequest, now: Instant): ListDeletionRequestsReply['requests'][number] => {
  const { id, check, checkedAt, shop, terminal, purpose, claims, receipt } = request;
  const about = { request: id, check, checkedAt, shop, terminal, purpose, claims: [...claims], receipt };
  return { ...about, ...standingOf(request, now) };
};

/** A page of the requests of holders to the caller's business. Refuses `not_permitted` to who may not answer them. */
export const listDeletionRequests = async (
  ports: DeletionRequestPorts,
  account: AccountKey,
  { state, after }: ListDeletionRequestsRequest,
): Promise<Result<ListDeletionRequestsReply>> => {
  const member = await loadActor(ports, account, 'answerRequests');
  if (!member) return refuse('not_permitted');
  const position = after ? { at: instant(after.at), id: eventId(after.id) } : null;
  // One more than is shown tells whether anything follows.
  const found = await ports.listDeletionRequests({ partner: member.partner, state, after: position }, PAGE + 1);
  const page = found.slice(0, PAGE);
  const last = page.at(-1);
  const now = ports.now();
  return done({
    ok: true,
    requests: page.map((request) => shown(request, now)),
    next: found.length > PAGE && last ? { at: last.askedAt, id: last.id } : null,
  });
};

/**
 * Answers a request, once: it stands in the holder's history from the holder's next look on. The same answer again is harmless.
 * Refuses `not_permitted`, `not_found` where the caller's business has no such request, and `wrong_step` where another answer was
 * given.
 */
export const answerDeletionRequest = async (
  ports: DeletionRequestPorts,
  account: AccountKey,
  { request, answer }: AnswerDeletionRequest,
): Promise<Result<DoneReply>> => {
  const member = await loadActor(ports, account, 'answerRequests');
  if (!member) return refuse('not_permitted');
  const id = eventId(request);
  const answered = { at: ports.now(), answer, member: member.member };
  if (await ports.answerRequest(id, member.partner, answered)) return done({ ok: true });
  const [found] = await ports.loadDeletionRequests([id]);
  // Another's request and no request look the same.
  if (found?.partner !== member.partner || !found.answered) return refuse('not_found');
  return found.answered.answer === answer ? done({ ok: true }) : refuse('wrong_step');
};
