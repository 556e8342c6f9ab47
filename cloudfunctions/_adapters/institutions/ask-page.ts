import { purposeTable, type PurposeId } from '../../../protocol';
import { escapeHtml, pageOf, type PageLanguage } from '../runtime/page';

const words = {
  zh: {
    tag: 'zh-CN',
    title: '请用手机出示身份卡',
    lead: (name: string, purpose: string) =>
      `<strong>${name}</strong>请您出示虚拟身份卡，用于<strong>${purpose}</strong>。`,
    compare: '手机上须显示同样的文字，否则请勿同意：',
    scan: '在微信中打开“虚拟身份卡”小程序，点“扫柜台码”，扫描此码：',
    code: '二维码',
    scanned: '已经扫码。请在手机上确认或拒绝，此页随后自动返回。',
    left: '剩余时间：',
    seconds: (seconds: number) => `${String(seconds)} 秒`,
    byItself: '此页每五秒自动刷新。',
    cancel: '取消并返回',
    leaveTitle: '已取消',
    leave: '正在返回您来自的网页。',
    goOn: '若未自动返回，请点此处',
    goneTitle: '此页已失效',
    gone: '请求已经结束，或是在另一个浏览器中开始的。请回到您来自的网页，重新开始。',
    faultTitle: '无法继续',
    fault: '您来自的网页发出的请求不完整或已失效。请回到那里，重新开始。',
  },
  en: {
    tag: 'en',
    title: 'Show your identity card by phone',
    lead: (name: string, purpose: string) =>
      `<strong>${name}</strong> asks you to show your virtual identity card for: <strong>${purpose}</strong>.`,
    compare: 'The phone must show the same words. Do not agree if it does not:',
    scan: 'Open the mini-program of the virtual identity card in WeChat, touch “Scan a counter’s code”, and scan this one:',
    code: 'QR code',
    scanned: 'The code was scanned. Agree or decline on the phone, and this page goes back by itself.',
    left: 'Time left: ',
    seconds: (seconds: number) => `${String(seconds)} s`,
    byItself: 'This page renews itself every five seconds.',
    cancel: 'Cancel and go back',
    leaveTitle: 'Cancelled',
    leave: 'Going back to where you came from.',
    goOn: 'Touch here if nothing happens',
    goneTitle: 'This page is over',
    gone: 'The request has ended, or it was begun in another browser. Go back to where you came from and begin anew.',
    faultTitle: 'It cannot go on',
    fault: 'What the page that you came from has sent is not whole, or is over. Go back there and begin anew.',
  },
} as const;

const STYLE = `body { text-align: center }
.message { margin: 1rem 0; font-size: 2.4rem; line-height: 1.2; font-weight: 700; overflow-wrap: anywhere }
.code svg { width: min(18rem, 80vw); height: auto }
button { box-sizing: border-box; width: 100%; margin-top: 1rem; padding: .8rem; font: inherit; border: 1px solid #666; border-radius: .5rem; background: #fff }
[role=status] { padding: 1rem; border-radius: .5rem; background: #f0f0f0 }
`;

/**
 * Asks every two seconds where the ask stands, and has the page come anew when that has changed: the page itself says how it goes on. Asks on
 * where it is told that it asked too often. Counts the seconds down. Never changed by what a page says: its hash is all that may run.
 */
export const ASK_SCRIPT = `
const left = document.getElementById('left');
const { state, unit } = left.dataset;
const end = Date.now() + Number(left.dataset.seconds) * 1000;
setInterval(() => { left.textContent = Math.max(0, Math.ceil((end - Date.now()) / 1000)) + unit; }, 1000);
const look = async () => {
  try {
    const reply = await fetch(location.pathname + '/standing', { cache: 'no-store' });
    if (reply.status !== 429 && (await reply.json()).state !== state) return location.reload();
  } catch {}
  setTimeout(look, 2000);
};
setTimeout(look, 2000);
`;

/** What the page shows of an ask that waits. */
export interface AskView {
  readonly names: { readonly zh: string; readonly en: string };
  readonly purpose: PurposeId;
  readonly bindingMessage: string;
  /** The code as an SVG element. */
  readonly picture: string;
  readonly isClaimed: boolean;
  readonly secondsLeft: number;
  /** Where the form of whoever cancels goes. */
  readonly cancelPath: string;
  /** Where the form of whoever answers in the phone's place goes: in the sandbox, and nowhere else. */
  readonly choosePath: string;
}

/** Where an ask that waits stands, as page and script call it. */
export const stateOf = (isClaimed: boolean): 'waiting' | 'claimed' => (isClaimed ? 'claimed' : 'waiting');

/** Makes a page of an ask that waits. */
export type PageOfAsk = (view: AskView, language: PageLanguage) => string;

/** The page on which a browser waits for a holder. Without a script it renews itself. */
export const askPage: PageOfAsk = (view, language) => {
  const said = words[language];
  const { names, purpose, bindingMessage, picture, isClaimed, secondsLeft, cancelPath } = view;
  const code = `<p>${said.scan}</p>
<div class="code" role="img" aria-label="${said.code}">${picture}</div>
`;
  const unit = said.seconds(0).slice(1);
  return pageOf({
    tag: said.tag,
    title: said.title,
    style: STYLE,
    head: '<noscript><meta http-equiv="refresh" content="5"></noscript>\n',
    body: `<p>${said.lead(escapeHtml(names[language]), purposeTable[purpose].names[language])}</p>
<p>${said.compare}</p>
<p class="message">${escapeHtml(bindingMessage)}</p>
${isClaimed ? `<p role="status">${said.scanned}</p>\n` : code}<p>${said.left}<span id="left" data-state="${stateOf(isClaimed)}" data-seconds="${String(secondsLeft)}" data-unit="${unit}">${said.seconds(secondsLeft)}</span></p>
<noscript><p>${said.byItself}</p></noscript>
<form method="post" action="${cancelPath}"><button>${said.cancel}</button></form>
<script>${ASK_SCRIPT}</script>
`,
  });
};

/**
 * A page on which somebody cancelled, and which goes on by itself. It stands between, since a browser lets a form lead to no other site than this
 * one, by however many redirects (CSP Level 3, `form-action`).
 * @param path where it goes on to
 */
export const leavePage = (path: string, language: PageLanguage): string => {
  const { tag, leaveTitle, leave, goOn } = words[language];
  return pageOf({
    ...{ tag, title: leaveTitle },
    head: `<meta http-equiv="refresh" content="0; url=${path}">\n`,
    body: `<p>${leave}</p>\n<p><a href="${path}">${goOn}</a></p>\n`,
  });
};

/** A page that says that the way ends here: the authorization is over or another browser's, or its request was at fault. */
export const endPage = (why: 'gone' | 'fault', language: PageLanguage): string => {
  const { tag, ...said } = words[language];
  return pageOf({ tag, title: said[`${why}Title`], body: `<p>${said[why]}</p>\n` });
};
