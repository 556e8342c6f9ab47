import { said } from '../../../presenters/said';

/** What the list of checks says. */
export const checksWords = said({
  zh: {
    barTitle: '查验记录',
    leads: {
      all: '全部员工的查验：只记哪些信息被告知，不记内容。',
      own: '您自己的查验：只记哪些信息被告知，不记内容。',
    },
    loading: '正在读取记录',
    steps: ['读取记录'],
    export: { title: '导出', text: '生成表格文件，发到聊天' },
    noKeysTitle: '回执还没有验证',
    noKeysText: '没有取到验证用的公钥，现在不能说回执有效还是无效。下拉可以再试。',
    emptyTitle: '还没有查验',
    emptyText: '每次查验都会出现在这里，并附签名回执。',
    retry: '重试',
    feet: {
      more: '继续向下滑动查看更早的记录',
      end: '没有更早的记录了',
      cut: '更早的记录没有读到，向下滑动再试',
    },
  },
  en: {
    barTitle: 'Checks',
    leads: {
      all: 'Those of all your staff: names of what was told, never the values.',
      own: 'Those that you made: names of what was told, never the values.',
    },
    loading: 'Reading the checks',
    steps: ['Reading'],
    export: { title: 'Export', text: 'A file for a spreadsheet, sent to a chat' },
    noKeysTitle: 'The receipts are not checked yet',
    noKeysText: 'The keys for it could not be had, so nothing can be said about the receipts. Pull down to try again.',
    emptyTitle: 'No check was made yet',
    emptyText: 'Each one appears here, with its signed receipt.',
    retry: 'Try again',
    feet: {
      more: 'Scroll on for what is older',
      end: 'There is nothing older',
      cut: 'What is older could not be read. Scroll on to try again.',
    },
  },
});
