import fc from 'fast-check';
import { validators, type InstitutionJwk } from '../../../protocol';
import { spellTarget } from '../../../cloudfunctions/_core/operators/critical-act';
import { listInstitutions } from '../../../cloudfunctions/_core/operators/list-institutions';
import { listActs, proposeAct } from '../../../cloudfunctions/_core/operators/propose';
import { failing, InjectedFault, interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { operatorOf } from '../../support/operator-world';
import { aServer, freshJwk, laterRegistrationPorts } from '../../support/registration-store';
import {
  addKey,
  createRegistrationWorld,
  end,
  move,
  registration,
  withdrawKey,
} from '../../support/registration-world';

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const propose = (act: object) => ({ action: 'proposeAct', ...act }) as never;
const other = { ...aServer, clientId: 'bank-tills' };

describe('a partner’s server', () => {
  it('is registered by two operators, with what they saw and nothing else, and listed', async () => {
    const { ports, together, registrations, operators } = createRegistrationWorld();
    const request = registration();
    valueOf(await together(request));
    const { client, ...rest } = request.target;
    expect(registrations()).toMatchObject([{ clientId: client, ...rest, state: 'active', withdrawn: [] }]);
    expect(operators.log().map(({ happening }) => happening.kind)).toEqual([
      'act_proposed',
      'act_confirmed',
      'act_carried_out',
    ]);
    expect(JSON.stringify(operators.log()[0]?.happening)).toContain('"target":"client:bank-app {');
    const listing = { ...ports, listRegistrations: () => Promise.resolve(registrations()) };
    const listed = valueOf(await listInstitutions(listing, operatorOf('auditor'), { partner: 'minjiang-bank' }));
    expect(validators.ListInstitutionsReply(listed)).toBe(true);
    expect(listed).toMatchObject({ isActive: true, institutions: [{ client, keys: [{ kid: 'first' }] }] });
    expect(JSON.stringify(listed)).not.toContain(request.target.keys[0]?.x);
  });

  it('is given a name where none was chosen, which the second operator reads', async () => {
    const { ports, together, registrations } = createRegistrationWorld();
    const { client: _chosen, ...target } = registration().target;
    const unnamed = { ...registration(), target };
    expect(validators.ProposeActRequest(unnamed)).toBe(true);
    valueOf(await proposeAct(ports, operatorOf('partners'), unnamed));
    const waiting = valueOf(await listActs(ports, operatorOf('partners', 1)));
    expect(validators.ListActsReply(waiting)).toBe(true);
    expect(JSON.stringify(waiting.acts)).toMatch(/"client":"[0-9a-f]{32}"/);
    valueOf(await together(unnamed));
    valueOf(await together(unnamed));
    expect(new Set(registrations().map(({ clientId }) => clientId)).size).toBe(2);
  });

  it('has a name that no other has, ended ones among them', async () => {
    const { together, put } = createRegistrationWorld();
    put({ ...aServer, clientId: 'bank-app', partner: 'another', state: 'ended' });
    expect(await together(registration())).toEqual(refused('client_id_taken'));
  });

  it('is of a partner that may check cards', async () => {
    const { together, partnerIs, registrations } = createRegistrationWorld();
    partnerIs('suspended');
    expect(await together(registration())).toEqual(refused('wrong_step'));
    partnerIs(null);
    expect(await together(registration())).toEqual(refused('not_found'));
    expect(registrations()).toEqual([]);
  });

  it('changes its keys, one beside the other, and none that was withdrawn comes back', async () => {
    const { together, put, registrations } = createRegistrationWorld();
    put(aServer);
    const { clientId, keys } = aServer;
    const [old, next] = keys as readonly [InstitutionJwk, InstitutionJwk];
    valueOf(await together(propose(withdrawKey(clientId, old.kid)), 'security'));
    expect(registrations()).toMatchObject([{ keys: [next], withdrawn: [{ kid: old.kid }] }]);
    expect(await together(propose(withdrawKey(clientId, next.kid)))).toEqual(refused('last_key'));
    expect(await together(propose(withdrawKey(clientId, old.kid)))).toEqual(refused('not_found'));
    const notAllowed = refused('key_not_allowed', { at: '/target/key' });
    expect(await together(propose(addKey(clientId, { ...old, kid: 'again' })))).toEqual(notAllowed);
    expect(await together(propose(addKey(clientId, freshJwk(old.kid))))).toEqual(notAllowed);
    expect(await together(propose(addKey(clientId, { ...next, kid: 'twin' })))).toEqual(notAllowed);
    for (const kid of ['a', 'b', 'c']) valueOf(await together(propose(addKey(clientId, freshJwk(kid)))));
    expect(await together(propose(addKey(clientId, freshJwk('d'))))).toEqual(notAllowed);
    expect(registrations()[0]?.keys.map(({ kid }) => kid)).toEqual([next.kid, 'a', 'b', 'c']);
  });

  it('changes its addresses as a whole', async () => {
    const { together, put, registrations } = createRegistrationWorld();
    put(aServer);
    valueOf(await together(propose(move(aServer.clientId, ['https://new.example/back'], null))));
    expect(registrations()).toMatchObject([{ redirectUris: ['https://new.example/back'], events: null }]);
    for (const second of ['https://10.0.0.1/', 'https://new.example/back']) {
      const wrong = move(aServer.clientId, ['https://new.example/back', second], null);
      expect(await together(propose(wrong))).toEqual(refused('address_not_allowed', { at: '/target/redirectUris/1' }));
    }
  });

  it('may be on the machine itself only where the service is', async () => {
    const redirectUris = ['http://127.0.0.1:8500/back', 'http://localhost/back'];
    for (const [issuer, isAllowed] of [
      ['http://127.0.0.1:9000', true],
      ['https://id.example', false],
      ['https://127.0.0.1.example', false],
    ] as const) {
      const { together } = createRegistrationWorld(issuer);
      const outcome = await together(registration({ redirectUris, events: { url: 'http://127.0.0.1:1/' } }));
      expect(outcome.ok || outcome.error).toEqual(
        isAllowed || { code: 'address_not_allowed', at: '/target/redirectUris/0' },
      );
    }
  });

  it('may send a developer’s browser back to its own machine where it meets test persons alone, and hears of no events', async () => {
    const { together, registrations } = createRegistrationWorld('https://id.example');
    const redirectUris = ['http://127.0.0.1:8500/back'];
    const sandbox = { use: 'sandbox', redirectUris } as const;
    const noEvents = refused('address_not_allowed', { at: '/target/events' });
    expect(await together(registration(sandbox))).toEqual(noEvents);
    valueOf(await together(registration({ ...sandbox, events: null })));
    expect(registrations()).toMatchObject([{ use: 'sandbox', redirectUris, events: null }]);
    const later = ['http://localhost:8600/back'];
    expect(await together(propose(move('bank-app', later, { url: 'https://bank.example/in' })))).toEqual(noEvents);
    valueOf(await together(propose(move('bank-app', later, null))));
    expect(registrations()).toMatchObject([{ use: 'sandbox', redirectUris: later }]);
  });

  it('asks no more once it has ended, and stays so', async () => {
    const { together, put, registrations } = createRegistrationWorld();
    put(aServer);
    valueOf(await together(propose(end(aServer.clientId))));
    valueOf(await together(propose(end(aServer.clientId))));
    expect(registrations()).toMatchObject([{ state: 'ended', revision: 2 }]);
    for (const act of [addKey(aServer.clientId, freshJwk('a')), move(aServer.clientId, [], null)])
      expect(await together(propose(act))).toEqual(refused('wrong_step'));
    expect(await together(propose(end('nobody')))).toEqual(refused('not_found'));
  });

  it.each<[string, Partial<InstitutionJwk>]>([
    ['off the curve', { x: 'A'.repeat(43) }],
    ['whose coordinate has bits too many', { y: '_'.repeat(43) }],
  ])('has no key %s', async (_, change) => {
    const { together, registrations } = createRegistrationWorld();
    const keys = [freshJwk('good'), { ...freshJwk('bad'), ...change }];
    expect(await together(registration({ keys }))).toEqual(refused('key_not_allowed', { at: '/target/keys/1' }));
    expect(registrations()).toEqual([]);
  });

  it('has no two keys of one name, and no key twice', async () => {
    const { together } = createRegistrationWorld();
    const key = freshJwk('a');
    const notAllowed = refused('key_not_allowed', { at: '/target/keys/1' });
    expect(await together(registration({ keys: [key, freshJwk('a')] }))).toEqual(notAllowed);
    expect(await together(registration({ keys: [key, { ...key, kid: 'b' }] }))).toEqual(notAllowed);
  });

  it.each<[string, object]>([
    ['a private part', { keys: [{ ...freshJwk('a'), d: 'A'.repeat(43) }] }],
    ['a key of another curve', { keys: [{ ...freshJwk('a'), crv: 'P-384' }] }],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'a' }] }],
    ['a key without a name', { keys: [{ ...freshJwk('a'), kid: '' }] }],
    ['no key', { keys: [] }],
    ['five keys', { keys: ['a', 'b', 'c', 'd', 'e'].map(freshJwk) }],
    ['a query for a name', { client: { $ne: '' } }],
    ['a name with a path in it', { client: '../bank' }],
    ['an address with a blank', { redirectUris: ['https://a.example/ b'] }],
    ['a state of its own', { state: 'active' }],
    ['a use of its own', { use: 'both' }],
    ['no use', { use: undefined }],
  ])('is not asked for with %s', (_, change) => {
    const request = registration();
    expect(validators.ProposeActRequest(request)).toBe(true);
    expect(validators.ProposeActRequest({ ...request, target: { ...request.target, ...change } })).toBe(false);
  });

  it('is spelled for the hash so that whatever differs differs there', () => {
    const { action: _action, ...act } = registration();
    const spell = (target: object) => spellTarget({ ...act, target: { ...act.target, ...target } } as never);
    const spelled = [
      {},
      { client: 'bank-app2' },
      { use: 'sandbox' },
      { partner: 'another' },
      { redirectUris: [] },
      { redirectUris: ['https://app.bank.example/back', 'https://b.example/'] },
      { events: null },
      { keys: [freshJwk('first')] },
    ].map(spell);
    expect(new Set(spelled).size).toBe(spelled.length);
  });
});

describe('an act on a partner’s server', () => {
  it('done twice for one proposal is done once, also where it was undone since', async () => {
    const { carryOut, put, registrations } = createRegistrationWorld();
    put(aServer);
    const { clientId } = aServer;
    const adding = addKey(clientId, freshJwk('third'));
    valueOf(await carryOut(adding, '1'));
    valueOf(await carryOut(withdrawKey(clientId, 'third'), '2'));
    valueOf(await carryOut(adding, '1'));
    valueOf(await carryOut(withdrawKey(clientId, 'third'), '2'));
    expect(registrations()).toMatchObject([{ keys: aServer.keys, carriedOut: ['1', '2'] }]);
  });

  it('survives a call that was interrupted anywhere', async () => {
    const { action: _action, ...act } = registration();
    for (let at = 1; at <= 3; at += 1)
      for (const when of ['before', 'after'] as const) {
        const { ports, carryOut, registrations } = createRegistrationWorld();
        const faulty = failing(ports, laterRegistrationPorts, { at, when });
        await carryOut(act as never, '1', faulty.ports).catch((error: unknown) => {
          if (!(error instanceof InjectedFault)) throw error;
        });
        valueOf(await carryOut(act as never, '1'));
        expect(registrations()).toMatchObject([{ clientId: 'bank-app', carriedOut: ['1'] }]);
      }
  });

  it('is lost in no race: each counts, and a key is never left alone by two who withdraw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, carryOut, put, registrations } = createRegistrationWorld();
        put(other);
        const [first, second] = other.keys as readonly [InstitutionJwk, InstitutionJwk];
        const slow = interleaved(ports, laterRegistrationPorts, scheduler);
        const acts = [
          withdrawKey(other.clientId, first.kid),
          withdrawKey(other.clientId, second.kid),
          move(other.clientId, [], null),
        ];
        const done = await scheduler.waitFor(
          Promise.all(acts.map((act, at) => carryOut(act, String(at), slow).then((result) => result.ok))),
        );
        const [found] = registrations();
        expect(done.filter(Boolean)).toHaveLength(2);
        expect(found).toMatchObject({ events: null, keys: [expect.anything()], withdrawn: [expect.anything()] });
        expect(found?.carriedOut).toHaveLength(2);
      }),
      { numRuns: 100 },
    );
  });

  it('that registers one name twice at once makes one server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, carryOut, registrations } = createRegistrationWorld();
        const { action: _action, ...act } = registration();
        const slow = interleaved(ports, laterRegistrationPorts, scheduler);
        const done = await scheduler.waitFor(
          Promise.all(['1', '2'].map((proposal) => carryOut(act as never, proposal, slow))),
        );
        expect(done.map((result) => result.ok).sort()).toEqual([false, true]);
        expect(registrations()).toHaveLength(1);
      }),
    );
  });
});
