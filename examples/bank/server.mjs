import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { openInbox } from './events.mjs';
import { openBooks } from './openings.mjs';
import { counterPage, openingPage } from './page.mjs';
import { connect } from './provider.mjs';

const USAGE = 'usage: node server.mjs --issuer URL --client-id NAME --key FILE.json [--port NUMBER]';

/** The longest form that is read, in bytes. */
const FORM_MAX = 1000;

const fileOf = (name, type) => ({ type, body: readFileSync(new URL(name, import.meta.url)) });
const files = {
  '/counter.css': fileOf('counter.css', 'text/css; charset=utf-8'),
  '/counter.js': fileOf('counter.js', 'text/javascript; charset=utf-8'),
};

/** The page may stand in another of this machine's pages, as beside the phones, and in no stranger's. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const readForm = async (request) => {
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > FORM_MAX) throw new RangeError('the form is too long');
  }
  return new URLSearchParams(text);
};

const languageOf = ({ searchParams }, { headers: { 'accept-language': accepted = '' } }) => {
  const named = searchParams.get('lang');
  if (named === 'zh' || named === 'en') return named;
  return accepted.trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
};

const pageReply = (status, body) => ({ status, type: 'text/html; charset=utf-8', body });
const goTo = (location) => ({ status: 303, location });

/** What the provider hears of what it tells (RFC 8935, sections 2.2 and 2.3). */
const eventReply = ({ status, err }) =>
  err === undefined ? { status } : { status, type: 'application/json', body: JSON.stringify({ err }) };

const answer = async ({ books, provider, inbox }, request) => {
  const url = new URL(request.url ?? '/', 'http://bank');
  if (url.pathname === '/events' && request.method === 'POST') return eventReply(await inbox(request));
  const language = languageOf(url, request);
  const counter = (more) => pageReply(more ? 422 : 200, counterPage(language, { opened: books.opened(), ...more }));
  const file = files[url.pathname];
  if (file) return { status: 200, ...file };
  if (url.pathname === '/') return counter();
  if (url.pathname === '/openings' && request.method === 'POST') {
    const form = await readForm(request);
    const digits = form.get('way') === 'scan' ? null : (form.get('number') ?? '').replace(/\D/g, '');
    if (digits !== null && digits.length !== 9) return counter({ isNumberWrong: true });
    return goTo(`/openings/${await books.begin(digits)}?lang=${language}`);
  }
  const [, id, what] = /^\/openings\/([0-9a-f-]{36})(?:\/(state|cancel))?$/.exec(url.pathname) ?? [];
  const opening = id === undefined ? null : books.find(id);
  if (!opening) return goTo(`/?lang=${language}`);
  if (what === 'state') {
    const { state, revision } = opening;
    return { status: 200, type: 'application/json', body: JSON.stringify({ state, revision }) };
  }
  if (what === 'cancel' && request.method === 'POST') {
    books.cancel(id);
    return goTo(`/openings/${id}?lang=${language}`);
  }
  const isAsked = url.searchParams.get('ask') === 'status' && opening.account?.reference;
  const status = isAsked ? await provider.cardStatus(opening.account.reference) : null;
  return pageReply(200, openingPage(language, opening, status));
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      issuer: { type: 'string' },
      'client-id': { type: 'string' },
      key: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  const { issuer, key, port, 'client-id': clientId } = values;
  if (!issuer || !clientId || !key) throw new Error(USAGE);
  const provider = await connect({ issuer, clientId, key: JSON.parse(readFileSync(key, 'utf8')) });
  const books = openBooks(provider);
  const { jwksUri } = provider;
  const inbox = openInbox({ issuer, clientId, jwksUri, note: books.note });

  const server = createServer((request, response) => {
    // A page of a stranger that resolves its name to this machine is not answered, nor are forms of other pages.
    const { host = '', origin = `http://${host}` } = request.headers;
    const isOwn = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) && origin === `http://${host}`;
    const replied = isOwn
      ? answer({ books, provider, inbox }, request)
      : Promise.resolve({ status: 421, type: 'text/plain', body: 'This server answers its own pages alone.\n' });
    replied
      .catch(() => ({ status: 500, type: 'text/plain', body: 'The bank cannot answer now. Try again.\n' }))
      .then(({ status, type = 'text/plain', body = '', location }) => {
        response.writeHead(status, { ...headers, 'content-type': type, ...(location && { location }) }).end(body);
      });
  });
  server.listen(Number(port), '127.0.0.1', () => {
    const { port: taken } = server.address();
    process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${taken}` })}\n`);
  });
};

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
