import { said } from '../../../presenters/said';

/** What the operators' desk says. */
export const deskWords = said({
  zh: {
    barTitle: '工作台',
    loading: '正在打开工作台',
    steps: ['读取待办'],
    number: '工号',
    cases: '待复核',
    applications: '商户申请',
    nothing: '目前没有待办',
    unread: '没有读到待办，请下拉刷新。',
    notOperatorTitle: '这里供发证方工作人员使用',
    notOperatorText: '此账号不是操作员。如果您是来办卡或查验的，请返回首页。',
    leave: '返回首页',
    retry: '重试',
  },
  en: {
    barTitle: 'Desk',
    loading: 'Opening the desk',
    steps: ['Reading what waits'],
    number: 'Operator',
    cases: 'To review',
    applications: 'Applications',
    nothing: 'Nothing waits now',
    unread: 'What waits could not be read. Pull down to try again.',
    notOperatorTitle: "This is for the issuer's staff",
    notOperatorText: 'This account is no operator. To get a card or to check one, go to the first screen.',
    leave: 'Back to the first screen',
    retry: 'Try again',
  },
});
