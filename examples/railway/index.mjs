import { randomInt } from 'node:crypto';
import { openOrders } from './orders.mjs';
import { orderPage, trainsPage } from './page.mjs';
import { connect } from './provider.mjs';
import { trains } from './words.mjs';

const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`the variable ${name} is not set`);
  return value;
};

const ownAddress = required('OWN_ADDRESS');

/** The browser's cookie: no script reads it, and it comes along when the provider sends the browser back. */
const COOKIE = 'order';
const cookieOf = (id) =>
  `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400${ownAddress.startsWith('https:') ? '; Secure' : ''}`;

const orders = openOrders();

let connected;
/** Made at the first call, and again where it failed. */
const provider = () => {
  connected ??= connect({
    issuer: required('ISSUER'),
    clientId: required('CLIENT_ID'),
    key: JSON.parse(required('CLIENT_KEY')),
    tokenKey: JSON.parse(required('TOKEN_KEY')),
    callback: `${ownAddress}/callback`,
  }).catch((error) => {
    connected = undefined;
    throw error;
  });
  return connected;
};

const common = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
};

const page = (body) => ({
  statusCode: 200,
  headers: { ...common, 'content-type': 'text/html; charset=utf-8' },
  body,
});
const goTo = (location, more = {}) => ({ statusCode: 303, headers: { ...common, location, ...more }, body: '' });

/** A number as a ticket prints it. */
const masked = (number) => `${number.slice(0, 10)}****${number.slice(-4)}`;

/** Two groups of digits that the traveller compares on both screens. */
const bindingMessage = () =>
  [randomInt(1000), randomInt(1000)].map((digits) => String(digits).padStart(3, '0')).join(' ');

const drawSeat = () => ({ carriage: randomInt(1, 9), seat: `${randomInt(1, 18)}${'ABCDF'[randomInt(5)]}` });

/** What an answer makes of an order. */
const outcomeOf = (heard) => {
  if (!heard.ok) return { state: 'refused', code: heard.code, reason: heard.reason };
  const { name, number } = heard.told.verified_claims.claims;
  return { state: 'sold', traveller: { name, number: masked(number) }, seat: drawSeat() };
};

const order = async (form, language) => {
  const train = trains.find(({ id }) => id === form.get('train'));
  if (!train) return goTo(`/?lang=${language}`);
  const asked = await (await provider()).ask(bindingMessage());
  if (!asked.ok) return page(orderPage(language, { ...outcomeOf(asked), train: train.id }));
  const id = await orders.begin(train.id, { ...asked.kept, language });
  return goTo(asked.goTo, { 'set-cookie': cookieOf(id) });
};

const comeBack = async (query, id) => {
  const found = id && (await orders.find(id));
  // Whoever comes without the cookie of the order did not order it: their answer is not taken.
  if (!found || found.state !== 'asked' || query.get('state') !== found.kept.state) return goTo('/ticket');
  const heard = await (await provider()).hear(query, found.kept);
  await orders.settle(id, outcomeOf(heard));
  return goTo(`/ticket?lang=${found.kept.language}`);
};

const queryOf = ({ queryStringParameters: given }) => new URLSearchParams(given ?? {});
const bodyOf = ({ body = '', isBase64Encoded: is64 }) => (is64 ? Buffer.from(body, 'base64').toString() : body);

const languageOf = (query, headers) => {
  const named = query.get('lang');
  if (named === 'zh' || named === 'en') return named;
  return (headers['accept-language'] ?? '').trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
};

/** The railway's web page, as a cloud function behind an HTTP route. */
export const main = async (event) => {
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const query = queryOf(event);
  const language = languageOf(query, headers);
  const [, id] = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '') ?? [];
  const { httpMethod: method, path } = event;
  if (path === '/orders' && method === 'POST') {
    // A form of another page would put its order in the place of the one that is here.
    if ((headers.origin ?? ownAddress) !== ownAddress) return goTo('/');
    return order(new URLSearchParams(bodyOf(event)), language);
  }
  if (path === '/callback') return comeBack(query, id);
  if (path === '/ticket') return page(orderPage(language, id ? await orders.find(id) : null));
  return page(trainsPage(language));
};
