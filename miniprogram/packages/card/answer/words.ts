import { said } from '../../../presenters/said';

/** What the page says that answers an institution. */
export const answerWords = said({
  zh: {
    barTitle: '机构核验请求',
    selfieTitle: '请拍一张自拍',
    selfieText: '这项用途要确认同意的人是您本人。自拍只用来比对，比对后立即删除。',
    selfieHint: '正对镜头，光线均匀，不戴帽子和墨镜。',
    working: '正在答复',
    toldTitle: '已提供给',
    told: '对方得到的信息',
    purpose: '用途',
    lasts: '同意的期限',
    answeredAt: '时间',
    goOn: '请回到对方那里继续，不用再出示码。',
    inHistory: '使用记录里随时可以看到这一次，也可以要求对方删除或举报。',
    history: '查看使用记录',
    sendAgain: '再送一次',
    leave: '返回首页',
  },
  en: {
    barTitle: 'An institution asks',
    selfieTitle: 'Take a selfie',
    selfieText: 'This task asks that you agree in person. The selfie is compared with your face and deleted at once.',
    selfieHint: 'Face the camera in even light, without hat or sunglasses.',
    working: 'Answering',
    toldTitle: 'You have told',
    told: 'What they were told',
    purpose: 'For',
    lasts: 'Consent lasts',
    answeredAt: 'When',
    goOn: 'Go on where you were with them. Nothing more is to be shown here.',
    inHistory: 'Your history shows this at any time; there you can ask them to delete it, or report them.',
    history: 'See the history',
    sendAgain: 'Send again',
    leave: 'Back to the first screen',
  },
});
