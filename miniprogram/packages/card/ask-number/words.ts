import { said } from '../../../presenters/said';

/** What the page of the number for an institution says. */
export const askNumberWords = said({
  zh: {
    barTitle: '报号核验',
    asking: '正在领取号码',
    steps: ['领取号码'],
    read: '把这个号码念给对方，或在对方网页上输入',
    left: '剩余',
    over: '号码已过期',
    waits: '对方输入号码后，这里会自动显示是谁在问、问什么。',
    cutTitle: '暂时连不上服务',
    cutText: '正在重试。对方如已输入号码，恢复后会显示。',
    warnTitle: '只念给您自己找的机构',
    warnText: '有人打来电话索要这个号码的，请挂断：可能是诈骗。',
    points: ['号码只能用一次，五分钟后失效。', '号码本身不透露任何信息：您同意之前，对方什么也得不到。'],
    anew: '换一个号码',
    leave: '返回',
  },
  en: {
    barTitle: 'Read out a number',
    asking: 'Getting a number',
    steps: ['Getting a number'],
    read: 'Read this number out to them, or type it on their page',
    left: 'Ends in',
    over: 'The number has ended',
    waits: 'Once they have entered it, you see here who asks, and for what.',
    cutTitle: 'The service is out of reach for now',
    cutText: 'Trying again. If they have entered the number, you will see it then.',
    warnTitle: 'Only to whom you turned to yourself',
    warnText: 'If somebody rings you up and wants this number, hang up: it may be a fraud.',
    points: [
      'It serves once, and ends after five minutes.',
      'By itself it tells nothing: until you agree, they learn nothing.',
    ],
    anew: 'Another number',
    leave: 'Back',
  },
});
