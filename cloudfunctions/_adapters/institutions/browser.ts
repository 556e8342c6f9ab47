import type { SessionHandle } from '../../../protocol';
import type { DeclineSession, EraseRelease } from '../../_core/asks/ask';
import type { Now } from '../../_core/ambient-ports';
import type { RateLimit, TakeTurn } from '../../_core/rate-limit';
import { findInstitution, type InstitutionPorts } from '../../_core/institutions/institution';
import { askOutcomeOf } from '../oauth/ask-outcome';
import {
  findAuthorization,
  finishAuthorization,
  type Authorization,
  type AuthorizationOutcome,
} from '../oauth/authorizations';
import type { BrowserTickets } from '../oauth/browser-tickets';
import type { HeldStandingOf } from '../oauth/held-answer';
import type { Provider } from '../oauth/library';
import { ASK_PATH, AUTHORIZE_PATH, basePathOf, uidBelow } from '../oauth/paths';
import type { HttpReply, HttpRequest } from '../runtime/http-event';
import { problemReply, RETRY_SECONDS } from '../runtime/problem';
import { asksForPage, languageOf, pageHeaders, scriptedPageHeaders, type PageLanguage } from '../runtime/page';
import { qrPicture } from '../runtime/qr-picture';
import { ASK_SCRIPT, askPage, endPage, leavePage, stateOf, type PageOfAsk } from './ask-page';

interface BrowserPorts extends InstitutionPorts {
  /** Below whose address problems are described. */
  readonly problemsOf: string;
  readonly now: Now;
  readonly provider: () => Provider;
  readonly tickets: BrowserTickets;
  readonly standingOf: HeldStandingOf;
  readonly declineSession: DeclineSession;
  readonly eraseRelease: EraseRelease;
  readonly takeTurn: TakeTurn;
  /** Where no phones are: what the page shows in place of a code for one, and what makes of somebody's choice the holder's answer. */
  readonly standIn?: {
    readonly page: PageOfAsk;
    readonly choose: (session: SessionHandle, chosen: string) => Promise<unknown>;
  };
}

/** How often it may be asked where one authorization stands: two of its pages ask each other second. */
const LOOKS_OF_ASK: RateLimit = { name: 'ask looks', most: 60, windowMs: 60 * 1000 };

const common = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };

const goTo = (location: string): HttpReply => ({ statusCode: 303, headers: { ...common, location }, body: '' });

const json = (statusCode: number, content: object, more: HttpReply['headers'] = {}): HttpReply => ({
  statusCode,
  headers: { ...common, 'content-type': 'application/json; charset=utf-8', ...more },
  body: JSON.stringify(content),
});

/** The language that the institution asks for where there is one of ours, else the browser's. */
const languageFor = (request: HttpRequest, wanted = ''): PageLanguage => {
  const [first] = wanted.split(' ').map((tag) => tag.slice(0, 2).toLowerCase());
  return languageOf(first, request.headers.get('accept-language'));
};

const page = (statusCode: number, body: string): HttpReply => ({
  statusCode,
  headers: { ...common, ...pageHeaders },
  body,
});

const end = (request: HttpRequest, statusCode: number, why: Parameters<typeof endPage>[0]): HttpReply =>
  page(statusCode, endPage(why, languageFor(request)));

/** What a browser asks below `ASK_PATH`: the authorization's name, and what of it. */
const ASKED = /^(.*?)(?:\/(standing|cancel|choose))?$/;

/** A person at a browser has thought better of it. */
const CANCELLED: AuthorizationOutcome = {
  kind: 'refused',
  error: 'access_denied',
  description: 'it was cancelled in the browser',
};

/**
 * The pages on which browsers wait for holders. They are shown to the browser that began the authorization and to no other, and tell nothing of
 * an answer: that is for the institution's server, with its code and its key.
 * @returns what answers a request; null for a path that is none of these
 */
export const createBrowserRoutes = (ports: BrowserPorts): ((request: HttpRequest) => Promise<HttpReply> | null) => {
  const { now, provider, tickets, standingOf, declineSession, eraseRelease, takeTurn, standIn, problemsOf } = ports;
  const pathOf = (uid: string): string => `${basePathOf(provider().issuer)}${ASK_PATH}/${uid}`;

  const finish = async (
    request: HttpRequest,
    authorization: Authorization,
    outcome: AuthorizationOutcome,
    goOn: (back: string) => HttpReply = goTo,
  ): Promise<HttpReply> => {
    const back = await finishAuthorization(provider(), authorization, outcome);
    return back === null ? end(request, 404, 'gone') : goOn(back);
  };

  const outcomeOf = async (request: HttpRequest, { clientId, session }: Authorization) =>
    askOutcomeOf(await standingOf(request, clientId, session));

  const showPage = async (request: HttpRequest, authorization: Authorization): Promise<HttpReply> => {
    const outcome = await outcomeOf(request, authorization);
    if (outcome.kind !== 'pending') return finish(request, authorization, outcome);
    const found = await findInstitution(ports, authorization.clientId);
    if (!found) return finish(request, authorization, CANCELLED);
    const { uid, purpose, bindingMessage, code, languages, expiresAt } = authorization;
    const view = {
      names: found.partner.names,
      ...{ purpose, bindingMessage, isClaimed: outcome.isClaimed },
      picture: qrPicture(code),
      secondsLeft: Math.max(0, Math.ceil((expiresAt - now()) / 1000)),
      cancelPath: `${pathOf(uid)}/cancel`,
      choosePath: `${pathOf(uid)}/choose`,
    };
    return {
      statusCode: 200,
      headers: { ...common, ...scriptedPageHeaders(ASK_SCRIPT), vary: 'accept-language' },
      body: (standIn?.page ?? askPage)(view, languageFor(request, languages)),
    };
  };

  const tellStanding = async (request: HttpRequest, authorization: Authorization): Promise<HttpReply> => {
    if (!(await takeTurn(LOOKS_OF_ASK, { kind: 'ask', session: authorization.session })))
      return json(429, { state: 'unread' }, { 'retry-after': RETRY_SECONDS });
    const outcome = await outcomeOf(request, authorization);
    return json(200, { state: outcome.kind === 'pending' ? stateOf(outcome.isClaimed) : 'done' });
  };

  const cancel = async (request: HttpRequest, authorization: Authorization): Promise<HttpReply> => {
    // The phone hears of it; and what the holder has said just before is told to nobody.
    if (!(await declineSession(authorization.session, now()))) await eraseRelease(authorization.session);
    const { languages } = authorization;
    return finish(request, authorization, CANCELLED, (back) =>
      page(200, leavePage(back, languageFor(request, languages))),
    );
  };

  const choose = async (
    { choose: chosen }: NonNullable<BrowserPorts['standIn']>,
    request: HttpRequest,
    { uid, session, languages }: Authorization,
  ): Promise<HttpReply> => {
    await chosen(session, new URLSearchParams(request.body).get('outcome') ?? '');
    // Where it is settled by then, the way leads on to another site, to which browsers let no form lead.
    return page(200, leavePage(pathOf(uid), languageFor(request, languages)));
  };

  type Route = (request: HttpRequest, authorization: Authorization) => Promise<HttpReply>;
  const routes = new Map<string, Route>([
    ['GET ', showPage],
    ['GET standing', tellStanding],
    ['POST cancel', cancel],
    ...(standIn ? [['POST choose', choose.bind(null, standIn)] as const] : []),
  ]);

  const answer = async (request: HttpRequest): Promise<HttpReply> => {
    const [, address = '', what = ''] = ASKED.exec(request.path) ?? [];
    const uid = uidBelow(ASK_PATH, address);
    // To whom it does not belong, an authorization looks like none.
    const authorization =
      uid !== null && tickets.isHeldBy(request, uid) ? await findAuthorization(provider(), uid) : null;
    if (!authorization) return what === 'standing' ? json(404, { state: 'gone' }) : end(request, 404, 'gone');
    const route = routes.get(`${request.method} ${what}`);
    if (route) return route(request, authorization);
    const there = [...routes.keys()].map((one) => one.split(' ')).find(([, name]) => name === what);
    return there
      ? problemReply(problemsOf, { code: 'method_not_allowed' }, { allow: there[0] ?? '' })
      : problemReply(problemsOf, { code: 'not_found' });
  };
  return (request) => (request.path.startsWith(`${ASK_PATH}/`) ? answer(request) : null);
};

/** What a person sees where the provider has nothing but JSON to say to their browser, which it cannot send back. */
export const asPage = (request: HttpRequest, reply: HttpReply): HttpReply => {
  const isBrowsers = request.path.startsWith(AUTHORIZE_PATH) && asksForPage(request);
  if (!isBrowsers || reply.statusCode < 400) return reply;
  const why = uidBelow(AUTHORIZE_PATH, request.path) === null ? 'fault' : 'gone';
  const ended = end(request, reply.statusCode, why);
  const ticket = reply.headers['set-cookie'];
  return ticket === undefined ? ended : { ...ended, headers: { ...ended.headers, 'set-cookie': ticket } };
};
