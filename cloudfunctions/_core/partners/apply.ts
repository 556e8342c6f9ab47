import { hex, instant, isCreditCode, mayDoForPartner, purposeTable } from '../../../protocol';
import type {
  AccountKey,
  ApplyAsPartnerRequest,
  AskForPurposesRequest,
  DoneReply,
  GetPartnerRequest,
  Grant,
  PartnerDetails,
  PartnerReply,
  WantedPurpose,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { actAsMember, byMember, loadActor, newAct, refused, type Decision } from './act-on-partner';
import { isRegistered, type Application, type Member, type Partner } from './partner';
import type { ApplyPorts, PartnerPorts } from './partner-ports';
import { settlePartner } from './settle';

/** Whether each purpose is named once, with no claim that its policy does not know. */
export const isWithinPolicy = (grants: readonly Grant[]): boolean =>
  new Set(grants.map(({ purpose }) => purpose)).size === grants.length &&
  grants.every(({ purpose, claims }) => claims.every((claim) => purposeTable[purpose].claims.includes(claim)));

const grantsOf = (wanted: readonly WantedPurpose[]): readonly Grant[] =>
  wanted.map(({ purpose, claims }) => ({ purpose, claims }));

const created = async (
  ports: ApplyPorts,
  owner: Member,
  details: PartnerDetails,
  application: Application,
): Promise<boolean> => {
  const deed = { kind: 'partner_applied', wanted: grantsOf(application.wanted) } as const;
  const pending = newAct(ports, { ...deed, partner: owner.partner, by: byMember(owner) });
  const partner: Partner = {
    ...details,
    id: owner.partner,
    revision: 1,
    state: 'applied',
    application,
    carriedOut: [],
    pending,
  };
  if (!(await ports.createPartner(partner))) return false;
  await settlePartner(ports, partner);
  return true;
};

const amended = (
  partner: Partner,
  owner: Member,
  details: PartnerDetails,
  application: Application,
): Decision<DoneReply> => {
  if (isRegistered(partner)) return refused('serves_partner');
  const { id, revision, pending, carriedOut } = partner;
  // Later than the one before, whatever the clocks say: an operator approves the one that they read.
  const at = instant(Math.max(application.at, partner.application.at + 1));
  return {
    kind: 'acted',
    next: { ...details, id, revision, pending, carriedOut, state: 'applied', application: { ...application, at } },
    deed: { kind: 'partner_applied', wanted: grantsOf(application.wanted) },
    by: byMember(owner),
    value: { ok: true },
  };
};

/**
 * Applies for a business. The caller's account is taken for it at once, as its owner: nobody applies twice or serves two. Sent again,
 * it amends what is not approved yet, and a refused application is looked at anew.
 * Refuses `serves_partner`, `credit_code_invalid`, and `beyond_policy` for claims that no purpose gives.
 */
export const applyAsPartner = async (
  ports: ApplyPorts,
  account: AccountKey,
  request: ApplyAsPartnerRequest,
): Promise<Result<DoneReply>> => {
  const { action: _action, wanted, ...details } = request;
  const present = await ports.loadMember(account);
  if (present && present.role !== 'owner') return refuse('serves_partner');
  if (!isCreditCode(details.creditCode)) return refuse('credit_code_invalid');
  if (!isWithinPolicy(wanted)) return refuse('beyond_policy');

  const at = ports.now();
  const application: Application = { wanted, at };
  const newId = (): string => hex(ports.randomBytes(16));
  const first: Member = {
    account,
    partner: newId(),
    member: newId(),
    role: 'owner',
    place: null,
    state: 'active',
    joinedAt: at,
  };
  const owner = present ?? first;
  const standing = { partner: owner.partner, partnerState: 'applied', grants: [], asOf: 0 } as const;
  if (!present && !(await ports.createMember(owner, standing))) return refuse('serves_partner');
  // An owner without a partner is one whose first call was interrupted in between.
  if (await created(ports, owner, details, application)) return done({ ok: true });
  return actAsMember(ports, account, 'askForPurposes', (partner, member) =>
    amended(partner, member, details, application),
  );
};

/**
 * Asks an operator for other purposes; those that the partner has go on until then.
 * Refuses `not_permitted`, `wrong_step` for a partner that is not active, and `beyond_policy`.
 */
export const askForPurposes = (
  ports: PartnerPorts,
  account: AccountKey,
  { wanted }: AskForPurposesRequest,
): Promise<Result<DoneReply>> =>
  actAsMember(ports, account, 'askForPurposes', (partner, member) => {
    if (partner.state !== 'active') return refused('wrong_step');
    if (!isWithinPolicy(wanted)) return refused('beyond_policy');
    return {
      kind: 'acted',
      next: { ...partner, application: { wanted, at: ports.now() } },
      deed: { kind: 'partner_applied', wanted: grantsOf(wanted) },
      by: byMember(member),
      value: { ok: true },
    };
  });

/** What a member sees of their own partner. Refuses `not_permitted` for who is none. */
export const getPartner = async (
  ports: Pick<PartnerPorts, 'loadMember' | 'loadPartner'>,
  account: AccountKey,
  _request: GetPartnerRequest,
): Promise<Result<PartnerReply>> => {
  const member = await loadActor(ports, account, 'see');
  const partner = member && (await ports.loadPartner(member.partner));
  if (!member || !partner) return refuse('not_permitted');
  const { id, state, names, application } = partner;
  const { creditCode, category, address, contactRole } = partner;
  const mayAmend = mayDoForPartner(member.role, 'askForPurposes');
  return done({
    ok: true,
    partner: id,
    state,
    reason: 'reason' in partner ? partner.reason : null,
    names,
    details: mayAmend ? { names, creditCode, category, address, contactRole } : null,
    member: member.member,
    role: member.role,
    wanted: [...(application?.wanted ?? [])],
    grants: isRegistered(partner) ? [...partner.grants] : [],
    shops: isRegistered(partner) ? [...partner.shops] : [],
  });
};
