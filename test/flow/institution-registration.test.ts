import { validators, type InstitutionJwk, type OperatorRole } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { assertionOf, freshServerKey, proofOf, type ServerKey } from '../support/institution/credentials';
import { BANK } from '../support/institution/servers';
import { askToken } from '../support/institution/token-endpoint';

const PARTNER = 'sample-bank';
const CLIENT = 'bank-tills';

let world: EcosystemUnderTest;
let binding: ServerKey;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  binding = await freshServerKey();
}, START_TIMEOUT);
afterAll(() => world.close());

const operator = (role: OperatorRole, at: number): Client =>
  world.client(`oOperator${role.charAt(0).toUpperCase()}${role.slice(1)}${String(at)}`);

/** Two operators of a role decide together. @returns the reply to the second */
const together = async (act: object, role: OperatorRole = 'partners'): Promise<unknown> => {
  const asked = operator(role, 1).ask('operator', { action: 'proposeAct', ...act });
  const { proposal, hash } = await accepted(asked, validators.ProposeActReply);
  return operator(role, 2).ask('operator', { action: 'confirmAct', proposal, hash });
};
const isDone = async (act: object, role?: OperatorRole) => {
  await accepted(together(act, role), validators.DoneReply);
};

const jwkOf = ({ kid, publicJwk: { x = '', y = '' } }: ServerKey): InstitutionJwk => ({
  ...{ kty: 'EC', crv: 'P-256', x, y, kid },
});

/** What a server with that key is answered where it asks for a token: nothing where it is given one. */
const refusalOf = async (key: ServerKey, clientId = CLIENT): Promise<string | undefined> => {
  const address = `${world.cloud.url}/institution/token`;
  const assertion = await assertionOf(clientId, world.cloud.url, key);
  const answer = await askToken(address, assertion, await proofOf('POST', address, binding));
  return answer.token === '' ? answer.error : undefined;
};

const listed = async () => {
  const asked = operator('auditor', 1).ask('operator', { action: 'listInstitutions', partner: PARTNER });
  return (await accepted(asked, validators.ListInstitutionsReply)).institutions;
};

const acting = (kind: string, target: object, reason = 'asked_in_writing') => ({ kind, target, reason });

describe('a server that two operators register', () => {
  it('asks from then on, changes its key without a pause, and asks no more once it has ended', async () => {
    const [first, second] = await Promise.all([freshServerKey(), freshServerKey()]);
    const redirectUris = ['https://tills.bank.example/back', 'http://127.0.0.1:8500/back'];
    const target = { partner: PARTNER, use: 'live', client: CLIENT, keys: [jwkOf(first)], redirectUris, events: null };
    const registering = acting('register_institution', target, 'contract_seen');
    const alone = operator('partners', 1).ask('operator', { action: 'proposeAct', ...registering });
    const { proposal, hash } = await accepted(alone, validators.ProposeActReply);
    const own = operator('partners', 1).ask('operator', { action: 'confirmAct', proposal, hash });
    expect(await refusal(own)).toEqual({ code: 'second_person_needed' });
    expect(await refusalOf(first)).toBe('invalid_client');

    await isDone(registering);
    expect(await refusalOf(first)).toBeUndefined();
    expect((await listed()).find(({ client }) => client === CLIENT)).toMatchObject({ state: 'active', redirectUris });
    const late = operator('partners', 2).ask('operator', { action: 'confirmAct', proposal, hash });
    expect(await refusal(late)).toEqual({ code: 'client_id_taken' });

    expect(await refusalOf(second)).toBe('invalid_client');
    await isDone(acting('add_institution_key', { client: CLIENT, key: jwkOf(second) }));
    expect([await refusalOf(first), await refusalOf(second)]).toEqual([undefined, undefined]);
    await isDone(acting('withdraw_institution_key', { client: CLIENT, kid: first.kid }, 'key_exposed'), 'security');
    expect([await refusalOf(first), await refusalOf(second)]).toEqual(['invalid_client', undefined]);

    const events = { url: 'https://events.bank.example/in' };
    await isDone(acting('move_institution', { client: CLIENT, redirectUris: [], events }));
    expect((await listed()).find(({ client }) => client === CLIENT)).toMatchObject({ redirectUris: [], events });
    await isDone(acting('move_institution', { client: CLIENT, redirectUris: [], events: null }));
    expect((await listed()).find(({ client }) => client === CLIENT)).toMatchObject({ events: null });

    await isDone(acting('end_institution', { client: CLIENT }));
    expect(await refusalOf(second)).toBe('invalid_client');
    expect((await listed()).find(({ client }) => client === CLIENT)).toMatchObject({ state: 'ended' });
    expect(
      await refusal(operator('counter', 1).ask('operator', { action: 'listInstitutions', partner: PARTNER })),
    ).toEqual({ code: 'not_permitted' });
  });

  it('may have been entered before there were acts, and is changed like any other', async () => {
    const key = await freshServerKey();
    await isDone(acting('add_institution_key', { client: BANK, key: jwkOf(key) }));
    expect(await refusalOf(key, BANK)).toBeUndefined();
    await isDone(acting('withdraw_institution_key', { client: BANK, kid: key.kid }, 'key_exposed'));
    expect(await refusalOf(key, BANK)).toBe('invalid_client');
    const again = { action: 'proposeAct', ...acting('add_institution_key', { client: BANK, key: jwkOf(key) }) };
    expect(await refusal(operator('partners', 1).ask('operator', again))).toMatchObject({ code: 'key_not_allowed' });
  });

  it('leaves in the log what was decided, by whom, and to the letter', async () => {
    const { data } = (await databaseOf(world.cloud).collection('events').orderBy('at', 'asc').limit(1000).get()) as {
      data: { open?: { content: string } }[];
    };
    const said = data.flatMap(({ open }) => (open ? [open.content] : []));
    const ended = said.find((content) => content.includes('end_institution')) ?? '';
    expect(ended).toContain(`"target":"client:${CLIENT} {}"`);
    expect(said.filter((content) => content.includes('register_institution')).join()).toContain('tills.bank.example');
    for (const content of said) expect(content.length).toBeLessThan(8000);
  });
});
