import type { Refusal } from '../protocol';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal, type ToldRefusal } from './refusal';

/** What only a new enrolment on this phone helps against. */
const words = {
  not_found: {
    zh: '本机没有您的虚拟身份卡。要在这部手机上使用，请在这里重新办理。',
    en: 'This phone does not hold your card. To use it here, enrol on this phone.',
  },
  key_proof_invalid: {
    zh: '虚拟身份卡已换到另一部手机。要在这部手机上使用，请在这里重新办理；如果不是您换的，请马上办理。',
    en: 'The card has moved to another phone. To use it here, enrol on this phone; at once if it was not you who moved it.',
  },
  portrait_not_found: {
    zh: '虚拟身份卡上的证件照无法与人脸比对，请重新办理。',
    en: 'The portrait of the card cannot be compared with a face. Enrol again with your identity card.',
  },
} as const;

type EnrolsAnew = keyof typeof words;

const isEnrolsAnew = (code: (Refusal | PhoneTrouble)['code']): code is EnrolsAnew => code in words;

/** How to tell a holder why the card was not shown, and what can be done about it. */
export const tellUnshown = (refusal: Refusal | PhoneTrouble, language: Language): ToldRefusal => {
  const told = tellRefusal(refusal, language);
  const { code } = refusal;
  if (!isEnrolsAnew(code) || told.next === 'retake-selfie') return told;
  return {
    ...told,
    title: language === 'zh' ? '需要重新办理' : 'Enrol again',
    text: words[code][language],
    details: [],
    next: 'enrol-anew',
    nextName: language === 'zh' ? '重新办理' : 'Enrol again',
  };
};
