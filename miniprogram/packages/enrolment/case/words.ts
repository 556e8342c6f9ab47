import { said } from '../../../presenters/said';

/** What the page of a case says that is decided elsewhere; where it stands is told by presenters/told-case. */
export const caseWords = said({
  zh: {
    barTitle: '办理进度',
    loading: '正在查询',
    steps: ['查询办理进度'],
    retry: '重试',
    read: '把这个号码念给柜台工作人员',
    left: '剩余',
    over: '号码已过期，请换一个',
    another: '换一个号码',
    question: {
      title: '提出申诉？',
      text: '由另一位工作人员重新核对，只有一次，结论是最终的。照片保留到那时。',
      yes: '申诉',
      no: '不申诉',
    },
    noNews: '还没有结果',
  },
  en: {
    barTitle: 'Where it stands',
    loading: 'Asking',
    steps: ['Asking where it stands'],
    retry: 'Try again',
    read: 'Read this number out to the staff',
    left: 'Ends in',
    over: 'The number has ended. Get another one.',
    another: 'Another number',
    question: {
      title: 'Appeal?',
      text: 'Somebody else decides anew, once, and that word is final. The pictures are kept until then.',
      yes: 'Appeal',
      no: 'Not now',
    },
    noNews: 'Not decided yet',
  },
});
