import { said } from '../../../presenters/said';

/** What the history says. */
export const historyWords = said({
  zh: {
    barTitle: '使用记录',
    lead: '虚拟身份卡的查验和变化都记在这里，并写入只能追加的公开日志。点开一条，可以证明它没有被改动；删除虚拟身份卡后，这些记录谁也读不出来。',
    loading: '正在读取记录',
    steps: ['读取记录'],
    emptyTitle: '还没有记录',
    emptyText: '出示虚拟身份卡之后，每一次查验都会出现在这里。',
    retry: '重试',
    more: '继续向下滑动查看更早的记录',
    end: '没有更早的记录了',
  },
  en: {
    barTitle: 'History',
    lead: 'Checks and changes of your card are listed here and go into a public log that can only grow. Open an entry to prove that it was not changed. If you delete the card, nobody can read them any more.',
    loading: 'Reading the history',
    steps: ['Reading'],
    emptyTitle: 'Nothing has happened yet',
    emptyText: 'Once you show the card, every check appears here.',
    retry: 'Try again',
    more: 'Scroll on for what is older',
    end: 'There is nothing older',
  },
});
