import {
  criticalActs,
  mayActCritically,
  mayOperate,
  operatorActions,
  operatorRoles,
  type AccountKey,
  type ListAuditReply,
  type OperatorAction,
} from '../../../protocol';
import { closeOpenAlarm, listOpenAlarms } from '../../../cloudfunctions/_core/operators/alarms';
import {
  approveApplication,
  listTasks,
  openApplication,
  refuseApplication,
} from '../../../cloudfunctions/_core/operators/applications';
import { findCard, holdCard, releaseCard } from '../../../cloudfunctions/_core/operators/card-acts';
import { acceptCase, refuseCase } from '../../../cloudfunctions/_core/operators/decide-case';
import { describeOperator } from '../../../cloudfunctions/_core/operators/describe-operator';
import { listInstitutions } from '../../../cloudfunctions/_core/operators/list-institutions';
import { listKeys } from '../../../cloudfunctions/_core/operators/list-keys';
import { listMassActs } from '../../../cloudfunctions/_core/operators/list-mass-acts';
import { getFigures, listAudit } from '../../../cloudfunctions/_core/operators/oversight';
import { listActs } from '../../../cloudfunctions/_core/operators/propose';
import { openCase, openPicture } from '../../../cloudfunctions/_core/operators/review';
import { levelOf } from '../../../cloudfunctions/_core/operators/stored-faces';
import { receiveByCode, receiveVisitor } from '../../../cloudfunctions/_core/operators/visit';
import { deleteVisitor, raiseVisitor } from '../../../cloudfunctions/_core/operators/visitor-acts';
import type { Result } from '../../../cloudfunctions/_core/result';
import { createCardActsWorld } from '../../support/card-acts-world';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import {
  createOperatorWorld,
  loadOperator,
  loadOperatorById,
  operatorIdOf,
  operatorOf,
} from '../../support/operator-world';
import { createPartnerWorld } from '../../support/partner-store';
import { createReviewWorld } from '../../support/review-world';

const id = 'f'.repeat(32);
const seen = { number: '00000000', lastFour: '0000', personSeen: true, documentSeen: true } as const;

/** Every action of an operator's as a call, on a service that holds nothing to act upon. */
const createCalls = () => {
  const cards = createCardActsWorld();
  const { reviewPorts } = createReviewWorld();
  const proposals = createOperatorWorld().ports;
  const listCases = () => Promise.resolve([]);
  const listApplications = () => Promise.resolve([]);
  const { loadIdentityOfAccount } = reviewPorts;
  const desk = { loadOperator, loadOperatorById, loadIdentityOfAccount, listCases, listApplications };
  const applications = { ...createPartnerWorld().ports, ...desk };
  const grants = [{ purpose: 'parcel-pickup' as const, claims: ['masked_name' as const], perDay: 1 }];
  const calls: Readonly<Record<string, readonly [OperatorAction, (by: AccountKey) => Promise<Result<unknown>>]>> = {
    openCase: ['reviewCases', (by) => openCase(reviewPorts, by, { action: 'openCase', case: id })],
    openPicture: [
      'reviewCases',
      (by) => openPicture(reviewPorts, by, { action: 'openPicture', case: id, picture: 0, part: 0 }),
    ],
    acceptCase: ['reviewCases', (by) => acceptCase(reviewPorts, by, { action: 'acceptCase', case: id })],
    refuseCase: [
      'reviewCases',
      (by) => refuseCase(reviewPorts, by, { action: 'refuseCase', case: id, reason: 'not_live' }),
    ],
    openApplication: [
      'decidePartners',
      (by) => openApplication(applications, by, { action: 'openApplication', partner: id }),
    ],
    approvePartner: [
      'decidePartners',
      (by) => approveApplication(applications, by, { action: 'approvePartner', partner: id, askedAt: 0, grants }),
    ],
    refusePartner: [
      'decidePartners',
      (by) => refuseApplication(applications, by, { action: 'refusePartner', partner: id, reason: 'other_business' }),
    ],
    holdCard: ['holdCard', (by) => holdCard(cards.ports, by, { action: 'holdCard', card: id, reason: 'inquiry' })],
    releaseCard: ['holdCard', (by) => releaseCard(cards.ports, by, { action: 'releaseCard', card: id })],
    receiveVisitor: [
      'receiveVisitors',
      (by) => receiveVisitor(cards.ports, by, { action: 'receiveVisitor', number: '00000000' }),
    ],
    receiveByCode: [
      'receiveVisitors',
      (by) => receiveByCode(cards.ports, by, { action: 'receiveByCode', killCode: '0'.repeat(20) }),
    ],
    raiseVisitor: ['receiveVisitors', (by) => raiseVisitor(cards.ports, by, { action: 'raiseVisitor', ...seen })],
    deleteVisitor: [
      'receiveVisitors',
      (by) =>
        deleteVisitor({ ...proposals, ...cards.ports, proofAddressOf: (of) => of }, by, {
          action: 'deleteVisitor',
          ...seen,
        }),
    ],
    listActs: ['seeActs', (by) => listActs(proposals, by)],
    getFigures: ['seeFigures', (by) => getFigures(cards.ports, by)],
    listKeys: ['seeKeys', (by) => listKeys(cards.ports, by)],
    listInstitutions: [
      'seeInstitutions',
      (by) => listInstitutions({ ...proposals, listRegistrations: () => Promise.resolve([]) }, by, { partner: id }),
    ],
    listMassActs: ['seeMassActs', (by) => listMassActs(cards.ports, by)],
    listAlarms: ['seeAlarms', (by) => listOpenAlarms(cards.ports, by)],
    closeAlarm: ['closeAlarm', (by) => closeOpenAlarm(cards.ports, by, { action: 'closeAlarm', alarm: id })],
    listAudit: ['seeAudit', (by) => listAudit(cards.ports, by, { action: 'listAudit' })],
  };
  return { calls, cards, applications };
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

describe('the table of operators’ roles', () => {
  it('is what every action keeps to, for every role and for nobody', async () => {
    const { calls } = createCalls();
    for (const [name, [action, call]] of Object.entries(calls)) {
      for (const role of operatorRoles) {
        const isAllowed = codeOf(await call(operatorOf(role))) !== 'not_permitted';
        expect({ name, role, isAllowed }).toEqual({ name, role, isAllowed: mayOperate(role, action) });
      }
      expect({ name, code: codeOf(await call(accountOf(1))) }).toEqual({ name, code: 'not_permitted' });
    }
    const covered = new Set([...Object.values(calls).map(([action]) => action), 'findCard']);
    expect([...covered].sort()).toEqual([...operatorActions].sort());
  });

  it('is what an operator is told of, and nobody else is told anything', async () => {
    const { ports } = createOperatorWorld();
    for (const role of operatorRoles) {
      expect(valueOf(await describeOperator(ports, operatorOf(role, 1)))).toEqual({
        ok: true,
        operator: operatorIdOf(role, 1),
        role,
        may: operatorActions.filter((action) => mayOperate(role, action)),
        acts: criticalActs.filter((act) => mayActCritically(role, act)),
      });
    }
    expect(codeOf(await describeOperator(ports, accountOf(1)))).toBe('not_permitted');
  });

  it('names for each role what it is for', () => {
    expect(operatorRoles.map((role) => [role, operatorActions.filter((action) => mayOperate(role, action))])).toEqual([
      ['reviewer', ['reviewCases']],
      ['counter', ['seeActs', 'receiveVisitors']],
      ['partners', ['decidePartners', 'seeActs', 'seeInstitutions', 'seeAlarms', 'closeAlarm']],
      [
        'security',
        [
          'findCard',
          'holdCard',
          'seeActs',
          'seeFigures',
          'seeKeys',
          'seeInstitutions',
          'seeMassActs',
          'seeAlarms',
          'closeAlarm',
        ],
      ],
      ['auditor', ['seeActs', 'seeFigures', 'seeKeys', 'seeInstitutions', 'seeMassActs', 'seeAlarms', 'seeAudit']],
    ]);
  });

  it('gives tasks to reviewers and to who registers partners, and looking up to security alone', async () => {
    const { cards, applications } = createCalls();
    for (const role of operatorRoles) {
      const tasks = codeOf(await listTasks(applications, operatorOf(role)));
      expect(tasks).toBe(role === 'reviewer' || role === 'partners' ? 'ok' : 'not_permitted');
      const reference = cards.identity().card.id;
      const found = codeOf(
        await findCard(cards.ports, operatorOf(role), { action: 'findCard', by: 'card', reference }),
      );
      expect(found).toBe(role === 'security' ? 'ok' : 'not_found');
    }
    expect(codeOf(await listTasks(applications, accountOf(1)))).toBe('not_permitted');
  });
});

describe('figures', () => {
  it('count faces where they are stored, and say when there are many', async () => {
    const { ports } = createCardActsWorld();
    const figures = valueOf(await getFigures(ports, operatorOf('auditor')));
    expect(figures).toMatchObject({ storedFaces: 4, facesLevel: 'below' });
    expect([79_999, 80_000, 99_999, 100_000].map(levelOf)).toEqual(['below', 'near', 'near', 'reached']);
  });
});

describe('the audit', () => {
  it('is read in pages that leave nothing out, and reading it leaves an entry', async () => {
    const { ports, acts, clock } = createCardActsWorld();
    for (let at = 0; at < 120; at += 1) {
      if (at % 7 === 0) clock.advance(1);
      await holdCard(ports, operatorOf('security'), { action: 'holdCard', card: id, reason: 'inquiry' });
    }
    const written: readonly string[] = acts().map((act) => act.id);
    clock.advance(1);
    const seen: string[] = [];
    let page: ListAuditReply = { ok: true, entries: [], next: { at: clock.now(), id: 'f'.repeat(32) } };
    while (page.next) {
      page = valueOf(await listAudit(ports, operatorOf('auditor'), { action: 'listAudit', before: page.next }));
      seen.push(...page.entries.map((entry) => entry.id));
    }
    expect(seen.filter((entry) => written.includes(entry)).sort()).toEqual([...written].sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(acts().some(({ happening }) => happening.kind === 'audit_read')).toBe(true);
  });
});
