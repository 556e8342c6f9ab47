import { keys, massActs } from '../../support/journey/console-replies';
import { WxFailure } from './fake-wx';
import { moves, type OpenPage } from './open-page';
import { chosen, giveOperatorPhone, openConsole, tapped, typed, type OperatorPhone } from './operator-phone';
import { refused } from './replies';

const NOW = Date.now();
const [coming, signing, , stolen] = keys(NOW).keys.map(({ kid }) => kid) as [string, string, string, string];

const who = (changes: object = {}) => ({
  ok: true,
  operator: 'f'.repeat(32),
  role: 'security',
  may: ['seeKeys', 'seeMassActs'],
  acts: ['revoke_card', 'revoke_cards', 'renew_cards'],
  ...changes,
});
const auditor = who({ role: 'auditor', acts: [] });
const proposed = { ok: true, proposal: '9'.repeat(32), hash: 'ab'.repeat(32), expiresAt: NOW };

let operator: OperatorPhone;
const serve = (changes: object = {}): void =>
  operator.serve({ describeOperator: who(), listKeys: keys(NOW), listMassActs: massActs(NOW), ...changes });

beforeEach(() => {
  operator = giveOperatorPhone();
});

describe('the page of the keys', () => {
  const opened = async (): Promise<OpenPage> => {
    const page = await openConsole('keys');
    await page.tell('onShow');
    return page;
  };

  it('shows keys and acts, and leads with a key to the act on its cards', async () => {
    serve();
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'list', canPropose: true });
    expect(page.data['cardKeys']).toHaveLength(5);
    expect(page.data['receiptKeys']).toMatchObject([{ canRevoke: false, canRenew: false }]);
    expect(page.data['acts']).toMatchObject([{ isDone: false, percent: 64 }, { isDone: true }, { isDone: true }]);
    await page.tell('onAct', tapped({ kind: 'renew_cards', kid: stolen }));
    await page.tell('onPropose');
    await page.tell('onAct', tapped({ kind: 'anything', kid: stolen }));
    expect(moves).toEqual([
      `open /packages/operator/mass-act/mass-act?kind=renew_cards&kid=${stolen}`,
      'open /packages/operator/mass-act/mass-act',
    ]);
  });

  it('tells how far an act is whenever it is looked at again', async () => {
    serve({ listMassActs: { ok: true, acts: [] } });
    const page = await opened();
    expect(page.data['acts']).toEqual([]);
    serve();
    await page.tell('onPullDownRefresh');
    expect(page.data['acts']).toHaveLength(3);
    serve({ listMassActs: { ok: true, acts: [] } });
    await page.tell('onShow');
    expect(page.data['acts']).toEqual([]);
  });

  it('shows an auditor the same, and offers nothing', async () => {
    serve({ describeOperator: auditor });
    const page = await opened();
    expect(page.data['canPropose']).toBe(false);
    expect(page.data['acts']).toHaveLength(3);
    expect(page.data['cardKeys']).toHaveLength(5);
    expect(JSON.stringify(page.data['cardKeys'])).not.toMatch(/"can(Revoke|Renew)":true/);
  });

  it('shows the keys where the acts cannot be read, and says so; without keys it has failed', async () => {
    serve({ listMassActs: refused('internal') });
    const page = await opened();
    expect(page.data).toMatchObject({ state: 'list', acts: null });
    serve({ listKeys: refused('internal') });
    await page.tell('onRetry');
    expect(page.data['state']).toBe('failed');
    operator.phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await page.tell('onRetry');
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
  });
});

describe('the page of an act on many cards', () => {
  it('proposes what was summed up, once, and leads to where another operator confirms it', async () => {
    serve({ proposeAct: proposed });
    const page = await openConsole('mass-act', { kind: 'renew_cards', kid: stolen });
    expect(page.data).toMatchObject({ state: 'form', draft: { kind: 'renew_cards', by: 'kid', kid: stolen } });
    await page.tell('onPropose');
    expect(operator.sent('proposeAct')).toEqual([]);
    await page.tell('onCheck');
    expect(page.data['state']).toBe('check');
    expect(JSON.stringify(page.data['summary'])).toContain(stolen);
    await Promise.all([page.tell('onPropose'), page.tell('onPropose')]);
    expect(operator.sent('proposeAct')).toEqual([
      { action: 'proposeAct', kind: 'renew_cards', target: { by: 'kid', kid: stolen }, reason: 'issuer_compromised' },
    ]);
    expect(moves).toEqual(['replace /packages/operator/acts/acts']);
  });

  it('revokes by days of China, and says what is missing until then', async () => {
    serve({ proposeAct: proposed });
    const page = await openConsole('mass-act');
    const lacks = async (fault: string): Promise<void> => {
      await page.tell('onCheck');
      expect(page.data).toMatchObject({ state: 'form', fault });
    };
    await lacks('Choose an act');
    await page.tell('onAct', chosen('revoke_cards'));
    await lacks('Choose how the cards are named');
    await page.tell('onCriterion', chosen('minted'));
    await page.tell('onFirst', typed('2026-02-31'));
    await lacks('The first day is no date. Write it as 2026-11-01.');
    await page.tell('onFirst', typed('2026-02-28'));
    await page.tell('onLast', typed('2026-02-27'));
    await lacks('The last day is before the first');
    await page.tell('onLast', typed('2026-03-01'));
    await lacks('Choose a reason');
    await page.tell('onReason', chosen('obtained_by_fraud'));
    await page.tell('onCheck');
    await page.tell('onChange');
    await page.tell('onCheck');
    expect(page.data).toMatchObject({ state: 'check', fault: '' });
    await page.tell('onPropose');
    const target = {
      by: 'minted',
      from: Date.parse('2026-02-28T00:00:00+08:00'),
      to: Date.parse('2026-03-02T00:00:00+08:00'),
    };
    expect(operator.sent('proposeAct')).toMatchObject([{ kind: 'revoke_cards', target, reason: 'obtained_by_fraud' }]);
  });

  it('revokes by an office, and by a key', async () => {
    serve({ proposeAct: proposed });
    for (const [by, fill] of [
      ['office', (page: OpenPage) => page.tell('onOffice', typed('西湖区公安分局'))],
      ['kid', (page: OpenPage) => page.tell('onKey', chosen(signing))],
    ] as const) {
      const page = await openConsole('mass-act', { kind: 'revoke_cards' });
      await page.tell('onCriterion', chosen(by));
      await fill(page);
      await page.tell('onReason', chosen('office_compromised'));
      await page.tell('onCheck');
      await page.tell('onPropose');
    }
    expect(operator.sent('proposeAct').map(({ target }) => target)).toEqual([
      { by: 'office', office: '西湖区公安分局' },
      { by: 'kid', kid: signing },
    ]);
  });

  it.each([coming, signing])(
    'renews no cards of a key that has not had its turn, whatever the address says',
    async (kid) => {
      serve();
      const page = await openConsole('mass-act', { kind: 'renew_cards', kid });
      expect(page.data).toMatchObject({ draft: { kid: '' } });
      await page.tell('onKey', chosen(kid));
      await page.tell('onCheck');
      expect(page.data).toMatchObject({ state: 'form', fault: 'Choose a key' });
    },
  );

  it('says why where a key has come to sign again meanwhile, and can be changed', async () => {
    serve({ proposeAct: refused('key_still_signing') });
    const page = await openConsole('mass-act', { kind: 'renew_cards', kid: stolen });
    await page.tell('onCheck');
    await page.tell('onPropose');
    expect(operator.asked.at(-1)?.content).toMatch(/Let another key sign first/);
    expect(moves).toEqual([]);
    await page.tell('onChange');
    expect(page.data).toMatchObject({ state: 'form', busy: false, draft: { kid: stolen } });
  });

  it('offers a role nothing that it may not propose', async () => {
    serve({ describeOperator: auditor });
    expect((await openConsole('mass-act', { kind: 'revoke_cards', kid: stolen })).data['state']).toBe('nothing');
    serve({ describeOperator: who({ acts: ['renew_cards'] }) });
    const page = await openConsole('mass-act', { kind: 'revoke_cards', kid: stolen });
    expect(page.data).toMatchObject({ draft: { kind: '' }, form: { acts: [{ id: 'renew_cards' }] } });
    await page.tell('onAct', chosen('revoke_cards'));
    expect(page.data).toMatchObject({ draft: { kind: '' } });
  });

  it('can be opened again where an answer was missing', async () => {
    serve({ listKeys: refused('internal') });
    const page = await openConsole('mass-act');
    expect(page.data['state']).toBe('failed');
    serve();
    await page.tell('onRetry');
    expect(page.data['state']).toBe('form');
  });
});
