import type {
  AccountKey,
  ApprovePartnerRequest,
  DoneReply,
  ListTasksReply,
  OpenApplicationReply,
  OpenApplicationRequest,
  RefusePartnerRequest,
} from '../../../protocol';
import { mayOperate } from '../../../protocol';
import type { ListCases } from '../enrolment/case-ports';
import { approvePartner, refusePartner } from '../partners/decide-partner';
import { isRegistered, type Partner } from '../partners/partner';
import type { PartnerPorts } from '../partners/partner-ports';
import { done, refuse, type Result } from '../result';
import { asOperator } from './operator';
import { acceptanceOf, isPartial, selfOf, withStanding, type ReviewerPorts } from './review';

/** The partners that ask for something, the longest waiting first. */
export type ListApplications = (limit: number) => Promise<readonly Partner[]>;

export interface ApplicationPorts extends ReviewerPorts, PartnerPorts {
  readonly listApplications: ListApplications;
  readonly listCases: ListCases;
}

/** How many tasks of a kind are listed at once. */
const PAGE = 50;

/** What waits for the caller's role. Refuses `not_permitted` to who has neither cases nor applications to decide. */
export const listTasks = async (ports: ApplicationPorts, account: AccountKey): Promise<Result<ListTasksReply>> => {
  const operator = await ports.loadOperator(account);
  const mayReview = operator !== null && mayOperate(operator.role, 'reviewCases');
  const mayRegister = operator !== null && mayOperate(operator.role, 'decidePartners');
  if (!mayReview && !mayRegister) return refuse('not_permitted');
  const found = mayReview ? await ports.listCases('inReview', PAGE) : [];
  const waiting = found.filter((one) => one.state === 'inReview');
  const self = await selfOf(ports, account, waiting);
  const open = waiting.filter((one) => !isPartial(one, operator, self)).map((one) => withStanding(ports, one));
  const cases = (await Promise.all(open)).map((one) => ({
    case: one.id,
    since: one.createdAt,
    isAppeal: one.firstRefusal !== null,
    accepted: acceptanceOf(one, operator),
  }));
  const asking = mayRegister ? await ports.listApplications(PAGE) : [];
  const applications = asking.flatMap((partner) =>
    partner.state !== 'refused' && partner.application
      ? [
          {
            partner: partner.id,
            names: partner.names,
            since: partner.application.at,
            isRegistered: isRegistered(partner),
          },
        ]
      : [],
  );
  return done({ ok: true, cases, applications });
};

/** What a partner says of itself and asks for. Refuses `not_permitted`, and `not_found` where it asks for nothing. */
export const openApplication = (
  ports: ApplicationPorts,
  account: AccountKey,
  { partner: id }: OpenApplicationRequest,
): Promise<Result<OpenApplicationReply>> =>
  asOperator(ports, account, 'decidePartners', async () => {
    const found = await ports.loadPartner(id);
    if (!found?.application || found.state === 'refused') return refuse('not_found');
    const { names, creditCode, category, address, contactRole, application } = found;
    return done({
      ok: true,
      askedAt: application.at,
      details: { names, creditCode, category, address, contactRole },
      wanted: [...application.wanted],
      grants: isRegistered(found) ? [...found.grants] : [],
    });
  });

/** Registers a partner for what is granted. Refuses `not_permitted` and what `approvePartner` refuses. */
export const approveApplication = (
  ports: ApplicationPorts,
  account: AccountKey,
  { partner, askedAt, grants }: ApprovePartnerRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'decidePartners', ({ id }) => approvePartner(ports, id, partner, { askedAt, grants }));

/** Refuses what a partner asks for, with a reason. Refuses `not_permitted` and what `refusePartner` refuses. */
export const refuseApplication = (
  ports: ApplicationPorts,
  account: AccountKey,
  { partner, reason }: RefusePartnerRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'decidePartners', ({ id }) => refusePartner(ports, id, partner, reason));
