import type { Language } from './guidance';

/** Why the super-app gave no leave to send a message. */
type NoConsent = 'declined' | 'switched-off' | 'unavailable';

/** What to say where no message may be sent; with `yes`, it is asked whether to open the settings. */
export interface ToldNoConsent {
  readonly title: string;
  readonly text: string;
  readonly yes: string | null;
  readonly no: string;
}

const words = {
  zh: {
    declined: {
      title: '没有开启提醒',
      text: '微信没有允许发送这条消息。如果选过“总是保持以上选择”，请在小程序设置里重新允许，再点一次。',
    },
    'switched-off': {
      title: '订阅消息已关闭',
      text: '这个小程序的订阅消息总开关是关闭的。请在小程序设置里打开“接收通知”，再点一次。',
    },
    unavailable: { title: '现在不能开启提醒', text: '微信现在不能发送这条消息，请稍后再试。其他功能不受影响。' },
    yes: '去设置',
    no: '不用了',
    understood: '知道了',
  },
  en: {
    declined: {
      title: 'No reminder is set',
      text: 'WeChat has no leave to send this message. If you ticked “always keep this choice”, allow it in the settings, then tap again.',
    },
    'switched-off': {
      title: 'Messages are switched off',
      text: 'All messages of this mini-program are switched off. Switch “receive notifications” on in the settings, then tap again.',
    },
    unavailable: {
      title: 'No reminder can be set now',
      text: 'WeChat cannot send this message at present. Try again later; all else works.',
    },
    yes: 'Settings',
    no: 'Not now',
    understood: 'OK',
  },
} as const;

/** How to tell that the super-app gave no leave, and the way out. */
export const tellNoConsent = (because: NoConsent, language: Language): ToldNoConsent => {
  const said = words[language];
  const hasWayOut = because !== 'unavailable';
  return { ...said[because], yes: hasWayOut ? said.yes : null, no: hasWayOut ? said.no : said.understood };
};
