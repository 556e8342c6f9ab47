import { said } from '../../../presenters/said';

/** What the page says that lists who may ask after the card. */
export const consentsWords = said({
  zh: {
    barTitle: '谁可以查询',
    lead: '您同意过这些机构在期限内查询虚拟身份卡是否有效。它们得知的只有卡的状态。点开一条可以撤回。',
    loading: '正在读取',
    steps: ['读取您的同意'],
    retry: '重试',
    emptyTitle: '没有机构可以查询',
    emptyText: '您同意某个机构以后查询虚拟身份卡是否有效时，会列在这里，随时可以撤回。',
  },
  en: {
    barTitle: 'Who may ask',
    lead: 'You agreed that these may ask for a while whether your card is valid. They hear how the card stands, and nothing else. Open one to withdraw it.',
    loading: 'Reading',
    steps: ['Reading your consents'],
    retry: 'Try again',
    emptyTitle: 'Nobody may ask',
    emptyText:
      'Whoever you let ask for a while whether your card is valid is listed here, and you can withdraw it at any time.',
  },
});
