import { institutionActs, validators, type InstitutionActKind, type WaitingAct } from '../../../protocol';
import { askedOfAct, tellAct, type ActView } from '../../../miniprogram/presenters/critical-acts';
import {
  draftOf,
  institutionKinds,
  kindsFor,
  readInstitutionDraft,
  sumUpInstitution,
  tellInstitutionForm,
  type FormSubject,
  type InstitutionDraft,
} from '../../../miniprogram/presenters/institution-form';
import { readKeyPaste } from '../../../miniprogram/presenters/key-paste';
import { listedServer, tellServers } from '../../../miniprogram/presenters/servers';
import { auditDays } from '../../../miniprogram/presenters/audit';
import { pastedKeys, registrationAct, servers } from '../../support/journey/server-replies';
import { freshJwk } from '../../support/registration-store';
import { foreignTexts, languages } from './languages';

const NOW = Date.parse('2026-11-22T23:34:00+08:00');
const nameKey = ({ kid }: { readonly kid: string }): string => `print of ${kid}`;
const [ended, active] = servers.institutions;
if (!ended || !active) throw new Error('no servers');
const anew: FormSubject = { partner: 'minjiang-bank', server: null };
const about: FormSubject = { partner: 'minjiang-bank', server: listedServer(active) };
const aboutSandbox: FormSubject = {
  partner: 'minjiang-bank',
  server: listedServer({ ...active, use: 'sandbox', events: null }),
};
const [key] = (JSON.parse(pastedKeys) as { keys: Record<string, unknown>[] }).keys;
const { use: _use, alg: _alg, ...entered } = key ?? {};
const read = (subject: FormSubject, change: Partial<InstitutionDraft>) =>
  readInstitutionDraft({ ...draftOf(subject), use: 'live', ...change }, subject);

describe('keys that were pasted', () => {
  it.each([
    ['a set', pastedKeys],
    ['one key', JSON.stringify(key)],
    ['a key with more to say', JSON.stringify({ ...key, key_ops: ['verify'], x5t: 'abc' })],
  ])('are read from %s, and nothing but what is entered', (_, text) => expect(readKeyPaste(text)).toEqual([entered]));

  it.each([
    ['noKeys', ''],
    ['noKeys', 'no JSON'],
    ['noKeys', 'null'],
    ['noKeys', '{"keys":[]}'],
    ['noKeys', JSON.stringify([key])],
    ['otherKey', '{"keys":[7]}'],
    ['otherKey', '{"keys":{}}'],
    ['privateKey', JSON.stringify({ ...key, d: 'A'.repeat(43) })],
    ['privateKey', JSON.stringify({ keys: [{ kty: 'RSA' }, { ...key, d: 'A'.repeat(43) }] })],
    ['privateKey', JSON.stringify({ kty: 'oct', k: 'AAAA' })],
    ['otherKey', JSON.stringify({ ...key, crv: 'P-384' })],
    ['otherKey', JSON.stringify({ ...key, x: 'A'.repeat(43) })],
    ['otherKey', JSON.stringify({ ...key, use: 'enc' })],
    ['otherKey', JSON.stringify({ ...key, alg: 'ES384' })],
    ['unnamed', JSON.stringify({ ...key, kid: undefined })],
    ['unnamed', JSON.stringify({ ...key, kid: 'a key' })],
    ['twice', JSON.stringify({ keys: [key, key] })],
    ['twice', JSON.stringify({ keys: [key, { ...key, kid: 'another' }] })],
    ['tooMany', JSON.stringify({ keys: [1, 2, 3, 4, 5].map((kid) => ({ ...key, kid: String(kid) })) })],
  ])('are not entered: %s', (fault, text) => expect(readKeyPaste(text)).toBe(fault));
});

describe('the form of an act on a partner’s server', () => {
  it('asks for what the service takes', () => {
    const requests = [
      read(anew, { keys: pastedKeys }),
      read(anew, { keys: pastedKeys, use: 'sandbox', redirectUris: 'http://127.0.0.1:8500/back' }),
      read(anew, {
        keys: pastedKeys,
        client: ' bank-tills ',
        redirectUris: 'https://a.example/\n\n https://b.example/',
      }),
      read(about, { kind: 'add_institution_key', keys: pastedKeys }),
      read(about, { kind: 'withdraw_institution_key', kid: '2026', reason: 'key_exposed' }),
      read(about, { kind: 'move_institution', events: ' https://new.example/in ' }),
      read(about, { kind: 'end_institution', reason: 'licence_ended' }),
    ];
    for (const request of requests) {
      if (typeof request === 'string') throw new Error(request);
      expect([validators.ProposeActRequest({ action: 'proposeAct', ...request }), request]).toEqual([true, request]);
    }
    expect(requests.slice(0, 2)).toMatchObject([{ target: { use: 'live' } }, { target: { use: 'sandbox' } }]);
    expect(requests[2]).toMatchObject({
      target: { client: 'bank-tills', redirectUris: ['https://a.example/', 'https://b.example/'] },
    });
    // What was not changed of the addresses is sent again: they are changed as a whole.
    expect(requests[5]).toMatchObject({
      target: { redirectUris: active.redirectUris, events: { url: 'https://new.example/in' } },
    });
  });

  it.each<[string, FormSubject, Partial<InstitutionDraft>]>([
    ['act', about, {}],
    ['act', anew, { kind: 'end_institution', reason: 'misuse' }],
    ['use', anew, { keys: pastedKeys, use: '' }],
    ['noEvents', anew, { keys: pastedKeys, use: 'sandbox', events: 'https://a.example/in' }],
    ['noEvents', aboutSandbox, { kind: 'move_institution', events: 'https://a.example/in' }],
    ['client', anew, { keys: pastedKeys, client: 'A bank' }],
    ['noKeys', anew, {}],
    ['redirectUris', anew, { keys: pastedKeys, redirectUris: 'https://10.0.0.1/' }],
    ['redirectUris', anew, { keys: pastedKeys, redirectUris: 'https://a.example/ https://a.example/' }],
    [
      'redirectUris',
      anew,
      {
        keys: pastedKeys,
        redirectUris: Array.from({ length: 11 }, (_, at) => `https://a.example/${String(at)}`).join(' '),
      },
    ],
    ['events', anew, { keys: pastedKeys, events: 'https://a.example/#here' }],
    ['oneKey', about, { kind: 'add_institution_key', keys: JSON.stringify({ keys: [key, freshJwk('b')] }) }],
    ['kid', about, { kind: 'withdraw_institution_key', kid: '2030', reason: 'key_exposed' }],
    ['reason', about, { kind: 'withdraw_institution_key', kid: '2026' }],
    ['reason', about, { kind: 'end_institution', reason: 'contract_seen' }],
  ])('says what is missing: %s', (fault, subject, change) => expect(read(subject, change)).toBe(fault));

  it('lists the acts that fit, of those that the role may propose', () => {
    const all = institutionKinds([...institutionActs, 'revoke_card']);
    expect(kindsFor(anew, all)).toEqual(['register_institution']);
    expect(kindsFor(about, all)).toEqual(institutionActs.slice(1));
    expect(kindsFor(about, institutionKinds(['revoke_card']))).toEqual([]);
    const form = (kind: InstitutionActKind) =>
      tellInstitutionForm({ ...draftOf(about), kind }, all, about.server, 'en');
    expect(form('withdraw_institution_key').kids.map(({ id }) => id)).toEqual(['2026', '2027']);
    expect(form('withdraw_institution_key').reasons).toHaveLength(2);
    expect(form('move_institution')).toMatchObject({ asksAddresses: true, asksKeys: false, kids: [], reasons: [] });
  });

  it.each(languages)('is told in %s', (language) => {
    const kinds = institutionKinds(institutionActs);
    const texts = institutionActs.flatMap((kind) => {
      const { acts, effect, reasons } = tellInstitutionForm({ ...draftOf(about), kind }, kinds, about.server, language);
      return [effect, ...acts.map(({ name }) => name), ...reasons.map(({ name }) => name)];
    });
    expect(
      foreignTexts(
        tellInstitutionForm(draftOf(anew), kinds, null, language).uses.map(({ name }) => name),
        language,
      ),
    ).toEqual([]);
    const act = read(anew, { keys: pastedKeys });
    if (typeof act === 'string') throw new Error(act);
    const { facts, effect } = sumUpInstitution(act, nameKey, language);
    expect(
      foreignTexts(
        [...texts, effect, ...facts.map(({ name }) => name)].filter((text) => !text.includes('2028')),
        language,
      ),
    ).toEqual([]);
    expect(facts.map(({ value }) => value)).toContain('print of 2028');
  });
});

describe('a proposal about a partner’s server', () => {
  const view: ActView = { mine: ['register_institution'], now: NOW, nameKey };

  it('is told whole before it is confirmed: whose, keys by their thumbprints, and each address', () => {
    const proposed = registrationAct(NOW);
    for (const language of languages) {
      const told = tellAct(proposed, view, language);
      expect(told).toMatchObject({ isMine: true, takesTime: false, isGrave: false });
      const { text } = askedOfAct(told);
      const all = [
        'minjiang-bank',
        { zh: '正式', en: 'Live' }[language],
        'bank-tills',
        'print of 2028',
        'https://tills.minjiang-bank.example/back',
      ];
      for (const part of [...all, 'https://events.minjiang-bank.example/card', '3f9ac200…'])
        expect(text).toContain(part);
    }
  });

  it('tells every kind of them, each fact by a name of its own', () => {
    const { proposal, hash, proposedAt, proposedBy, isOwn } = registrationAct(NOW);
    const waiting = { proposal, hash, proposedAt, proposedBy, isOwn };
    const client = 'bank-app';
    const acts: readonly WaitingAct[] = [
      {
        ...waiting,
        kind: 'add_institution_key',
        target: { client, key: entered as never },
        reason: 'asked_in_writing',
      },
      { ...waiting, kind: 'withdraw_institution_key', target: { client, kid: '2026' }, reason: 'key_exposed' },
      {
        ...waiting,
        kind: 'move_institution',
        target: { client, redirectUris: [...active.redirectUris], events: null },
        reason: 'asked_in_writing',
      },
      { ...waiting, kind: 'end_institution', target: { client }, reason: 'misuse' },
    ];
    for (const act of acts) {
      const { facts } = tellAct(act, view, 'en');
      expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length);
      expect(facts[0]).toMatchObject({ value: client, isCode: true });
    }
    const withdrawal = acts.find(({ kind }) => kind === 'withdraw_institution_key');
    expect(withdrawal && tellAct(withdrawal, view, 'en').facts[1]).toMatchObject({ value: '2026' });
  });

  it('stands in the audit by its name, and whole beneath', () => {
    const happening = {
      kind: 'act_proposed',
      act: 'register_institution',
      target: 'client:bank-tills {"partner":"a"}',
    };
    const content = JSON.stringify({ happening });
    const [day] = auditDays([{ id: '1'.repeat(32), at: NOW, salt: 'A'.repeat(22), content }], 'en');
    expect(day?.acts).toMatchObject([{ text: 'Register a server · client:bank-tills', content }]);
  });
});

describe('the servers of a partner', () => {
  it('are listed, those that ask first, with what tells their keys apart', () => {
    const told = tellServers(servers.institutions, 'en');
    expect(told.map(({ client, mark }) => [client, mark])).toEqual([
      ['bank-app', 'Active'],
      ['bank-branches', 'Ended'],
    ]);
    for (const { facts } of told) expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length);
    expect(told[0]?.facts[0]).toEqual({ name: 'Use', value: 'Live: it asks holders' });
    expect(told[0]?.facts[1]).toEqual({ name: 'Key 2026', value: active.keys[0]?.thumbprint, isCode: true });
    expect(JSON.stringify(told[1]?.facts)).toContain('none');
  });
});
