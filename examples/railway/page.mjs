import { trains, words } from './words.mjs';

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => entities[sign]);

const style = `
:root { font: 16px/1.6 system-ui, 'Noto Sans CJK SC', sans-serif; color: #1c2b22; background: #f1f5f2 }
body { margin: 0 }
header { display: flex; justify-content: space-between; padding: .8rem 1.2rem; color: #fff; background: #1f5c3d }
header a { color: #fff }
main { max-width: 32rem; margin: 0 auto; padding: 1.2rem }
h1 { margin: .4rem 0; font-size: 1.4rem }
li, dl { display: block; margin: .7rem 0; padding: .8rem 1rem; border-radius: .6rem; background: #fff }
ul { margin: 0; padding: 0 }
li { display: flex; align-items: center; gap: 1rem }
li div { flex: 1 }
li small { display: block; color: #4d6156 }
button { padding: .6rem 1.1rem; border: 0; border-radius: .5rem; font: inherit; color: #fff; background: #1f7a4d; cursor: pointer }
dl div { display: flex; gap: 1rem; padding: .35rem 0 }
dt { flex: 0 0 7rem; color: #4d6156 }
dd { margin: 0; font-weight: 600 }
[role='alert'] { color: #a1260d }`;

const layout = (said, language, title, body) => {
  const other = language === 'zh' ? 'en' : 'zh';
  return `<!doctype html>
<html lang="${said.tag}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${said.name}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<header><b>${said.name}</b><a href="?lang=${other}" hreflang="${other}">${said.other}</a></header>
<main><h1>${title}</h1>
${body}</main>
</html>`;
};

const routeOf = (train, language) => `${train.from[language]} → ${train.to[language]}`;

/** The trains that can be booked. */
export const trainsPage = (language) => {
  const said = words[language];
  const rows = trains.map(
    (train) => `<li><div><b>${train.id}</b> ${routeOf(train, language)}
<small>${said.leaves} ${train.leaves} · ${said.price(train.price)}</small></div>
<form method="post" action="/orders?lang=${language}">
<button name="train" value="${train.id}" aria-label="${said.buy} ${train.id}">${said.buy}</button></form></li>`,
  );
  return layout(said, language, said.title, `<p>${said.lead}</p>\n<ul>${rows.join('\n')}</ul>`);
};

/** The provider's own code says more than OAuth's. Where it has no words here, OAuth's would tell of something else. */
const whyOf = ({ refusals }, { code, reason }) => {
  const named = reason || code;
  return Object.hasOwn(refusals, named) ? refusals[named] : refusals.other;
};

const field = (name, value) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`;

/** The ticket that an order has become, or why it has become none. */
export const orderPage = (language, order) => {
  const said = words[language];
  const again = `<p><a href="/?lang=${language}">${said.again}</a></p>`;
  const train = trains.find(({ id }) => id === order?.train);
  if (order?.state !== 'sold' || !train) {
    const why = whyOf(said, order?.state === 'refused' ? order : { code: 'lost', reason: '' });
    return layout(said, language, said.refused, `<p role="alert">${why}</p>\n${again}`);
  }
  const { traveller, seat } = order;
  const fields = [
    field(train.id, `${routeOf(train, language)} · ${train.leaves}`),
    field(said.traveller, traveller.name),
    field(said.number, traveller.number),
    field(said.seat, said.seatOf(seat.carriage, seat.seat)),
  ];
  return layout(said, language, said.ticket, `<dl>${fields.join('')}</dl>\n${again}`);
};
