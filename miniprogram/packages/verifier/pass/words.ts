import { said } from '../../../presenters/said';

/** What the result of a check without a network says. */
export const passWords = said({
  zh: {
    barTitle: '离线查验结果',
    checking: '正在查验通行码',
    steps: ['用本机保存的签发机关公钥核对'],
    validTitle: '通行码有效',
    facts: '查验依据',
    noLook: '离线时没有证件照。请核对姓名和号码；有疑问时请看实体身份证。',
    handIn: '本次查验加密保存在本机，联网后自动上报；重复使用会通知您和持证人。',
    next: '查验下一位',
  },
  en: {
    barTitle: 'Checked offline',
    checking: 'Checking the pass',
    steps: ["With the issuer's keys that this phone keeps"],
    validTitle: 'The pass is valid',
    facts: 'What was checked',
    noLook: 'Offline there is no portrait. Compare what is told; if in doubt, ask for the physical card.',
    handIn:
      'This check is kept encrypted on this phone and handed in once it is online. A second use is told to you and to the holder.',
    next: 'Next customer',
  },
});
