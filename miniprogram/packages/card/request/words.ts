import { said } from '../../../presenters/said';

/** What the holder reads of a counter's request. */
export const requestWords = said({
  zh: {
    barTitle: '柜台请求',
    loading: '正在核实对方',
    steps: ['向平台查询柜台的登记'],
    asks: '请求查验您的虚拟身份卡',
    place: '柜台',
    purpose: '用途',
    tells: '同意后对方将看到',
    stepUp: '还需要您当场验证',
    proofs: { fingerprint: '指纹', face: '面容' },
    only: '以上内容来自平台登记，不是码上写的。出示的码只有这个柜台能用。',
    agree: '同意并出示',
    decline: '不同意',
    leave: '返回首页',
  },
  en: {
    barTitle: "A counter's request",
    loading: 'Looking up who asks',
    steps: ["Asking the service for the counter's registration"],
    asks: 'asks to check your card',
    place: 'Counter',
    purpose: 'For',
    tells: 'If you agree they will see',
    stepUp: 'You also prove yourself now',
    proofs: { fingerprint: 'Fingerprint', face: 'Face' },
    only: 'This comes from their registration with the service, not from the code. What you show serves at this counter only.',
    agree: 'Agree and show',
    decline: 'I do not agree',
    leave: 'Back to the first screen',
  },
});
