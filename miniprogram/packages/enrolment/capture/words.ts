import { said } from '../../../presenters/said';

/** What the capture of the two sides says. */
export const captureWords = said({
  zh: {
    barTitle: '拍摄身份证',
    sides: {
      front: { step: '第 1 面，共 2 面', title: '人像面', hint: '把有人像的一面放入框内，避开反光。' },
      back: { step: '第 2 面，共 2 面', title: '国徽面', hint: '翻到有国徽的一面，放入框内。' },
    },
    reading: '正在读取身份证',
    steps: ['上传照片', '识别并核对内容'],
    note: '通常需要几秒钟，请不要离开。',
    leave: '返回首页',
  },
  en: {
    barTitle: 'Your identity card',
    sides: {
      front: {
        step: 'Side 1 of 2',
        title: 'The side with the portrait',
        hint: 'Put the card inside the frame. Avoid glare.',
      },
      back: {
        step: 'Side 2 of 2',
        title: 'The side with the emblem',
        hint: 'Turn the card over and put it inside the frame.',
      },
    },
    reading: 'Reading your card',
    steps: ['Uploading the pictures', 'Reading and checking what they say'],
    note: 'This takes a few seconds. Please stay.',
    leave: 'Back to the first screen',
  },
});
