import { said } from '../../../presenters/said';

/** What the list of shops says. */
export const shopsWords = said({
  zh: {
    barTitle: '店铺与柜台',
    loading: '正在读取店铺',
    steps: ['读取店铺'],
    lead: '柜台是查验虚拟身份卡的位置。它的名称会写进回执和顾客的使用记录。',
    emptyTitle: '还没有店铺',
    emptyText: '开一家店并写下它的柜台，就可以邀请员工来查验。',
    open: '开一家店',
    terminals: (count: number) => `${String(count)} 个柜台`,
    retry: '重试',
  },
  en: {
    barTitle: 'Shops and terminals',
    loading: 'Reading the shops',
    steps: ['Reading'],
    lead: "A terminal is a place where cards are checked. Its name stands in each receipt and in the customer's history.",
    emptyTitle: 'There is no shop yet',
    emptyText: 'Open one and name its terminals; then you can invite staff to check there.',
    open: 'Open a shop',
    terminals: (count: number) => `Terminals: ${String(count)}`,
    retry: 'Try again',
  },
});
