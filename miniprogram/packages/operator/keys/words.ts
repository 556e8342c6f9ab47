import { said } from '../../../presenters/said';

/** What the page of the service's keys and of the acts on many cards says. */
export const keysWords = said({
  zh: {
    barTitle: '密钥与批量操作',
    loading: '正在读取密钥',
    steps: ['读取密钥和批量操作'],
    cards: '签发虚拟身份卡的密钥',
    receipts: '签发回执的密钥',
    renew: '提议换发…',
    revoke: '提议吊销…',
    acts: '批量操作',
    nothing: '还没有批量操作',
    unread: '没有读到批量操作，请下拉刷新。',
    refresh: '下拉可刷新进度。等待确认的提议在“双人操作”里。',
    propose: '提议批量操作',
    retry: '重试',
  },
  en: {
    barTitle: 'Keys and many cards',
    loading: 'Reading the keys',
    steps: ['Reading keys and acts'],
    cards: 'Keys that sign cards',
    receipts: 'Keys that sign receipts',
    renew: 'Renew its cards …',
    revoke: 'Revoke its cards …',
    acts: 'Acts on many cards',
    nothing: 'There has been none',
    unread: 'They could not be read. Pull down to try again.',
    refresh: 'Pull down to see how far they are. Proposals that wait stand among the acts of two persons.',
    propose: 'Propose an act on many cards',
    retry: 'Try again',
  },
});
