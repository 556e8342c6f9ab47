import { said } from '../../../presenters/said';

/** What the history says. */
export const historyWords = said({
  zh: {
    barTitle: '使用记录',
    lead: '电子证每次被查验都会记在这里，谁也删不掉。',
    loading: '正在读取记录',
    steps: ['读取记录'],
    emptyTitle: '还没有记录',
    emptyText: '出示电子证之后，每一次查验都会出现在这里。',
    retry: '重试',
    more: '继续向下滑动查看更早的记录',
    end: '没有更早的记录了',
  },
  en: {
    barTitle: 'History',
    lead: 'Every check of your card is set down here, and nobody can remove it.',
    loading: 'Reading the history',
    steps: ['Reading'],
    emptyTitle: 'Nothing has happened yet',
    emptyText: 'Once you show the card, every check appears here.',
    retry: 'Try again',
    more: 'Scroll on for what is older',
    end: 'There is nothing older',
  },
});
