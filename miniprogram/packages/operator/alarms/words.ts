import { said } from '../../../presenters/said';

/** What the page of alarms says. */
export const alarmsWords = said({
  zh: {
    barTitle: '告警',
    loading: '正在读取告警',
    steps: ['读取告警'],
    nothing: '没有未处理的告警',
    nothingText: '某家商户的查验异常时，会出现在这里。',
    close: '已看过，关闭',
    suspend: '提议暂停商户',
    asked: { title: '关闭这条告警？', text: '操作记录会写明由您关闭。', yes: '关闭', no: '不关闭' },
    closed: '已关闭',
    retry: '重试',
    understood: '知道了',
  },
  en: {
    barTitle: 'Alarms',
    loading: 'Reading the alarms',
    steps: ['Reading'],
    nothing: 'No alarm is open',
    nothingText: 'When the checks of a business stand out, it appears here.',
    close: 'Seen: close it',
    suspend: 'Propose to suspend',
    asked: { title: 'Close this alarm?', text: 'The audit will say that you did.', yes: 'Close', no: 'Leave it' },
    closed: 'Closed',
    retry: 'Try again',
    understood: 'OK',
  },
});
