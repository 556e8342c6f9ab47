import { said } from '../../../presenters/said';

/** What the review of the read fields says. */
export const reviewWords = said({
  zh: {
    barTitle: '核对信息',
    title: '请核对读到的内容',
    lead: '与身份证一致才能继续；有误请重拍那一面。标出的几项请特别留意。',
    front: '人像面',
    back: '国徽面',
    retake: '重拍',
    look: '请核对',
    confirm: '与证件一致，继续',
  },
  en: {
    barTitle: 'Your details',
    title: 'Is this what your card says?',
    lead: 'Go on only if it agrees with your card; retake the side that is wrong. Look closely at what is marked.',
    front: 'Portrait side',
    back: 'Emblem side',
    retake: 'Retake',
    look: 'Please check',
    confirm: 'It agrees with my card',
  },
});
