import { acts, hotelApplication, tasks } from '../../support/journey/console-replies';
import { offer, WxFailure } from './fake-wx';
import { moves, type OpenPage } from './open-page';
import { chosen, giveOperatorPhone, openConsole, tapped, typed, type OperatorPhone } from './operator-phone';
import { refused } from './replies';

const CARD = '0123456789abcdef'.repeat(2);
const NOW = 1_795_000_000_000;

const who = (changes: object = {}) => ({
  ok: true,
  operator: 'f'.repeat(32),
  role: 'security',
  may: ['findCard', 'holdCard', 'seeActs'],
  acts: ['revoke_card', 'suspend_partner'],
  ...changes,
});

let operator: OperatorPhone;

beforeEach(() => {
  operator = giveOperatorPhone();
});

describe('the desk', () => {
  const desk = async (): Promise<OpenPage> => {
    const page = await openConsole('desk');
    await page.tell('onShow');
    return page;
  };

  it('says kindly who it is for to everybody else, and asks nothing more', async () => {
    operator.serve({});
    expect((await desk()).data['state']).toBe('notOperator');
    expect(operator.phone.calls.map(({ data }) => data['action'])).toEqual(['describeOperator']);
  });

  it('asks for what the role does, and one that fails hides no other', async () => {
    operator.serve({
      describeOperator: who({ may: ['decidePartners', 'seeActs'] }),
      listTasks: tasks(NOW),
      listActs: refused('internal'),
    });
    const page = await desk();
    expect(page.data).toMatchObject({ state: 'desk', registers: true, reviews: false });
    expect(page.data['rows']).toMatchObject([{ page: 'acts', count: 'not read' }]);
    expect(operator.sent('listAlarms')).toEqual([]);
    await page.tell('onApplication', tapped({ id: 'sample-hotel' }));
    expect(moves).toEqual(['open /packages/operator/application/application?reference=sample-hotel']);
  });

  it('can be opened again where there was no network', async () => {
    operator.phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    const page = await desk();
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
    operator.serve({ describeOperator: who({ may: [] }) });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('desk');
  });
});

describe('acts that take two persons', () => {
  it('are confirmed as they were shown: by their hash, after every word of them', async () => {
    operator.serve({ describeOperator: who(), listActs: acts(NOW), confirmAct: { ok: true } });
    const page = await openConsole('acts');
    await page.tell('onShow');
    operator.isAgreed = false;
    await page.tell('onConfirm', tapped({ proposal: '1'.repeat(32) }));
    expect(operator.sent('confirmAct')).toEqual([]);
    expect(operator.asked[0]?.content).toContain('a1b2 c3d4');
    operator.isAgreed = true;
    await page.tell('onConfirm', tapped({ proposal: '1'.repeat(32) }));
    expect(operator.sent('confirmAct')).toEqual([
      { action: 'confirmAct', proposal: '1'.repeat(32), hash: '5e'.repeat(32) },
    ]);
  });

  it('are said to be done where they are, and to have begun where they are about many cards', async () => {
    const said: string[] = [];
    offer({
      showToast: ({ title }: { readonly title: string }) => {
        said.push(title);
      },
    });
    const [one] = acts(NOW).acts;
    const many = { ...one, proposal: '4'.repeat(32), kind: 'renew_cards', target: { by: 'kid', kid: 'key-a' } };
    const listed = { ok: true, acts: [one, { ...many, reason: 'issuer_compromised' }] };
    operator.serve({ describeOperator: who(), listActs: listed, confirmAct: { ok: true } });
    const page = await openConsole('acts');
    await page.tell('onShow');
    for (const proposal of ['1', '4']) await page.tell('onConfirm', tapped({ proposal: proposal.repeat(32) }));
    expect(said).toEqual(['Carried out', 'Begun']);
  });

  it('are told as failed where either answer is missing', async () => {
    operator.serve({ describeOperator: who(), listActs: refused('internal') });
    const page = await openConsole('acts');
    await page.tell('onShow');
    expect(page.data['state']).toBe('failed');
    operator.serve({ listActs: acts(NOW) });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('failed');
  });

  it('are proposed with whole id and reason', async () => {
    operator.serve({
      describeOperator: who(),
      proposeAct: { ok: true, proposal: '9'.repeat(32), hash: 'ab'.repeat(32), expiresAt: NOW },
    });
    const page = await openConsole('propose', { kind: 'revoke_card', reference: CARD });
    await page.tell('onPropose');
    expect(page.data['fault']).toBe('Choose a reason');
    await page.tell('onReason', chosen('obtained_by_fraud'));
    await page.tell('onType', typed('0123'));
    await page.tell('onPropose');
    expect(operator.sent('proposeAct')).toEqual([]);
    await page.tell('onType', typed(CARD));
    await page.tell('onPropose');
    expect(operator.sent('proposeAct')).toEqual([
      { action: 'proposeAct', kind: 'revoke_card', target: CARD, reason: 'obtained_by_fraud' },
    ]);
    expect(page.data['state']).toBe('done');
  });

  it('are not offered to a role that has none, whatever the address says', async () => {
    operator.serve({ describeOperator: who({ role: 'auditor', acts: [] }) });
    const page = await openConsole('propose', { kind: 'revoke_card', reference: CARD });
    expect(page.data).toMatchObject({ state: 'nothing', kind: '' });
  });

  it('forget the reason of another kind', async () => {
    operator.serve({ describeOperator: who() });
    const page = await openConsole('propose', { kind: 'revoke_card' });
    await page.tell('onReason', chosen('obtained_by_fraud'));
    await page.tell('onAct', chosen('suspend_partner'));
    expect(page.data).toMatchObject({ reason: '', form: { targetName: 'Partner id' } });
  });
});

describe('the page of an application', () => {
  it('grants what is left of it', async () => {
    operator.serve({ openApplication: hotelApplication, approvePartner: { ok: true } });
    const page = await openConsole('application', { reference: 'sample-hotel' });
    await page.tell('onClaim', tapped({ purpose: 'parcel-pickup', claim: 'masked_number' }));
    await page.tell('onClaim', tapped({ purpose: 'parcel-pickup', claim: 'address' }));
    await page.tell('onPerDay', { currentTarget: { dataset: { purpose: 'parcel-pickup' } }, detail: { value: '40' } });
    await page.tell('onPurpose', tapped({ purpose: 'age-check' }));
    await page.tell('onApprove');
    expect(operator.sent('approvePartner')).toEqual([
      {
        action: 'approvePartner',
        partner: 'sample-hotel',
        askedAt: hotelApplication.askedAt,
        grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 40 }],
      },
    ]);
    expect(moves).toEqual(['back']);
  });
});

describe('the audit page', () => {
  it('reads on where it ended, and keeps what it has when that fails', async () => {
    const entry = (id: string, at: number) => ({
      id: id.repeat(32),
      at,
      salt: 'A'.repeat(22),
      content: '{"happening":{"kind":"audit_read"}}',
    });
    const next = { at: NOW, id: 'a'.repeat(32) };
    operator.serve({ listAudit: { ok: true, entries: [entry('a', NOW)], next } });
    const page = await openConsole('audit');
    operator.serve({ listAudit: refused('internal') });
    await page.tell('onReachBottom');
    expect(page.data).toMatchObject({ state: 'list', hasMore: true });
    operator.serve({ listAudit: { ok: true, entries: [entry('b', NOW - 1)], next: null } });
    await page.tell('onReachBottom');
    await page.tell('onReachBottom');
    expect(operator.sent('listAudit').map(({ before }) => before)).toEqual([undefined, next, next]);
    expect(page.data['days']).toMatchObject([{ acts: [{ id: 'a'.repeat(32) }, { id: 'b'.repeat(32) }] }]);
  });
});
