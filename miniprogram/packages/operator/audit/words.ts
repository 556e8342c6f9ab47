import { said } from '../../../presenters/said';

/** What the audit says. */
export const auditWords = said({
  zh: {
    barTitle: '操作记录',
    loading: '正在读取记录',
    steps: ['读取记录'],
    note: '操作员和商户做过的事。点一条可看日志中的原文。读取本页也会留下记录。',
    salt: '盐值',
    emptyTitle: '还没有记录',
    emptyText: '操作员和商户所做的每件事都会出现在这里。',
    more: '继续向下滑动查看更早的记录',
    end: '没有更早的记录了',
    retry: '重试',
  },
  en: {
    barTitle: 'Audit',
    loading: 'Reading the audit',
    steps: ['Reading'],
    note: 'What operators and businesses did. Tap an entry for its text in the log. Reading this leaves an entry too.',
    salt: 'Salt',
    emptyTitle: 'Nothing was done yet',
    emptyText: 'Whatever operators and businesses do appears here.',
    more: 'Scroll on for what is older',
    end: 'There is nothing older',
    retry: 'Try again',
  },
});
