import type { ErrorCode } from '../../protocol';
import { pageOf, type PageLanguage } from '../_adapters/runtime/page';

/** What the page says above its form: nothing yet, or what the last call came to. */
export type PageOutcome = 'asked' | 'stopped' | 'mistyped' | 'unknown' | 'busy' | 'failed';

const words = {
  zh: {
    tag: 'zh-CN',
    title: '停用虚拟身份卡',
    lead: '手机丢失或落入他人之手时，输入您抄下的停用码。无需登录，虚拟身份卡立即停用。',
    label: '停用码',
    button: '立即停用',
    other: 'English',
    outcomes: {
      asked: '',
      stopped:
        '虚拟身份卡已停用。要恢复使用，请在新手机上重新核验人脸，或到柜台办理。要删除一切，请带停用码和身份证到柜台。',
      mistyped: '停用码输入有误，请逐字核对后再试。',
      unknown: '没有停用任何虚拟身份卡：停用码不对，或者对应的虚拟身份卡早已停用。',
      busy: '尝试过于频繁，请十分钟后再试。',
      failed: '暂时无法处理，请再试一次。',
    },
  },
  en: {
    tag: 'en',
    title: 'Stop a virtual identity card',
    lead: 'If the phone is lost or in other hands, enter the code that you wrote down. No login is needed, and the card is stopped at once.',
    label: 'Kill code',
    button: 'Stop the card',
    other: '中文',
    outcomes: {
      asked: '',
      stopped:
        'The card is stopped. To use it again, prove your face on a new phone, or go to a counter. To have everything deleted, take the code and your identity card to a counter.',
      mistyped: 'There is a mistake in the code. Compare it character by character and try again.',
      unknown: 'No card was stopped: the code is not right, or its card was stopped before.',
      busy: 'That was tried too often. Try again in ten minutes.',
      failed: 'It did not work for now. Try again.',
    },
  },
} as const;

const outcomes: Partial<Record<ErrorCode, PageOutcome>> = {
  request_invalid: 'mistyped',
  kill_code_mistyped: 'mistyped',
  kill_code_unknown: 'unknown',
  too_many_requests: 'busy',
};

/** What the page says of a refusal. */
export const outcomeOf = (code: ErrorCode): PageOutcome => outcomes[code] ?? 'failed';

/** The page as HTML. It repeats nothing of what was sent. */
export const killPage = (outcome: PageOutcome, language: PageLanguage): string => {
  const { tag, title, lead, label, button, other, outcomes } = words[language];
  const said = outcomes[outcome];
  const otherLanguage = language === 'zh' ? 'en' : 'zh';
  return pageOf({
    tag,
    title,
    style: `input, button { box-sizing: border-box; width: 100%; margin-top: .5rem; padding: .8rem; font: inherit; border-radius: .5rem }
input { border: 1px solid #666; text-transform: uppercase }
button { border: 0; color: #fff; background: #b3261e }
[role=status] { padding: 1rem; border-radius: .5rem; background: #f0f0f0 }
`,
    body: `${said === '' ? '' : `<p role="status">${said}</p>\n`}<p>${lead}</p>
<form method="post" action="/public/kill?lang=${language}">
<label for="code">${label}</label>
<input id="code" name="code" required maxlength="80" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="XXXX-XXXX-XXXX-XXXX-XXXX">
<button>${button}</button>
</form>
<p><a href="/public/kill?lang=${otherLanguage}" hreflang="${otherLanguage}">${other}</a></p>
`,
  });
};
