import { institutionActs } from '../../../protocol';
import { acts } from '../../support/journey/console-replies';
import { pastedKeys, registrationAct, servers } from '../../support/journey/server-replies';
import { WxFailure } from './fake-wx';
import { moves, type OpenPage } from './open-page';
import { chosen, giveOperatorPhone, openConsole, tapped, typed, type OperatorPhone } from './operator-phone';
import { refused } from './replies';

const who = (changes: object = {}) => ({
  ok: true,
  operator: 'f'.repeat(32),
  role: 'partners',
  may: ['seeInstitutions', 'seeActs'],
  acts: ['suspend_partner', ...institutionActs],
  ...changes,
});
const auditor = who({ role: 'auditor', acts: [] });
const proposed = { ok: true, proposal: '9'.repeat(32), hash: 'ab'.repeat(32), expiresAt: Date.now() };

let operator: OperatorPhone;
const serve = (changes: object = {}): void =>
  operator.serve({ describeOperator: who(), listInstitutions: servers, proposeAct: proposed, ...changes });

beforeEach(() => {
  operator = giveOperatorPhone();
});

describe('the page of a partner’s servers', () => {
  const found = async (): Promise<OpenPage> => {
    const page = await openConsole('servers');
    await page.tell('onShow');
    await page.tell('onType', typed(' Minjiang-Bank'));
    await page.tell('onSearch');
    return page;
  };

  it('shows them by the partner’s exact id, and leads to what can be proposed', async () => {
    serve();
    const page = await found();
    expect(operator.sent('listInstitutions')).toEqual([{ action: 'listInstitutions', partner: 'minjiang-bank' }]);
    expect(page.data).toMatchObject({ outcome: 'list', name: 'Minjiang Bank', canRegister: true, canPropose: true });
    expect(page.data['servers']).toMatchObject([{ client: 'bank-app' }, { client: 'bank-branches', isActive: false }]);
    await page.tell('onChange', tapped({ client: 'bank-app' }));
    await page.tell('onChange', tapped({ client: 'no client' }));
    await page.tell('onRegister');
    expect(moves).toEqual([
      'open /packages/operator/server-act/server-act?reference=minjiang-bank&client=bank-app',
      'open /packages/operator/server-act/server-act?reference=minjiang-bank',
    ]);
  });

  it('shows what was confirmed meanwhile when it is come back to', async () => {
    serve();
    const page = await found();
    serve({ listInstitutions: { ...servers, isActive: false, institutions: [] } });
    await page.tell('onShow');
    expect(page.data).toMatchObject({ servers: [], isActive: false, canRegister: false });
  });

  it('asks for no half id, and says where there is no such partner', async () => {
    serve({ listInstitutions: refused('not_found') });
    const page = await openConsole('servers', { reference: 'a/b' });
    await page.tell('onSearch');
    expect(page.data).toMatchObject({ fault: 'The id is not whole. Check it.' });
    expect(operator.sent('listInstitutions')).toEqual([]);
    await page.tell('onType', typed('nobody'));
    await page.tell('onSearch');
    expect(page.data).toMatchObject({ outcome: 'missing', fault: '' });
  });

  it('offers an auditor nothing, and says where it could not be read', async () => {
    serve({ describeOperator: auditor });
    expect((await found()).data).toMatchObject({ outcome: 'list', canPropose: false, canRegister: false });
    serve({ listInstitutions: refused('not_permitted') });
    expect((await found()).data).toMatchObject({ outcome: '', servers: [] });
    expect(operator.asked).toHaveLength(1);
  });
});

describe('the page of an act on a server', () => {
  const open = (client?: string) =>
    openConsole('server-act', { reference: 'minjiang-bank', ...(client && { client }) });

  it('registers what was summed up, once, and leads to where another operator confirms it', async () => {
    serve();
    const page = await open();
    expect(page.data).toMatchObject({
      state: 'form',
      draft: { kind: 'register_institution' },
      subject: 'Minjiang Bank',
    });
    const lacks = async (fault: RegExp): Promise<void> => {
      await page.tell('onCheck');
      expect(page.data).toMatchObject({ state: 'form' });
      expect(page.data['fault']).toMatch(fault);
    };
    await lacks(/what it is for/);
    await page.tell('onUse', chosen('sandbox'));
    await page.tell('onUse', chosen('live'));
    await page.tell('onUse', chosen('another'));
    await lacks(/No key was read/);
    await page.tell('onClient', typed('bank-tills'));
    await page.tell('onKeys', typed(pastedKeys));
    await page.tell('onRedirectUris', typed('http://bank.example/'));
    await lacks(/A way back is https/);
    await page.tell('onRedirectUris', typed('https://bank.example/back'));
    await page.tell('onEvents', typed('https://bank.example/in'));
    await page.tell('onPropose');
    expect(operator.sent('proposeAct')).toEqual([]);
    await page.tell('onCheck');
    expect(page.data['state']).toBe('check');
    // The thumbprint of RFC 7517's example.
    expect(JSON.stringify(page.data['summary'])).toContain('cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s');
    await Promise.all([page.tell('onPropose'), page.tell('onPropose')]);
    const { use: _use, alg: _alg, ...key } = (JSON.parse(pastedKeys) as { keys: [Record<string, string>] }).keys[0];
    expect(operator.sent('proposeAct')).toEqual([
      {
        action: 'proposeAct',
        kind: 'register_institution',
        target: {
          ...{ partner: 'minjiang-bank', use: 'live', client: 'bank-tills', keys: [key] },
          ...{ redirectUris: ['https://bank.example/back'], events: { url: 'https://bank.example/in' } },
        },
        reason: 'contract_seen',
      },
    ]);
    expect(moves).toEqual(['replace /packages/operator/acts/acts']);
  });

  it('keeps no private key that was pasted by mistake', async () => {
    serve();
    const page = await open();
    await page.tell('onUse', chosen('live'));
    await page.tell('onKeys', typed(JSON.stringify({ ...(JSON.parse(pastedKeys) as object), d: 'secret-part' })));
    await page.tell('onKeys', typed(JSON.stringify({ kty: 'EC', crv: 'P-256', d: 'secret-part' })));
    await page.tell('onCheck');
    expect(page.data['fault']).toMatch(/private key/);
    expect(JSON.stringify(page.data)).not.toContain('secret-part');
  });

  it('withdraws a key of a server that is there', async () => {
    serve();
    const page = await open('bank-app');
    expect(page.data).toMatchObject({
      draft: { kind: '' },
      form: { acts: institutionActs.slice(1).map((id) => ({ id })) },
    });
    await page.tell('onAct', chosen('register_institution'));
    expect(page.data).toMatchObject({ draft: { kind: '' } });
    await page.tell('onAct', chosen('withdraw_institution_key'));
    await page.tell('onKid', chosen('2026'));
    await page.tell('onReason', chosen('key_exposed'));
    await page.tell('onCheck');
    await page.tell('onChange');
    await page.tell('onCheck');
    await page.tell('onPropose');
    const target = { client: 'bank-app', kid: '2026' };
    expect(operator.sent('proposeAct')).toMatchObject([
      { kind: 'withdraw_institution_key', target, reason: 'key_exposed' },
    ]);
  });

  it('says why it could not be proposed, and can be changed', async () => {
    serve({ proposeAct: refused('client_id_taken') });
    const page = await open();
    await page.tell('onUse', chosen('live'));
    await page.tell('onKeys', typed(pastedKeys));
    await page.tell('onCheck');
    await page.tell('onPropose');
    expect(operator.asked.at(-1)?.content).toMatch(/client id is taken/);
    expect(moves).toEqual([]);
    await page.tell('onChange');
    expect(page.data).toMatchObject({ state: 'form', busy: false });
  });

  it.each([
    ['a role that proposes none', { describeOperator: auditor }, 'bank-app'],
    ['a server that has ended', {}, 'bank-branches'],
    ['a server that is not there', {}, 'another'],
  ])('offers nothing for %s', async (_, replies, client) => {
    serve(replies);
    expect((await open(client)).data['state']).toBe('nothing');
  });

  it('can be opened again where an answer was missing', async () => {
    serve({ listInstitutions: refused('internal') });
    const page = await open();
    expect(page.data['state']).toBe('failed');
    operator.phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await page.tell('onRetry');
    expect(page.data).toMatchObject({ state: 'failed', failure: { title: 'No connection' } });
    serve();
    await page.tell('onRetry');
    expect(page.data['state']).toBe('form');
  });
});

describe('the page of acts of two persons', () => {
  it('shows a registration whole, with thumbprints that the phone makes itself', async () => {
    const now = Date.now();
    operator.serve({
      describeOperator: who(),
      listActs: { ...acts(now), acts: [registrationAct(now)] },
      confirmAct: { ok: true },
    });
    const page = await openConsole('acts');
    await page.tell('onShow');
    const [act] = page.data['acts'] as [{ proposal: string }];
    await page.tell('onConfirm', tapped({ proposal: act.proposal }));
    expect(operator.asked[0]?.content).toContain('cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s');
    expect(operator.sent('confirmAct')).toEqual([
      { action: 'confirmAct', proposal: act.proposal, hash: registrationAct(now).hash },
    ]);
  });
});
