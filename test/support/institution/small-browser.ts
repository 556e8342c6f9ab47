import type { ProviderWorld } from './provider-world';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly attributes: string;
}

/** As much of a browser as an authorization needs: cookies by their path, and redirects one by one. */
export interface SmallBrowser {
  /** Asks for an address, as whoever typed it; nothing is followed. */
  readonly get: (address: string) => Promise<Response>;
  /** Sends the form that a page has for that address. @param fields what of it was filled in */
  readonly submit: (address: string, fields?: Readonly<Record<string, string>>) => Promise<Response>;
  /** Follows redirects within the service. @returns the last reply, and where it leads beyond, or empty */
  readonly follow: (
    address: string,
  ) => Promise<{ readonly reply: Response; readonly leads: string; readonly at: string }>;
  /** Goes on from a page that does so by itself (`http-equiv="refresh"`). @throws Error where it does not */
  readonly goOn: (page: Response) => ReturnType<SmallBrowser['follow']>;
  readonly cookies: ReadonlyMap<string, Cookie>;
}

const cookieOf = (header: string): Cookie => {
  const [pair = '', ...attributes] = header.split('; ');
  const at = pair.indexOf('=');
  const path = attributes.find((one) => one.startsWith('Path='))?.slice(5) ?? '/';
  return { name: pair.slice(0, at), value: pair.slice(at + 1), path, attributes: attributes.join('; ') };
};

/** @param origin of the service */
export const createSmallBrowser = (
  send: ProviderWorld['fetch'],
  origin: string,
  language = 'zh-CN,zh;q=0.9',
): SmallBrowser => {
  const cookies = new Map<string, Cookie>();
  const ask = async (address: string, init: RequestInit): Promise<Response> => {
    const { href, pathname } = new URL(address, origin);
    const held = [...cookies.values()].filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    const cookie = held.map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html,*/*;q=0.8', 'accept-language': language, ...(cookie && { cookie }) };
    const reply = await send(href, { redirect: 'manual', headers, ...init });
    for (const header of reply.headers.getSetCookie()) {
      const given = cookieOf(header);
      if (given.attributes.includes('Max-Age=0')) cookies.delete(given.name);
      else cookies.set(given.name, given);
    }
    return reply;
  };
  const get = (address: string) => ask(address, {});
  const follow: SmallBrowser['follow'] = async (address) => {
    const at = new URL(address, origin).href;
    const reply = await get(at);
    const to = reply.headers.get('location');
    if (to === null) return { reply, leads: '', at };
    const next = new URL(to, at);
    return next.origin === new URL(origin).origin ? follow(next.href) : { reply, leads: next.href, at };
  };
  const goOn: SmallBrowser['goOn'] = async (page) => {
    const text = await page.text();
    const [, address] = /<meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(text) ?? [];
    if (address === undefined) throw new Error(`the page goes nowhere: ${text}`);
    return follow(address);
  };
  return {
    goOn,
    get,
    submit: (address, fields) =>
      ask(address, { method: 'POST', ...(fields && { body: new URLSearchParams(fields).toString() }) }),
    follow,
    cookies,
  };
};
