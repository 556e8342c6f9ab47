import { purposeTable, type PurposeId } from '../../protocol';
import { ASK_SCRIPT, stateOf, type AskView } from '../_adapters/institutions/ask-page';
import { escapeHtml, pageOf, type PageLanguage } from '../_adapters/runtime/page';
import { askOutcomes } from '../_core/sandbox/forced-outcomes';

const words = {
  zh: {
    tag: 'zh-CN',
    banner: '沙盒 · SANDBOX',
    nobody: '这里没有真实的人，也没有手机。答复均为虚构，不具任何效力。',
    title: '请选择结果',
    lead: (name: string, purpose: string) =>
      `<strong>${name}</strong>询问一位测试人物，用途：<strong>${purpose}</strong>。`,
    compare: '正式环境中，手机显示同样的文字：',
    chosen: '已选择，稍候。',
    left: '剩余时间：',
    seconds: (seconds: number) => `${String(seconds)} 秒`,
    cancel: '取消并返回',
    code: '所显示的二维码文字',
    show: '显示询问',
    unknown: '没有等待答复的询问。请核对文字，或重新开始。',
    done: '结果已经选定。',
  },
  en: {
    tag: 'en',
    banner: 'SANDBOX · 沙盒',
    nobody: 'There is no real person here and no phone. All answers are made up and prove nothing.',
    title: 'Choose what happens',
    lead: (name: string, purpose: string) =>
      `<strong>${name}</strong> asks a test person, for: <strong>${purpose}</strong>.`,
    compare: 'With holders, the phone shows the same words:',
    chosen: 'It is chosen, and happens in a moment.',
    left: 'Time left: ',
    seconds: (seconds: number) => `${String(seconds)} s`,
    cancel: 'Cancel and go back',
    code: 'The text of the QR code that you show',
    show: 'Show the ask',
    unknown: 'No ask waits under this text. Check it, or begin anew.',
    done: 'The outcome is chosen.',
  },
} as const;

const STYLE = `body { border: .8rem solid #b00020; padding: 0 1rem 1rem }
.banner { margin: 0 -1rem; padding: .6rem; background: #b00020; color: #fff; font-size: 1.4rem; font-weight: 700; text-align: center }
.message { margin: 1rem 0; font-size: 2rem; line-height: 1.2; font-weight: 700; text-align: center; overflow-wrap: anywhere }
button, input { box-sizing: border-box; width: 100%; margin-top: .5rem; padding: .7rem; font: inherit; border: 1px solid #666; border-radius: .5rem; background: #fff; text-align: start }
[role=status] { padding: 1rem; border-radius: .5rem; background: #f0f0f0 }
`;

/** Those that somebody at a phone could make happen: whoever polls is told to slow down by a number alone. */
const offered = askOutcomes.filter(
  ({ slowMs, happens }) => slowMs === 0 && (happens.kind !== 'waits' || happens.isClaimed),
);

const banner = (language: PageLanguage): string => {
  const said = words[language];
  return `<p class="banner">${said.banner}</p>\n<p>${said.nobody}</p>\n`;
};

const asked = (
  { names, purpose, bindingMessage }: Pick<AskView, 'names' | 'bindingMessage'> & { readonly purpose: PurposeId },
  language: PageLanguage,
): string => {
  const said = words[language];
  return `<p>${said.lead(escapeHtml(names[language]), purposeTable[purpose].names[language])}</p>
<p>${said.compare}</p>
<p class="message">${escapeHtml(bindingMessage)}</p>
`;
};

const buttons = (language: PageLanguage): string =>
  offered.map(({ id, names }) => `<button name="outcome" value="${id}">${names[language]}</button>`).join('\n');

const page = (body: string, language: PageLanguage, head = ''): string => {
  const { tag, title } = words[language];
  return pageOf({ tag, title, style: STYLE, head, body: `${banner(language)}${body}` });
};

/** The page on which a browser waits, with what can happen in the place of a code for a phone. */
export const outcomePage = (view: AskView, language: PageLanguage): string => {
  const said = words[language];
  const { isClaimed, secondsLeft, choosePath, cancelPath } = view;
  const unit = said.seconds(0).slice(1);
  const choice = `<form method="post" action="${choosePath}">\n${buttons(language)}\n</form>\n`;
  const head = '<noscript><meta http-equiv="refresh" content="5"></noscript>\n';
  return page(
    `${asked(view, language)}${isClaimed ? `<p role="status">${said.chosen}</p>\n` : choice}<p>${said.left}<span id="left" data-state="${stateOf(isClaimed)}" data-seconds="${String(secondsLeft)}" data-unit="${unit}">${said.seconds(secondsLeft)}</span></p>
<form method="post" action="${cancelPath}"><button>${said.cancel}</button></form>
<script>${ASK_SCRIPT}</script>
`,
    language,
    head,
  );
};

/** How much of a text is shown again where it is no code: none of ours is longer. */
const SHOWN = 60;

/** What stands in the place of a phone that scans a teller's screen. */
export interface PhoneView {
  /** The text of the code that was scanned; empty where none was. */
  readonly code: string;
  readonly state: 'unscanned' | 'unknown' | 'asked' | 'chosen';
  /** What is asked, where it is. */
  readonly asked: Parameters<typeof asked>[0] | null;
}

/** The page that stands in the place of a phone: it takes the text of a code, and then what happens. */
export const phonePage = ({ code, state, asked: ask }: PhoneView, path: string, language: PageLanguage): string => {
  const said = words[language];
  const scanned = escapeHtml(code.slice(0, SHOWN));
  const scan = `<form method="get" action="${path}">
<label>${said.code}<input name="code" value="${scanned}" required></label>
<button>${said.show}</button>
</form>
`;
  if (state === 'chosen') return page(`<p role="status">${said.done}</p>\n`, language);
  if (state !== 'asked' || !ask)
    return page(`${state === 'unknown' ? `<p role="status">${said.unknown}</p>\n` : ''}${scan}`, language);
  const hidden = `<input type="hidden" name="code" value="${scanned}">`;
  return page(
    `${asked(ask, language)}<form method="post" action="${path}">\n${hidden}\n${buttons(language)}\n</form>\n`,
    language,
  );
};
