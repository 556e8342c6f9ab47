import { said } from '../../../presenters/said';

/** What the showing of an offline pass says. */
export const offlineWords = said({
  zh: {
    barTitle: '离线出示',
    opening: '正在取出离线通行码',
    steps: ['每次出示用掉一个'],
    tells: '对方将看到',
    left: '剩余',
    codeLabel: '离线通行码，请商家扫描',
    once: '这个通行码只能用一次。请在对方扫码后离开本页。',
    remaining: (count: number) => `还有 ${String(count)} 个，联网后自动补足。`,
    scanned: '对方已扫码',
    capturedTitle: '刚才截了屏',
    capturedText: '截图很快失效，并且重复使用会被发现。请勿把截图发给他人。',
    overTitle: '本次出示已结束',
    overText: '这个通行码不再出示。需要时可以再用一个。',
    again: '再用一个',
    leave: '返回首页',
    doneTitle: '请看商家的屏幕',
    doneText: '离线时您的手机不知道结果。商家联网后，这次查验会出现在您的记录里。',
  },
  en: {
    barTitle: 'Show it offline',
    opening: 'Taking out an offline pass',
    steps: ['Each showing uses one up'],
    tells: 'They will see',
    left: 'Ends in',
    codeLabel: 'An offline pass, to be scanned by the merchant',
    once: 'This pass serves once. Leave this page after it was scanned.',
    remaining: (count: number) => `Passes left: ${String(count)}. More are fetched once you are online.`,
    scanned: 'It was scanned',
    capturedTitle: 'A screenshot was taken',
    capturedText: 'It is soon worthless, and a second use is found out. Do not send it to anybody.',
    overTitle: 'This showing has ended',
    overText: 'This pass is not shown any more. You can use another one.',
    again: 'Use another pass',
    leave: 'Back to the first screen',
    doneTitle: "Look at the merchant's screen",
    doneText:
      'Offline, your phone does not hear the result. Once the merchant is online, the check appears in your history.',
  },
});
