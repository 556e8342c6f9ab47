import type { Refusal } from '../protocol';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal, type ToldRefusal } from './refusal';

const words = {
  zh: {
    elsewhere: '这部手机不能导出',
    elsewhereText:
      '导出要由虚拟身份卡的密钥签名，而它不在这部手机里：只凭微信账号，谁也拿不到您的资料。请在有虚拟身份卡的手机上导出；那部手机不在了，就在这里用人脸重新办理（不用人脸的可以到柜台），24 小时后即可导出。',
    enrol: '在这里重新办理',
    limited: '24 小时后才能导出',
    limitedText: '虚拟身份卡刚换到这部手机。万一不是您本人换的，这一天可以让您发现和阻止，所以资料暂不给出。',
  },
  en: {
    elsewhere: 'Not on this phone',
    elsewhereText:
      "The card's key signs for it, and this phone does not hold it: with the chat account alone nobody gets your data. Do it on the phone with the card. If you no longer have that one, enrol here with your face, or at a counter without it; 24 hours later you can read everything.",
    enrol: 'Enrol on this phone',
    limited: 'Not within 24 hours',
    limitedText:
      'The card has just come to this phone. Had it not been you who moved it, this day would let you notice and stop it, so nothing is told yet.',
  },
} as const;

/** How to tell a holder why their data is not told, and what can be done about it. */
export const tellUnexported = (refusal: Refusal | PhoneTrouble, language: Language): ToldRefusal => {
  const told = tellRefusal(refusal, language);
  const said = words[language];
  if (refusal.code === 'key_proof_invalid') {
    return { ...told, title: said.elsewhere, text: said.elsewhereText, next: 'enrol-anew', nextName: said.enrol };
  }
  return refusal.code === 'card_limited' ? { ...told, title: said.limited, text: said.limitedText } : told;
};
