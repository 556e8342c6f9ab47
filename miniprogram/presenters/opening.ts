import { purposeTable, type PurposeId, type StepUp } from '../protocol';
import type { Language } from './guidance';

/** A part of the work between the holder's consent and the code on the screen. */
export type OpeningPart = 'preparing' | 'finger' | 'uploading' | 'opening';
/** A part of the work between the holder's consent and the answer that an institution gets. */
export type AnsweringPart = OpeningPart | 'sending';

type Names<Part extends string> = Readonly<Record<Part, { readonly zh: string; readonly en: string }>>;

const parts: Names<OpeningPart> = {
  preparing: { zh: '用本机密钥签名', en: 'Signing with the key of this phone' },
  finger: { zh: '验证指纹', en: 'Waiting for your finger' },
  uploading: { zh: '上传自拍', en: 'Sending the selfie' },
  opening: { zh: '生成一次性二维码', en: 'Making a code for one use' },
};

/** The last part where a selfie went along. */
const compared = { zh: '与您的人脸比对，生成二维码', en: 'Comparing your face, making the code' } as const;

const partsOf = (purpose: PurposeId): OpeningPart[] => {
  const asked = purposeTable[purpose].stepUp;
  const all = ['preparing', 'finger', 'uploading', 'opening'] as const;
  return all.filter(
    (part) => (part !== 'finger' || asked.includes('fingerprint')) && (part !== 'uploading' || asked.includes('face')),
  );
};

/** The parts of an opening for a purpose, by name and in order. */
export const openingParts = (purpose: PurposeId, language: Language): string[] =>
  partsOf(purpose).map((part) =>
    part === 'opening' && purposeTable[purpose].stepUp.includes('face') ? compared[language] : parts[part][language],
  );

const answering: Names<AnsweringPart> = {
  ...parts,
  opening: { zh: '确认您的同意', en: 'Confirming your consent' },
  sending: { zh: '把答复交给对方', en: 'Handing in your answer' },
};
const faceCompared = { zh: '与您的人脸比对', en: 'Comparing your face' } as const;

/** The parts of answering an institution, by name and in order. */
export const answeringParts = (purpose: PurposeId, language: Language): string[] =>
  [...partsOf(purpose), 'sending' as const].map((part) =>
    part === 'opening' && purposeTable[purpose].stepUp.includes('face')
      ? faceCompared[language]
      : answering[part][language],
  );

/** Where a part of answering stands among those of its purpose. */
export const answeringAt = (purpose: PurposeId, part: AnsweringPart): number =>
  part === 'sending' ? partsOf(purpose).length : openingAt(purpose, part);

/** Where a part stands among those of its purpose. */
export const openingAt = (purpose: PurposeId, part: OpeningPart): number => Math.max(0, partsOf(purpose).indexOf(part));

/** Which of the purpose's proofs this one is, where there are several; empty where it is the only one. The selfie is taken first. */
export const proofCount = (purpose: PurposeId, proof: StepUp, language: Language): string => {
  const order = (['face', 'fingerprint'] as const).filter((one) => purposeTable[purpose].stepUp.includes(one));
  if (order.length < 2) return '';
  const [at, all] = [String(order.indexOf(proof) + 1), String(order.length)];
  return language === 'zh' ? `第 ${at} 步，共 ${all} 步` : `Step ${at} of ${all}`;
};
