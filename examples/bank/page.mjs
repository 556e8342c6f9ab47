import { renderSVG } from 'uqr';
import { words } from './words.mjs';

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => entities[sign]);

/** HTML of a template whose values are escaped, but for those that are HTML already. */
const html = (parts, ...values) => {
  const shown = (value) => {
    if (Array.isArray(value)) return value.map(shown).join('');
    return value?.html ?? escaped(value ?? '');
  };
  return { html: parts.map((part, at) => part + (at < values.length ? shown(values[at]) : '')).join('') };
};

/** @param page.revision of what it shows, where that may become something else: the page follows it */
const layout = (said, language, { title, body, revision, isWaiting = false }) => {
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
    <html lang="${said.tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${isWaiting ? html`<noscript><meta http-equiv="refresh" content="3" /></noscript>` : ''}
        <title>${title} · ${said.bank}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/counter.css" />
      </head>
      <body data-revision="${revision}">
        <header>
          <div><b>${said.bank}</b><span>${said.counter}</span></div>
          <a href="/?lang=${other}" hreflang="${other}">${said.other}</a>
        </header>
        <main>${body}</main>
        ${revision ? html`<script src="/counter.js" type="module"></script>` : ''}
      </body>
    </html>`.html;
};

const field = (name, value) =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const customerFields = (said, { customer }) =>
  Object.entries(said.fields).flatMap(([claim, name]) => {
    const value = customer[claim];
    if (value === undefined) return [];
    if (claim === 'gender') return [field(name, said.genders[value] ?? value)];
    return [field(name, typeof value === 'object' ? value.formatted : value)];
  });

/** The first page: how the customer is met, and what was opened today. */
export const counterPage = (language, { opened, isNumberWrong = false }) => {
  const said = words[language];
  const rows = opened.map(
    ({ id, account }) =>
      html`<li>
        <a href="/openings/${id}?lang=${language}">${account.number}</a> <span>${account.customer.name}</span>
      </li>`,
  );
  const body = html`<h1>${said.open}</h1>
    <p>${said.lead}</p>
    <form method="post" action="/openings?lang=${language}" class="ways">
      <button name="way" value="scan">${said.byScan}</button>
    </form>
    <form method="post" action="/openings?lang=${language}" class="ways">
      <label for="number">${said.byNumber}</label>
      <input
        id="number"
        name="number"
        inputmode="numeric"
        autocomplete="off"
        maxlength="15"
        required
        aria-describedby="about-number"
      />
      <small id="about-number" class="${isNumberWrong ? 'wrong' : ''}">
        ${isNumberWrong ? said.numberWrong : said.number}
      </small>
      <button name="way" value="number">${said.ask}</button>
    </form>
    <h2>${said.accounts}</h2>
    ${
      rows.length > 0
        ? html`<ul>
            ${rows}
          </ul>`
        : html`<p class="quiet">${said.none}</p>`
    }`;
  return layout(said, language, { title: said.open, body });
};

const asking = (said, language, { id, scanCode, bindingMessage }) =>
  html`${
      scanCode === null
        ? html`<h1>${said.waiting}</h1>`
        : html`<h1>${said.scan}</h1>
            <div class="code" role="img" aria-label="${said.scan}">
              ${{ html: renderSVG(scanCode, { ecc: 'M', border: 4 }) }}
            </div>
            <p role="status">${said.waiting}</p>`
    }
    <p>${said.compare}</p>
    <p class="message">${bindingMessage}</p>
    <form method="post" action="/openings/${id}/cancel?lang=${language}"><button>${said.cancel}</button></form>`;

/** The counter's own time, wherever the server stands. */
const counterTime = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone: 'Asia/Shanghai' };

/** What the provider has told since, on its own. */
const newsOf = (said, { kind, status, event_timestamp: at }) => {
  const told = kind === 'consent-withdrawn' ? said.consentWithdrawn : (said.statuses[status] ?? status);
  return `${told} · ${new Date(at * 1000).toLocaleString(said.tag, counterTime)}`;
};

const opened = (said, language, { id, account }, status) =>
  html`<h1>${said.opened}</h1>
    <p class="message">${account.number}</p>
    <dl>
      ${customerFields(said, account)} ${field(said.level, said.levels[account.level] ?? account.level)}
      ${field(said.proofs, account.proofs.flatMap((proof) => said.proofNames[proof] ?? []).join(' · '))}
      ${account.news ? field(said.newsTitle, newsOf(said, account.news)) : ''}
      ${status ? field(said.statusTitle, said.statuses[status] ?? status) : ''}
    </dl>
    ${
      account.reference
        ? html`<form method="get" action="/openings/${id}">
            <input type="hidden" name="lang" value="${language}" />
            <button name="ask" value="status">${said.status}</button>
          </form>`
        : html`<p class="quiet">${said.statuses.withdrawn}</p>`
    }
    <p><a href="/?lang=${language}">${said.again}</a></p>`;

/** The provider's own code says more than OAuth's. Where it has no words here, OAuth's would tell of something else. */
const whyOf = ({ refusals }, { code, reason }) => {
  const named = reason || code;
  return Object.hasOwn(refusals, named) ? refusals[named] : refusals.other;
};

const refused = (said, language, opening) =>
  html`<h1>${said.refused}</h1>
    <p role="alert">${whyOf(said, opening)}</p>
    <p><a href="/?lang=${language}">${said.again}</a></p>`;

/** The page of one opening, in whatever state it is. @param status how the card is, where that was asked */
export const openingPage = (language, opening, status = null) => {
  const said = words[language];
  const { state, revision } = opening;
  if (state === 'asking') {
    const body = asking(said, language, opening);
    return layout(said, language, { title: said.open, body, revision, isWaiting: true });
  }
  if (state === 'refused')
    return layout(said, language, { title: said.refused, body: refused(said, language, opening) });
  return layout(said, language, { title: said.opened, body: opened(said, language, opening, status), revision });
};
