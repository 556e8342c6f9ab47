import { serveHttp } from '../../../cloudfunctions/_adapters/runtime/serve-http';

describe('a function behind a route', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      said.push(String(line));
      return true;
    });
    jest.spyOn(console, 'log').mockImplementation((line) => {
      said.push(String(line));
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('gives the answer of what it serves', async () => {
    const reply = { statusCode: 200, headers: {}, body: 'text' };
    expect(await serveHttp('public', 'read', () => Promise.resolve(reply))({ path: '/' })).toBe(reply);
    expect(said.join('')).toMatch(/CALL_COMPLETED.*"status":200/);
  });

  it('tells nobody the words of what went wrong, and lets no cache keep them', async () => {
    const main = serveHttp('public', 'read', () => Promise.reject(new Error('of 林晓梅, 11010519900517')));
    expect(await main({ path: '/' })).toEqual({
      statusCode: 500,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify({ ok: false, error: { code: 'internal' } }),
    });
    expect(said.join('')).toContain('CALL_FAILED');
    expect(said.join('')).not.toMatch(/林晓梅|1101051990/);
  });

  it('fails in the words of its callers where it has some', async () => {
    const told = { statusCode: 500, headers: {}, body: '{"code":"internal"}' };
    const main = serveHttp(
      'institution',
      'answer',
      () => Promise.reject(new Error('of nobody')),
      () => told,
    );
    expect(await main({ path: '/' })).toBe(told);
  });
});
