import { validators } from '../protocol';
import type {
  AcceptCaseReply,
  ApprovePartnerRequest,
  ConfirmActRequest,
  DeleteVisitorReply,
  DeleteVisitorRequest,
  DescribeOperatorReply,
  DoneReply,
  FindCardReply,
  FindCardRequest,
  GetFiguresReply,
  HoldCardRequest,
  KillCode,
  ListActsReply,
  ListAlarmsReply,
  ListAuditReply,
  ListAuditRequest,
  ListInstitutionsReply,
  ListKeysReply,
  ListMassActsReply,
  ListTasksReply,
  OpenApplicationReply,
  OpenCaseReply,
  OpenPictureReply,
  OpenPictureRequest,
  ProposeActReply,
  ProposeActRequest,
  RaiseVisitorRequest,
  ReceiveVisitorReply,
  RefuseCaseRequest,
  RefusePartnerRequest,
  WithoutAction,
} from '../protocol';
import { call, type Called } from './call';

/** The function `operator`, typed; each refusal is in `protocol/errors/error-table`. */

export const describeOperator = (): Promise<Called<DescribeOperatorReply>> =>
  call('operator', { action: 'describeOperator' }, validators.DescribeOperatorReply);

export const listTasks = (): Promise<Called<ListTasksReply>> =>
  call('operator', { action: 'listTasks' }, validators.ListTasksReply);

export const openCase = (id: string): Promise<Called<OpenCaseReply>> =>
  call('operator', { action: 'openCase', case: id }, validators.OpenCaseReply);

export const openPicture = (request: WithoutAction<OpenPictureRequest>): Promise<Called<OpenPictureReply>> =>
  call('operator', { action: 'openPicture', ...request }, validators.OpenPictureReply);

export const acceptCase = (id: string): Promise<Called<AcceptCaseReply>> =>
  call('operator', { action: 'acceptCase', case: id }, validators.AcceptCaseReply);

export const refuseCase = (request: WithoutAction<RefuseCaseRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'refuseCase', ...request }, validators.DoneReply);

export const openApplication = (partner: string): Promise<Called<OpenApplicationReply>> =>
  call('operator', { action: 'openApplication', partner }, validators.OpenApplicationReply);

export const approvePartner = (request: WithoutAction<ApprovePartnerRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'approvePartner', ...request }, validators.DoneReply);

export const refusePartner = (request: WithoutAction<RefusePartnerRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'refusePartner', ...request }, validators.DoneReply);

/** Looks a card up by its exact reference; the holder's history tells of it. */
export const findCard = (request: WithoutAction<FindCardRequest>): Promise<Called<FindCardReply>> =>
  call('operator', { action: 'findCard', ...request }, validators.FindCardReply);

export const holdCard = (request: WithoutAction<HoldCardRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'holdCard', ...request }, validators.DoneReply);

export const releaseCard = (card: string): Promise<Called<DoneReply>> =>
  call('operator', { action: 'releaseCard', card }, validators.DoneReply);

export const listActs = (): Promise<Called<ListActsReply>> =>
  call('operator', { action: 'listActs' }, validators.ListActsReply);

export const proposeAct = (request: WithoutAction<ProposeActRequest>): Promise<Called<ProposeActReply>> =>
  call('operator', { action: 'proposeAct', ...request }, validators.ProposeActReply);

export const confirmAct = (request: WithoutAction<ConfirmActRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'confirmAct', ...request }, validators.DoneReply);

export const withdrawAct = (proposal: string): Promise<Called<DoneReply>> =>
  call('operator', { action: 'withdrawAct', proposal }, validators.DoneReply);

/** Opens a visitor's card or case by the number that they read out; the history of who it is about tells of it. */
export const receiveVisitor = (number: string): Promise<Called<ReceiveVisitorReply>> =>
  call('operator', { action: 'receiveVisitor', number }, validators.ReceiveVisitorReply);

/** Opens the card of a visitor without a phone by the kill code that they brought. */
export const receiveByCode = (killCode: KillCode): Promise<Called<ReceiveVisitorReply>> =>
  call('operator', { action: 'receiveByCode', killCode }, validators.ReceiveVisitorReply);

export const raiseVisitor = (request: WithoutAction<RaiseVisitorRequest>): Promise<Called<DoneReply>> =>
  call('operator', { action: 'raiseVisitor', ...request }, validators.DoneReply);

/** Proposes that everything of the visitor is deleted. */
export const deleteVisitor = (request: WithoutAction<DeleteVisitorRequest>): Promise<Called<DeleteVisitorReply>> =>
  call('operator', { action: 'deleteVisitor', ...request }, validators.DeleteVisitorReply);

export const getFigures = (): Promise<Called<GetFiguresReply>> =>
  call('operator', { action: 'getFigures' }, validators.GetFiguresReply);

/** The service's own keys, by their names. */
export const listKeys = (): Promise<Called<ListKeysReply>> =>
  call('operator', { action: 'listKeys' }, validators.ListKeysReply);

/** The servers of a partner, by its exact id. */
export const listInstitutions = (partner: string): Promise<Called<ListInstitutionsReply>> =>
  call('operator', { action: 'listInstitutions', partner }, validators.ListInstitutionsReply);

export const listMassActs = (): Promise<Called<ListMassActsReply>> =>
  call('operator', { action: 'listMassActs' }, validators.ListMassActsReply);

export const listAlarms = (): Promise<Called<ListAlarmsReply>> =>
  call('operator', { action: 'listAlarms' }, validators.ListAlarmsReply);

export const closeAlarm = (alarm: string): Promise<Called<DoneReply>> =>
  call('operator', { action: 'closeAlarm', alarm }, validators.DoneReply);

export const listAudit = (request: WithoutAction<ListAuditRequest>): Promise<Called<ListAuditReply>> =>
  call('operator', { action: 'listAudit', ...request }, validators.ListAuditReply);
