import { said } from '../../../presenters/said';

/** What the page of a partner's servers says. */
export const serversWords = said({
  zh: {
    barTitle: '商户服务器',
    typed: '完整商户编号',
    search: '查看',
    malformed: '编号不完整，请核对',
    missingTitle: '没有这家商户',
    missingText: '没有找到。请核对编号。',
    stopped: '该商户现在不能查验，其服务器的调用都被拒绝',
    nothing: '还没有登记服务器',
    change: '提议变更…',
    register: '提议登记一台服务器',
    understood: '知道了',
  },
  en: {
    barTitle: 'Servers of a business',
    typed: 'The whole partner id',
    search: 'Show its servers',
    malformed: 'The id is not whole. Check it.',
    missingTitle: 'There is no such business',
    missingText: 'Nothing was found. Check the id.',
    stopped: 'This business may not check now: all calls of its servers are refused',
    nothing: 'No server is registered',
    change: 'Propose a change …',
    register: 'Propose to register a server',
    understood: 'OK',
  },
});
