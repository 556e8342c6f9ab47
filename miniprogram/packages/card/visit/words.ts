import { said } from '../../../presenters/said';

/** What the page of the counter's number says. */
export const visitWords = said({
  zh: {
    barTitle: '柜台号码',
    asking: '正在领取号码',
    steps: ['领取号码'],
    read: '把这个号码念给柜台工作人员',
    left: '剩余',
    over: '号码已过期',
    points: [
      '到了柜台再念；不要在电话里念，也不要发给任何人。',
      '工作人员凭号码看到您的照片和隐去部分的姓名，与您本人和身份证核对。',
      '升级为彩卡或删除一切，请带身份证原件。办好后首页会显示。',
    ],
    anew: '换一个号码',
    done: '完成',
    leave: '返回',
  },
  en: {
    barTitle: 'Number for a counter',
    asking: 'Getting a number',
    steps: ['Getting a number'],
    read: 'Read this number out to the staff',
    left: 'Ends in',
    over: 'The number has ended',
    points: [
      'Only at the counter: never read it out on the phone, and send it to nobody.',
      'By it, staff see your portrait and a part of your name, and compare them with you and your identity card.',
      'To have the card upgraded, or everything deleted, bring your identity card. The first screen shows it once it is done.',
    ],
    anew: 'Another number',
    done: 'Done',
    leave: 'Back',
  },
});
