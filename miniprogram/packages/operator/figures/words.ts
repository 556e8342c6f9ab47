import { said } from '../../../presenters/said';

/** What the page of figures says. */
export const figuresWords = said({
  zh: {
    barTitle: '数据',
    loading: '正在统计',
    steps: ['统计'],
    faces: '保存的人脸',
    cards: '虚拟身份卡',
    status: '状态',
    light: '灰卡',
    full: '彩卡',
    cases: '办理',
    retry: '重试',
  },
  en: {
    barTitle: 'Figures',
    loading: 'Counting',
    steps: ['Counting'],
    faces: 'Stored faces',
    cards: 'Cards',
    status: 'Status',
    light: 'Grey',
    full: 'Colour',
    cases: 'Cases',
    retry: 'Try again',
  },
});
