import { parseCounterCode } from '../../protocol';
import type { HttpReply, HttpRequest } from '../_adapters/runtime/http-event';
import { languageOf, pageHeaders } from '../_adapters/runtime/page';
import { problemReply } from '../_adapters/runtime/problem';
import type { LoadPartner } from '../_core/partners/partner-ports';
import type { Sandbox } from '../_core/sandbox/sandbox';
import { isAsk } from '../_core/showing/counter-session';
import { phonePage, type PhoneView } from './outcome-page';

interface PhonePorts {
  readonly sessions: Sandbox['sessions'];
  readonly loadPartner: LoadPartner;
  /** Below which path the issuer lies. */
  readonly base: string;
  /** Below whose address problems are described. */
  readonly problemsOf: string;
}

/** Below the issuer's path. */
const PHONE_PATH = '/phone';

/**
 * Stands in the place of a phone that scans the code on a teller's screen: whoever has the text of an ask's code, which nobody guesses, forces what
 * becomes of it, as whoever scans one decides.
 * @returns what answers a request; null for a path that is not the phone's
 */
export const createPhone = (ports: PhonePorts): ((request: HttpRequest) => Promise<HttpReply> | null) => {
  const { sessions, loadPartner, base, problemsOf } = ports;

  const look = async (code: string): Promise<PhoneView> => {
    const handle = parseCounterCode(code.trim());
    const session = handle && (await sessions.loadSession(handle));
    const partner = session && (await loadPartner(session.partner));
    if (!session || !isAsk(session) || !partner) return { code, state: 'unknown', asked: null };
    const { purpose, ask } = session;
    return { code, state: 'asked', asked: { names: partner.names, purpose, bindingMessage: ask.bindingMessage } };
  };

  const choose = async (form: URLSearchParams): Promise<PhoneView> => {
    const code = form.get('code') ?? '';
    const handle = parseCounterCode(code.trim());
    const isChosen = handle !== null && (await sessions.choose(handle, form.get('outcome') ?? ''));
    return { code, state: isChosen ? 'chosen' : 'unknown', asked: null };
  };

  const answer = async (request: HttpRequest): Promise<HttpReply> => {
    const { method, query, headers, body } = request;
    if (method !== 'GET' && method !== 'POST')
      return problemReply(problemsOf, { code: 'method_not_allowed' }, { allow: 'GET, POST' });
    const code = query.get('code') ?? '';
    const unscanned: PhoneView = { code: '', state: 'unscanned', asked: null };
    const view =
      method === 'POST' ? await choose(new URLSearchParams(body)) : code === '' ? unscanned : await look(code);
    const language = languageOf(query.get('lang'), headers.get('accept-language'));
    return {
      statusCode: view.state === 'unknown' ? 404 : 200,
      headers: { ...pageHeaders, 'cache-control': 'no-store', vary: 'accept-language' },
      body: phonePage(view, `${base}${PHONE_PATH}`, language),
    };
  };
  return (request) => (request.path === PHONE_PATH ? answer(request) : null);
};
