import type { RequestListener } from 'node:http';
import { createDeliverNotice, type Reach } from '../../../cloudfunctions/_adapters/outside/deliver-notice';
import { isPublicAddress } from '../../../cloudfunctions/_adapters/outside/special-addresses';
import { certificate, startRawReceiver, startReceiver, type Receiver } from '../../support/receiver';

const TOKEN = 'header.payload.signature';
const issuer = 'https://id.example.cn';
const local = 'http://127.0.0.1:3000';

const started: Receiver[] = [];
const kept = (receiver: Receiver): Receiver => {
  started.push(receiver);
  return receiver;
};
const start = async (scheme: 'http' | 'https', answer: RequestListener): Promise<Receiver> =>
  kept(await startReceiver(scheme, answer));
const startRaw = async (...given: Parameters<typeof startRawReceiver>): Promise<Receiver> =>
  kept(await startRawReceiver(...given));
afterEach(() => Promise.all(started.splice(0).map(({ close }) => close())));

const take: RequestListener = (_, response) => void response.writeHead(202).end();

/** Reaches this machine as if it were the public network. */
const near: Reach = {
  issuer,
  resolveName: () => Promise.resolve(['127.0.0.1']),
  isPublic: (address) => address === '127.0.0.1',
  ca: certificate,
};
/** Reaches servers on this machine, as a service on it does. */
const onThisMachine: Reach = {
  issuer: local,
  resolveName: () => Promise.reject(new Error('nobody is to be asked')),
  isPublic: isPublicAddress,
};

const deliverHere = (port: number, change: Partial<Reach> = {}) =>
  createDeliverNotice({ ...onThisMachine, ...change })(`http://127.0.0.1:${port}/events?of=bank`, TOKEN);
const deliverNear = (port: number, change: Partial<Reach> = {}) =>
  createDeliverNotice({ ...near, ...change })(`https://bank.example.cn:${port}/events`, TOKEN);

describe('a token', () => {
  it('comes as RFC 8935 says, under the name of its server', async () => {
    const { port, received } = await start('https', take);
    expect(await deliverNear(port)).toEqual({ kind: 'taken' });
    expect(received).toMatchObject([
      {
        ...{ method: 'POST', path: '/events', body: TOKEN },
        headers: {
          host: `bank.example.cn:${port}`,
          'content-type': 'application/secevent+jwt',
          accept: 'application/json',
          'content-length': String(TOKEN.length),
        },
      },
    ]);
  });

  it.each([
    ['{"err":"invalid_audience","description":"of a person"}', 'invalid_audience'],
    ['{"err":"something_else"}', 'other'],
  ])('is refused by %s', async (body, error) => {
    const { port } = await start('http', (_, response) => void response.writeHead(400).end(body));
    expect(await deliverHere(port)).toEqual({ kind: 'refused', error });
  });

  it.each<[string, RequestListener, string]>([
    ['200, which is no word of taking', (_, response) => void response.writeHead(200).end(), 'status_2xx'],
    ['204', (_, response) => void response.writeHead(204).end(), 'status_2xx'],
    ['400 without a word', (_, response) => void response.writeHead(400).end(), 'status_4xx'],
    ['400 with what is no object', (_, response) => void response.writeHead(400).end('null'), 'status_4xx'],
    ['400 with what is no code', (_, response) => void response.writeHead(400).end('{"err":{}}'), 'status_4xx'],
    ['404', (_, response) => void response.writeHead(404).end(), 'status_4xx'],
    ['503', (_, response) => void response.writeHead(503).end(), 'status_5xx'],
    ['a status of nobody’s', (_, response) => void response.writeHead(799).end(), 'malformed'],
    ['a head without end', (_, response) => void response.writeHead(202, { x: 'x'.repeat(30_000) }).end(), 'malformed'],
  ])('is tried again where the answer is %s', async (_, answer, fault) => {
    const { port } = await start('http', answer);
    expect(await deliverHere(port)).toEqual({ kind: 'failed', fault });
  });

  it('is taken by a 202 whose body never ends, and no more of a refusal is read than it takes', async () => {
    let written = 0;
    const endless: (status: number) => RequestListener = (status) => (_, response) => {
      response.writeHead(status);
      const more = (): void => {
        if (response.destroyed || written > 10_000_000) return;
        written += 65_536;
        response.write(Buffer.alloc(65_536, 'x'), more);
      };
      more();
    };
    const { port } = await start('http', endless(202));
    expect(await deliverHere(port)).toEqual({ kind: 'taken' });
    written = 0;
    const other = await start('http', endless(400));
    expect(await deliverHere(other.port)).toEqual({ kind: 'failed', fault: 'status_4xx' });
    expect(written).toBeLessThan(10_000_000);
  });

  it('follows no redirection', async () => {
    const goal = await start('http', take);
    const moved: RequestListener = (_, response) =>
      void response.writeHead(307, { location: `http://127.0.0.1:${goal.port}/` }).end();
    const { port } = await start('http', moved);
    expect(await deliverHere(port)).toEqual({ kind: 'failed', fault: 'redirected' });
    expect(goal.connections()).toBe(0);
  });
});

describe('a server that is slow', () => {
  it.each<[string, (respond: Parameters<typeof take>[1]) => void]>([
    ['says nothing', () => undefined],
    ['only says that it will say something', (response) => response.writeProcessing()],
    ['ends no refusal', (response) => void response.writeHead(400).write('{"err":')],
  ])('and %s is left', async (_, respond) => {
    const { port } = await start('http', (_request, response) => respond(response));
    expect(await deliverHere(port, { wholeMs: 100 })).toEqual({ kind: 'failed', fault: 'too_slow' });
  });

  it('and completes no handshake is left', async () => {
    const { port } = await startRaw(() => undefined);
    expect(await deliverNear(port, { connectMs: 100 })).toEqual({ kind: 'failed', fault: 'too_slow' });
  });

  it('is left also where nobody says in time who its name is', async () => {
    const resolveName = (): Promise<never> => Promise.race([]);
    expect(await deliverNear(1, { resolveName, wholeMs: 50 })).toEqual({ kind: 'failed', fault: 'too_slow' });
  });
});

describe('a server that speaks otherwise', () => {
  it.each<[string, string, string]>([
    ['nonsense', 'nonsense\r\n\r\n', 'malformed'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'malformed'],
    ['nothing', '', 'unreachable'],
  ])('is left where it says %s', async (_, said, fault) => {
    const { port } = await startRaw((socket) => void socket.once('data', () => socket.end(said)));
    expect(await deliverHere(port)).toEqual({ kind: 'failed', fault });
  });

  it('is left where nobody listens', async () => {
    const { port, close } = await startReceiver('http', take);
    await close();
    expect(await deliverHere(port)).toEqual({ kind: 'failed', fault: 'unreachable' });
  });

  it('hears nothing under a certificate that nobody vouches for, or that is another name’s', async () => {
    const { port, received } = await start('https', take);
    const { ca: _, ...platform } = near;
    const unknown = createDeliverNotice(platform)(`https://bank.example.cn:${port}/events`, TOKEN);
    expect(await unknown).toEqual({ kind: 'failed', fault: 'certificate' });
    const another = createDeliverNotice(near)(`https://shop.example.cn:${port}/events`, TOKEN);
    expect(await another).toEqual({ kind: 'failed', fault: 'certificate' });
    expect(received).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.0.23'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['fd00::1'],
    ['fe80::1%lo'],
    ['no address'],
  ])('that its name’s owner says is %s is not spoken to', async (address) => {
    const { port, connections } = await start('https', take);
    for (const addresses of [[address], ['203.0.114.1', address]]) {
      const guarded = { isPublic: isPublicAddress, resolveName: () => Promise.resolve(addresses) };
      expect(await deliverNear(port, guarded)).toEqual({ kind: 'failed', fault: 'address_not_public' });
    }
    expect(connections()).toBe(0);
  });

  it('is asked for once, and spoken to as it was looked at: a name that leads elsewhere a moment later changes nothing', async () => {
    const { port, connections } = await start('https', take);
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const asked: string[] = [];
    const resolveName = (name: string) => {
      asked.push(name);
      return Promise.resolve(answers.shift() ?? []);
    };
    const isPublic = (address: string): boolean => address === '127.0.0.2';
    expect(await deliverNear(port, { resolveName, isPublic })).toEqual({ kind: 'failed', fault: 'unreachable' });
    expect([asked, connections()]).toEqual([['bank.example.cn'], 0]);
  });

  it('that nobody knows is tried again', async () => {
    expect(await deliverNear(1, { resolveName: () => Promise.resolve([]) })).toEqual({
      ...{ kind: 'failed', fault: 'name_unknown' },
    });
  });

  it.each([
    'http://bank.example.cn/events',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://localhost/',
    'https://metadata.internal/',
    'https://bank.example.cn@127.0.0.1/',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is none, whatever was registered', async (address) => {
    for (const reach of [near, onThisMachine]) {
      expect(await createDeliverNotice(reach)(address, TOKEN)).toEqual({
        kind: 'failed',
        fault: 'address_not_allowed',
      });
    }
  });

  it('on this machine is none for a service that is elsewhere', async () => {
    const { port, connections } = await start('http', take);
    const fault = { kind: 'failed', fault: 'address_not_allowed' };
    expect(await deliverHere(port, { issuer })).toEqual(fault);
    expect(await deliverHere(port, { issuer: 'http://127.0.0.1.example.cn' })).toEqual(fault);
    expect(connections()).toBe(0);
    expect(await deliverHere(port)).toEqual({ kind: 'taken' });
  });
});
