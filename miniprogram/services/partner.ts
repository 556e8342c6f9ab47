import { validators } from '../protocol';
import type {
  ApplyAsPartnerRequest,
  ChangeStaffRequest,
  DoneReply,
  ExportChecksReply,
  ExportChecksRequest,
  InviteStaffReply,
  InviteStaffRequest,
  ListChecksReply,
  ListChecksRequest,
  ListStaffReply,
  PartnerReply,
  ReadInvitationReply,
  SaveShopRequest,
  WantedPurpose,
  WithoutAction,
} from '../protocol';
import { call, type Called } from './call';

/** What the function `verifier` does for a partner's own people, typed; each refusal is in `protocol/errors/error-table`. */

/** Asks for what is done or refused, and tells nothing. */
const done = (request: object): Promise<Called<DoneReply>> => call('verifier', request, validators.DoneReply);

/** Applies for a business, or amends what is not approved yet. */
export const applyAsPartner = (request: WithoutAction<ApplyAsPartnerRequest>): Promise<Called<DoneReply>> =>
  done({ action: 'applyAsPartner', ...request });

/** Asks for other purposes: all that the partner wants to have. */
export const askForPurposes = (wanted: WantedPurpose[]): Promise<Called<DoneReply>> =>
  done({ action: 'askForPurposes', wanted });

/** The business of the one who is logged in, as their role sees it. */
export const getPartner = (): Promise<Called<PartnerReply>> =>
  call('verifier', { action: 'getPartner' }, validators.PartnerReply);

export const saveShop = (request: WithoutAction<SaveShopRequest>): Promise<Called<DoneReply>> =>
  done({ action: 'saveShop', ...request });

export const closeShop = (shop: string): Promise<Called<DoneReply>> => done({ action: 'closeShop', shop });

export const inviteStaff = (request: WithoutAction<InviteStaffRequest>): Promise<Called<InviteStaffReply>> =>
  call('verifier', { action: 'inviteStaff', ...request }, validators.InviteStaffReply);

export const withdrawInvitation = (invitation: string): Promise<Called<DoneReply>> =>
  done({ action: 'withdrawInvitation', invitation });

/** Who invites, and to what. */
export const readInvitation = (token: string): Promise<Called<ReadInvitationReply>> =>
  call('verifier', { action: 'readInvitation', token }, validators.ReadInvitationReply);

/** Joins; asked again after a lost answer, it is the same place again. */
export const acceptInvitation = (token: string): Promise<Called<DoneReply>> =>
  done({ action: 'acceptInvitation', token });

export const listStaff = (): Promise<Called<ListStaffReply>> =>
  call('verifier', { action: 'listStaff' }, validators.ListStaffReply);

export const changeStaff = (request: WithoutAction<ChangeStaffRequest>): Promise<Called<DoneReply>> =>
  done({ action: 'changeStaff', ...request });

export const removeStaff = (member: string): Promise<Called<DoneReply>> => done({ action: 'removeStaff', member });

/** A page of the checks that the caller may see; `before` is the `next` of the page before. */
export const listChecks = (request: WithoutAction<ListChecksRequest> = {}): Promise<Called<ListChecksReply>> =>
  call('verifier', { action: 'listChecks', ...request }, validators.ListChecksReply);

/** A page of a period's checks as comma-separated values. */
export const exportChecks = (request: WithoutAction<ExportChecksRequest>): Promise<Called<ExportChecksReply>> =>
  call('verifier', { action: 'exportChecks', ...request }, validators.ExportChecksReply);
