import { said } from '../../../presenters/said';

/** What the review of the read fields says. */
export const reviewWords = said({
  zh: {
    barTitle: '核对信息',
    title: '请核对读到的内容',
    lead: '与身份证上的一致，才能继续。标出的几项请特别留意。',
    front: '人像面',
    back: '国徽面',
    retake: '有误，重拍',
    look: '请核对',
    confirm: '与证件一致，继续',
  },
  en: {
    barTitle: 'Check what was read',
    title: 'Is this what your card says?',
    lead: 'Go on only if it agrees with your card. Look closely at what is marked.',
    front: 'Side with the portrait',
    back: 'Side with the emblem',
    retake: 'Something is wrong: retake',
    look: 'Please check',
    confirm: 'It agrees with my card',
  },
});
