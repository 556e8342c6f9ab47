import { said } from '../../../presenters/said';

/** What the page on which an act is proposed says. */
export const proposeWords = said({
  zh: {
    barTitle: '提议',
    loading: '正在打开',
    steps: ['读取权限'],
    nothing: { title: '没有可提议的操作', text: '您的岗位没有需要双人确认的操作。' },
    act: '操作',
    reason: '理由',
    propose: '提议',
    faults: { act: '请选择操作', target: '编号不完整，请核对', reason: '请选择理由' },
    doneTitle: '已提议，还没有执行',
    doneText: '须由另一位操作员在一天内确认。请告诉对方核对下面的内容。',
    proposal: '提议编号',
    hash: '校验值',
    back: '返回',
    retry: '重试',
    understood: '知道了',
  },
  en: {
    barTitle: 'Propose',
    loading: 'Opening',
    steps: ['Reading what you may do'],
    nothing: { title: 'There is nothing to propose', text: 'Your role has no acts that take two persons.' },
    act: 'Act',
    reason: 'Reason',
    propose: 'Propose',
    faults: { act: 'Choose an act', target: 'The id is not whole. Check it.', reason: 'Choose a reason' },
    doneTitle: 'Proposed, and not done yet',
    doneText: 'Another operator must confirm it within a day. Have them compare what stands below.',
    proposal: 'Proposal',
    hash: 'Hash',
    back: 'Back',
    retry: 'Try again',
    understood: 'OK',
  },
});
