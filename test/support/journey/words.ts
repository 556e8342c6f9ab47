import type { Language } from './phone-user';

/** What is written on what a user taps, as a user reads it: the screens' own words are not imported, so a change of them is seen. */
const words = {
  zh: {
    getCard: '办理我的卡',
    agree: '同意并继续',
    allow: '允许',
    deny: '拒绝',
    shutter: '拍照',
    use: '使用这张',
    agrees: '与证件一致，继续',
    seeCard: '查看我的卡',
    parcel: '取快递',
    scan: '扫码查验',
    same: '是本人',
    next: '查验下一位',
    scanned: '对方已扫码',
    history: '使用记录',
    suspend: '停用',
    resume: '恢复使用',
    valid: '电子证有效',
    question: '是同一个人吗',
    suspended: '电子证已停用',
    staffSame: '工作人员：是本人',
    matches: '一致，完成',
    home: '您的虚拟身份卡',
    ready: '可以使用',
  },
  en: {
    getCard: 'Get my card',
    agree: 'Agree and go on',
    allow: 'Allow',
    deny: 'Deny',
    shutter: 'Take the picture',
    use: 'Use this picture',
    agrees: 'It agrees with my card',
    seeCard: 'See my card',
    parcel: 'Parcel pickup',
    scan: 'Scan a card',
    same: 'Same person',
    next: 'Next customer',
    scanned: 'It was scanned',
    history: 'History',
    suspend: 'Suspend',
    resume: 'Resume',
    valid: 'The card is valid',
    question: 'Is this the person before you?',
    suspended: 'The card is suspended',
    staffSame: 'Staff: same person',
    matches: 'It is the same',
    home: 'Your virtual identity card',
    ready: 'Ready to use',
  },
} as const;

export type JourneyWords = (typeof words)[Language];

export const wordsOf = (language: Language): JourneyWords => words[language];
