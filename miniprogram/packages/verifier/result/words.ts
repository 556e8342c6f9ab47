import type { Look } from '../../../protocol';
import { said } from '../../../presenters/said';

interface LookWords {
  readonly name: string;
  readonly icon: string;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
}

/** What follows each answer of staff. */
const looks: Readonly<Record<'zh' | 'en', Readonly<Record<Look, LookWords>>>> = {
  zh: {
    same: {
      name: '是本人',
      icon: 'check',
      tone: 'good',
      title: '可以办理',
      text: '已记录。双方屏幕上的词和颜色也应一致。',
    },
    unsure: {
      name: '不能确定',
      icon: 'question',
      tone: 'warn',
      title: '请看实体身份证',
      text: '已记录。请对方出示实体身份证后再办理。',
    },
    different: {
      name: '不是本人',
      icon: 'different',
      tone: 'bad',
      title: '不要办理',
      text: '已记录，持证人会看到。请不要交付物品。',
    },
  },
  en: {
    same: {
      name: 'Same person',
      icon: 'check',
      tone: 'good',
      title: 'You can go on',
      text: 'Noted. Word and colour must agree on both screens, too.',
    },
    unsure: {
      name: 'Not sure',
      icon: 'question',
      tone: 'warn',
      title: 'Ask for the physical card',
      text: 'Noted. Go on only when you have seen the physical identity card.',
    },
    different: {
      name: 'No',
      icon: 'different',
      tone: 'bad',
      title: 'Do not go on',
      text: 'Noted, and the holder will see it. Hand nothing over.',
    },
  },
};

/** What the result of a check says. */
export const resultWords = said({
  zh: {
    barTitle: '查验结果',
    checking: '正在查验',
    steps: ['核对签名、时效和状态'],
    validTitle: '虚拟身份卡有效',
    portrait: '持证人证件照',
    mark: '与持证人屏幕核对',
    compare: {
      portrait: { text: '现在请比对人脸。', question: '与面前的人是同一个人吗？' },
      mark: { text: '这项用途不给照片，请核对词和颜色。', question: '面前的人手里的手机，显示的是同样的词和颜色吗？' },
    },
    facts: '查验依据',
    unsent: '没有网络，回答还没有送出；恢复后在查验页自动送出，十分钟内有效。',
    refused: '回答太晚，没有记录。对本次办理没有影响。',
    send: '重新送出',
    still: '还是没有网络',
    next: '查验下一位',
    again: '再问一次',
    looks: looks.zh,
  },
  en: {
    barTitle: 'Result',
    checking: 'Checking the card',
    steps: ['Signature, freshness and status'],
    validTitle: 'The card is valid',
    portrait: 'Portrait of the holder',
    mark: "Compare with the holder's screen",
    compare: {
      portrait: { text: 'Now compare the face.', question: 'Is this the person before you?' },
      mark: {
        text: 'This task tells no portrait: compare word and colour.',
        question: 'Is it the person before you whose phone shows this word and colour?',
      },
    },
    facts: 'What was checked',
    unsent: 'No connection: your answer is kept, and sent from the scan page once there is one, within ten minutes.',
    refused: 'It came too late to be noted. For this customer it changes nothing.',
    send: 'Send it again',
    still: 'Still no connection',
    next: 'Next customer',
    again: 'Ask again',
    looks: looks.en,
  },
});
