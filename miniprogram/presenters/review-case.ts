import type { Acceptance, PictureKind, ReviewCause } from '../protocol';
import type { Language } from './guidance';

const words = {
  zh: {
    causes: {
      portrait_unsure: '自拍与证件照片相像，但机器不能确定是同一人。',
      authority_unsure: '登记机关不能确定自拍是这个人。',
      authority_no_photo: '登记机关没有这个人的照片，无法比对。',
    },
    pictures: { front: '证件人像面', back: '证件国徽面', selfie: (at: number) => `自拍 ${String(at)}` },
    acceptance: {
      none: {
        title: '由两位审核员决定',
        text: '您通过后，还要另一位审核员独立看过并通过，当事人才能办卡。一位拒绝即为拒绝。',
      },
      other: {
        title: '您是第二位审核员',
        text: '已有一位同事通过。请像第一个看的人一样，自己看每张照片再决定。',
      },
      own: {
        title: '您已通过，等另一位审核员',
        text: '现在不需要您做什么。如果您后来发现问题，可以改为拒绝。',
      },
    },
    unopened: (left: number) => `请先看完照片再通过，还有 ${String(left)} 张没有打开。`,
  },
  en: {
    causes: {
      portrait_unsure: 'Selfie and portrait are alike, but the machine is not sure that they show one person.',
      authority_unsure: 'The register is not sure that the selfie shows this person.',
      authority_no_photo: 'The register has no photo of this person to compare with.',
    },
    pictures: {
      front: 'Document, portrait side',
      back: 'Document, emblem side',
      selfie: (at: number) => `Selfie ${String(at)}`,
    },
    acceptance: {
      none: {
        title: 'Two reviewers decide',
        text: 'If you accept, a second reviewer must look for themselves and accept too before there can be a card. One refusal is a refusal.',
      },
      other: {
        title: 'You are the second reviewer',
        text: 'A colleague has accepted. Look at every picture yourself, as if nobody had before you, and then decide.',
      },
      own: {
        title: 'You accepted; a second reviewer decides',
        text: 'There is nothing for you to do now. If you have found something wrong since, you can still refuse.',
      },
    },
    unopened: (left: number) =>
      `Look at all the pictures before you accept: ${String(left)} ${left === 1 ? 'is' : 'are'} not opened yet.`,
  },
} as const;

/** Why the machine left the case to reviewers, a sentence each. */
export const tellCauses = (causes: readonly ReviewCause[], language: Language): string =>
  causes.map((cause) => words[language].causes[cause]).join(language === 'zh' ? '' : ' ');

/** What the pictures of a case are called; selfies are counted. */
export const pictureNames = (kinds: readonly PictureKind[], language: Language): string[] => {
  const { pictures } = words[language];
  return kinds.map((kind, at) =>
    kind === 'selfie'
      ? pictures.selfie(kinds.slice(0, at + 1).filter((one) => one === 'selfie').length)
      : pictures[kind],
  );
};

/** How far the two acceptances have come, as this reviewer should know it. */
export const tellAcceptance = (
  accepted: Acceptance,
  language: Language,
): { readonly title: string; readonly text: string } => words[language].acceptance[accepted];

/** What is missing before this reviewer can accept. @param left how many pictures they have not opened; empty for none */
export const tellUnopened = (left: number, language: Language): string =>
  left === 0 ? '' : words[language].unopened(left);
