import type { DeletionId, IdNumber } from '../../protocol';
import { validators } from '../../protocol/wire/validators';
import { createActRecords } from '../_adapters/cloudbase/act-records';
import { openUserCall } from '../_adapters/cloudbase/caller';
import { createAlarms } from '../_adapters/cloudbase/alarms';
import { createCases } from '../_adapters/cloudbase/cases';
import { createEvents } from '../_adapters/cloudbase/events';
import { createOpenReviewCopy, destroyEvidence } from '../_adapters/cloudbase/evidence';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { registrations } from '../_adapters/cloudbase/institutions';
import { massActs } from '../_adapters/cloudbase/mass-acts';
import { createMembers } from '../_adapters/cloudbase/members';
import { createOperators } from '../_adapters/cloudbase/operators';
import { createOversight } from '../_adapters/cloudbase/oversight';
import { loadPartners } from '../_adapters/cloudbase/partners';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { createVisits } from '../_adapters/cloudbase/visits';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { DELETIONS_PATH } from '../_adapters/crypto/deletion-issuer';
import { sha256 } from '../_adapters/crypto/es256';
import { readPublicIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { action, serve } from '../_adapters/runtime/serve';
import { closeOpenAlarm, listOpenAlarms } from '../_core/operators/alarms';
import { approveApplication, listTasks, openApplication, refuseApplication } from '../_core/operators/applications';
import { findCard, holdCard, noteReadingOf, releaseCard } from '../_core/operators/card-acts';
import { createCarryOut } from '../_core/operators/carry-out';
import { acceptCase, refuseCase } from '../_core/operators/decide-case';
import { describeOperator } from '../_core/operators/describe-operator';
import { listInstitutions } from '../_core/operators/list-institutions';
import { listKeys } from '../_core/operators/list-keys';
import { listMassActs } from '../_core/operators/list-mass-acts';
import { getFigures, listAudit } from '../_core/operators/oversight';
import { confirmAct, listActs, proposeAct, withdrawAct } from '../_core/operators/propose';
import { receiveByCode, receiveVisitor } from '../_core/operators/visit';
import { deleteVisitor, raiseVisitor } from '../_core/operators/visitor-acts';
import { openCase, openPicture } from '../_core/operators/review';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));
const issuer = required('ISSUER');
const cardKeys = readPublicIssuerKeys(required('ISSUER_PUBLIC_KEYS'));
const receiptKeys = readPublicIssuerKeys(required('RECEIPT_PUBLIC_KEYS'));
const events = createEvents(sealing);

const stored = {
  now,
  today,
  randomBytes,
  sha256,
  ...events,
  ...createActRecords(events),
  ...createCases(sealing),
  ...createIdentities(sealing),
  ...createRegisteredPartners(),
  ...createMembers(),
  ...createOperators(),
  ...createAlarms(),
  loadPartners,
  ...createOversight(),
  ...createVisits(),
  ...massActs,
  ...registrations,
  issuer,
  officeKeyOf: index.ofOffice,
  describeCardKeys: cardKeys.described,
  describeReceiptKeys: receiptKeys.described,
  visitIdOf: index.ofVisit,
  killCodeKeyOf: index.ofKillCode,
  proofAddressOf: (id: DeletionId) => `${issuer}${DELETIONS_PATH}${id}`,
  destroyEvidence,
  openReviewCopy: createOpenReviewCopy(sealing),
};

const ports = {
  ...stored,
  loadIdentityOfNumber: (number: IdNumber) => stored.loadIdentity(index.ofNumber(number)),
  // Whoever signs the proof of a deletion could sign a card, and that key is not here: the job deletes.
  carryOut: createCarryOut({ ...stored, deleteCard: () => Promise.resolve('later' as const) }),
  noteReading: async (number: IdNumber) => {
    await noteReadingOf(stored, () => stored.loadIdentity(index.ofNumber(number)), 'reviewer');
  },
};

/** What the issuer's operators may ask. */
export const main = serve('operator', openUserCall(index), {
  describeOperator: action(validators.DescribeOperatorRequest, (account) => describeOperator(ports, account)),
  listTasks: action(validators.ListTasksRequest, (account) => listTasks(ports, account)),
  openCase: action(validators.OpenCaseRequest, (account, request) => openCase(ports, account, request)),
  openPicture: action(validators.OpenPictureRequest, (account, request) => openPicture(ports, account, request)),
  acceptCase: action(validators.AcceptCaseRequest, (account, request) => acceptCase(ports, account, request)),
  refuseCase: action(validators.RefuseCaseRequest, (account, request) => refuseCase(ports, account, request)),
  openApplication: action(validators.OpenApplicationRequest, (account, request) =>
    openApplication(ports, account, request),
  ),
  approvePartner: action(validators.ApprovePartnerRequest, (account, request) =>
    approveApplication(ports, account, request),
  ),
  refusePartner: action(validators.RefusePartnerRequest, (account, request) =>
    refuseApplication(ports, account, request),
  ),
  findCard: action(validators.FindCardRequest, (account, request) => findCard(ports, account, request)),
  holdCard: action(validators.HoldCardRequest, (account, request) => holdCard(ports, account, request)),
  releaseCard: action(validators.ReleaseCardRequest, (account, request) => releaseCard(ports, account, request)),
  proposeAct: action(validators.ProposeActRequest, (account, request) => proposeAct(ports, account, request)),
  confirmAct: action(validators.ConfirmActRequest, (account, request) => confirmAct(ports, account, request)),
  withdrawAct: action(validators.WithdrawActRequest, (account, request) => withdrawAct(ports, account, request)),
  receiveVisitor: action(validators.ReceiveVisitorRequest, (account, request) =>
    receiveVisitor(ports, account, request),
  ),
  receiveByCode: action(validators.ReceiveByCodeRequest, (account, request) => receiveByCode(ports, account, request)),
  raiseVisitor: action(validators.RaiseVisitorRequest, (account, request) => raiseVisitor(ports, account, request)),
  deleteVisitor: action(validators.DeleteVisitorRequest, (account, request) => deleteVisitor(ports, account, request)),
  getFigures: action(validators.GetFiguresRequest, (account) => getFigures(ports, account)),
  listKeys: action(validators.ListKeysRequest, (account) => listKeys(ports, account)),
  listInstitutions: action(validators.ListInstitutionsRequest, (account, request) =>
    listInstitutions(ports, account, request),
  ),
  listMassActs: action(validators.ListMassActsRequest, (account) => listMassActs(ports, account)),
  listAudit: action(validators.ListAuditRequest, (account, request) => listAudit(ports, account, request)),
  listAlarms: action(validators.ListAlarmsRequest, (account) => listOpenAlarms(ports, account)),
  closeAlarm: action(validators.CloseAlarmRequest, (account, request) => closeOpenAlarm(ports, account, request)),
  listActs: action(validators.ListActsRequest, (account) => listActs(ports, account)),
});
