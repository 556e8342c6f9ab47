import { said } from '../../../presenters/said';

/** What the page from which the card is managed says. */
export const manageWords = said({
  zh: {
    barTitle: '管理虚拟身份卡',
    lead: '虚拟身份卡是您的：停用、留存、删除都由您决定，每一步都会记在使用记录里。',
    loading: '正在读取',
    steps: ['读取虚拟身份卡'],
    retry: '重试',
    question: {
      title: '停用虚拟身份卡？',
      text: '停用后任何商家都不能查验，直到您恢复。手机丢失或被他人使用时请停用。',
      yes: '停用',
      no: '不停用',
    },
    suspended: '已停用',
    resumed: '已恢复',
    willRemind: '到期前一个月会提醒您',
    noReminder: '已关闭提醒',
    understood: '知道了',
  },
  en: {
    barTitle: 'Manage the card',
    lead: 'The card is yours: you decide when it rests, what you keep of it and when it ends. Each step is set down in the history.',
    loading: 'Reading',
    steps: ['Reading the card'],
    retry: 'Try again',
    question: {
      title: 'Suspend the card?',
      text: 'No merchant can check it until you resume it. Do this if the phone is lost or in other hands.',
      yes: 'Suspend',
      no: 'Keep it',
    },
    suspended: 'Suspended',
    resumed: 'Resumed',
    willRemind: 'You will be told in time',
    noReminder: 'The reminder is off',
    understood: 'OK',
  },
});
