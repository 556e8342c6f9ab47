import { validators } from '../../protocol';
import { createVerificationRoutes, redeeming } from '../../cloudfunctions/_adapters/institutions/routes';
import {
  bank,
  createInstitutionWorld,
  keyed,
  path,
  problemIn,
  type InstitutionWorld,
  type Sent,
} from '../support/institution-world';
import { issuer } from '../support/issuer';
import { show } from '../support/showing-world';

const order = { code: 'HELLO', purpose: 'parcel-pickup', claims: ['masked_name'], counter: 'Counter 3' };
const lines = ['POST /verifications', 'POST /counters', `POST /verifications/${'0'.repeat(32)}/look`];

const send = (world: InstitutionWorld, line: string, sent: Sent) =>
  world.ask(bank, line, { ...sent, headers: { ...keyed(), ...sent.headers } });

/** That a request is refused before anything is asked of what is stored. */
const expectUnheard = async (line: string, sent: Sent, code: string): Promise<void> => {
  const world = createInstitutionWorld();
  const refused = await send(world, line, sent);
  expect({ line, sent, code: problemIn(refused) }).toEqual({ line, sent, code });
  expect(validators.ProblemDetails(refused.body)).toBe(true);
  expect(refused.headers['cache-control']).toBe('no-store');
  expect([world.turns, [...world.usedKeys], world.sessions()]).toEqual([[], [], []]);
};

describe.each(lines)('%s', (line) => {
  it.each(['', '{', '[', 'null', '"text"', '0', '[]', '{}', '{"code":', '\u0000', '\ufeff{}', '{"a":1}{"b":2}'])(
    'takes no %j for an order',
    (raw) => expectUnheard(line, { raw }, 'request_invalid'),
  );

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=gbk',
    'application/jsonp',
  ])('takes no body as %j', (type) =>
    expectUnheard(line, { body: order, headers: { 'content-type': type } }, 'media_type_unsupported'),
  );

  it('reads no body beyond its bound, counted in bytes', async () => {
    await expectUnheard(line, { body: { ...order, counter: 'x'.repeat(8192) } }, 'body_too_large');
    await expectUnheard(line, { body: { ...order, counter: '柜'.repeat(2731) } }, 'body_too_large');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'GET'])('takes no %s in the place of POST', async (method) => {
    const address = line.split(' ')[1] ?? '';
    if (method === 'GET' && address.startsWith('/verifications/') && !address.endsWith('look')) return;
    const world = createInstitutionWorld();
    const refused = await world.ask(bank, `${method} ${address}`, { body: order });
    expect([refused.status, problemIn(refused)]).toEqual([405, 'method_not_allowed']);
    expect(refused.headers['allow']).toBe('POST');
  });
});

describe('an order', () => {
  const hostile: readonly unknown[] = [{ $gt: '' }, { $ne: null }, [], null, true, 0, '', '\u0000', 'x'.repeat(4000)];
  it.each(Object.keys(order))('takes nothing but its own kind of %s', async (field) => {
    for (const value of hostile)
      await expectUnheard('POST /verifications', { body: { ...order, [field]: value } }, 'request_invalid');
  });

  it.each(['__proto__', 'constructor', '$where', 'a.b', 'requestId', 'partner', 'action', 'clientId'])(
    'takes no key %j, and does not repeat it',
    async (key) => {
      const raw = `{${JSON.stringify(key)}:{"$gt":""},${JSON.stringify(order).slice(1)}`;
      await expectUnheard('POST /verifications', { raw }, 'request_invalid');
      const refused = await send(createInstitutionWorld(), 'POST /verifications', { raw });
      expect(refused.body['at']).toBe('');
      expect(JSON.stringify(refused.body)).not.toContain(key === 'action' ? '"action"' : key);
    },
  );

  it.each(["=cmd|' /C calc'!A0", '<script>', '../..', 'a\nb', '\u202e', ' '])('names no counter %j', (counter) =>
    expectUnheard('POST /verifications', { body: { ...order, counter } }, 'request_invalid'),
  );

  it('tells where it is at fault by the schema’s own names', async () => {
    const body = { ...order, claims: ['masked_name', 'everything'] };
    const refused = await send(createInstitutionWorld(), 'POST /verifications', { body });
    expect(refused.body).toMatchObject({ code: 'request_invalid', at: '/claims/1' });
  });
});

describe('a call', () => {
  it('without a caller reaches nothing', async () => {
    const world = createInstitutionWorld();
    const routes = createVerificationRoutes(redeeming(world.ports), { name: 'institution', issuer, path });
    const reply = { statusCode: 401, headers: {}, body: 'nobody' };
    const headers = new Map([['content-type', 'application/json'], ...Object.entries(keyed())]);
    const request = { method: 'POST', path: `${path}/verifications`, query: new Map(), headers, body: '{}' };
    expect(await routes(request, () => Promise.resolve({ ok: false, reply }))).toBe(reply);
    expect(world.turns).toEqual([]);
  });

  it.each(['/institution', '/institution/token', '/institution/verifications/', '/institution/cards/a/b/status', '/x'])(
    'of %s is somebody else’s to answer',
    (address) => {
      const routes = createVerificationRoutes(redeeming(createInstitutionWorld().ports), {
        name: 'institution',
        issuer,
        path,
      });
      const request = { method: 'GET', path: address, query: new Map(), headers: new Map(), body: '' };
      const never = () => Promise.reject(new Error('nobody is asked for'));
      expect(routes(request, never)).toBeNull();
    },
  );

  it('that fails says nothing of why, and logs no datum', async () => {
    const world = createInstitutionWorld();
    const { code } = await show(world);
    const fault = new Error('林晓梅 110101199001010010');
    const ports = { ...world.ports, loadIdentityByShowing: () => Promise.reject(fault) };
    const body = { ...order, code: code() };
    const failed = await world.ask(bank, 'POST /verifications', { body, headers: keyed() }, ports);
    expect(problemIn(failed)).toBe('internal');
    for (const said of [JSON.stringify(failed), JSON.stringify(world.logged)]) expect(said).not.toMatch(/林|1101/);
    expect(world.logged.at(-1)).toMatchObject({ event: 'CALL_FAILED', function: 'institution', action: 'verifyCode' });
  });

  it('that is refused is logged by its code alone', async () => {
    const world = createInstitutionWorld();
    await world.ask(bank, 'POST /verifications', { body: order, headers: keyed() });
    expect(world.logged.at(-1)).toMatchObject({ event: 'CALL_REFUSED', code: 'code_not_recognised' });
    expect(JSON.stringify(world.logged)).not.toContain('Counter 3');
  });
});
