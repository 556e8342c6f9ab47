import { createHash } from 'node:crypto';
import type { HttpRequest } from './http-event';

/** Languages of the service's own pages. */
export type PageLanguage = 'zh' | 'en';

/** The language that a browser asks for, Chinese where it asks for none that there is. */
export const languageOf = (query: string | undefined, accepted: string | undefined): PageLanguage => {
  if (query === 'zh' || query === 'en') return query;
  return accepted?.trim().toLowerCase().startsWith('en') === true ? 'en' : 'zh';
};

/** Whether somebody looks who reads pages: programs ask for no HTML. */
export const asksForPage = ({ headers }: HttpRequest): boolean => headers.get('accept')?.includes('text/html') === true;

/** Nothing may run, load or frame a page; it works without a script. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** What every page is sent with. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': pagePolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * What a page with one script is sent with: that script alone runs, and it may ask nobody but us.
 * @param script its text, to the letter
 */
export const scriptedPageHeaders = (script: string): Readonly<Record<string, string>> => {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `${pagePolicy}; script-src 'sha256-${hash}'; connect-src 'self'`;
  return { ...pageHeaders, 'content-security-policy': policy };
};

/** A page as HTML. @param page.body HTML of the caller's own making: nothing of anybody else's is put into it unescaped */
export const pageOf = (page: {
  readonly tag: string;
  readonly title: string;
  readonly style?: string;
  /** HTML for its head, of the caller's own making too. */
  readonly head?: string;
  readonly body: string;
}): string => `<!doctype html>
<html lang="${page.tag}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
${page.head ?? ''}<style>
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; color: #1a1a1a; background: #fff }
h1 { font-size: 1.5rem; line-height: 1.3 }
${page.style ?? ''}</style>
<h1>${page.title}</h1>
${page.body}</html>
`;

/** A text of somebody else's as HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
