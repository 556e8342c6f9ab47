import type { GuardianHappening, ListWardsReply, OpenGuardianCallReply } from '../protocol';
import { showNumber, type ShownNumber } from './counter-number';
import { inChina, showDate } from './days';
import type { Language } from './guidance';
import { said } from './said';

const words = said({
  zh: {
    entries: {
      guardian_consented: { own: '监护人同意办理虚拟身份卡', ofChild: '您作为监护人同意办理虚拟身份卡' },
      guardian_withdrew: { own: '监护人撤回了同意', ofChild: '您作为监护人撤回了同意' },
    },
    number: '监护人号码：',
    age: (years: number) => `${String(years)} 岁`,
    processes: {
      document: '居民身份证：两面照片和读出的内容。照片核验后删除，内容加密保存在虚拟身份卡里',
      face: '人脸：拍一张自拍，与证件照和登记照片比对，比对后删除',
      faceTemplate: '人脸特征：加密保存，供以后核验；可单独撤回',
    },
    consented: (date: string) => `${date} 同意`,
    withdrawn: (date: string) => `${date} 撤回同意，虚拟身份卡已停用`,
  },
  en: {
    entries: {
      guardian_consented: { own: 'A guardian consented', ofChild: 'You consented as a guardian' },
      guardian_withdrew: { own: 'The guardian took the consent back', ofChild: 'You took your consent back' },
    },
    number: 'Number for the guardian: ',
    age: (years: number) => (years === 1 ? '1 year old' : `${String(years)} years old`),
    processes: {
      document:
        'The identity card: pictures of both sides and what they say. The pictures are deleted once checked, the rest is kept encrypted in the card.',
      face: 'The face: one selfie, compared with the portrait and the register, then deleted.',
      faceTemplate: 'A measure of the face: kept encrypted for later checks; it can be withdrawn by itself.',
    },
    consented: (date: string) => `You consented on ${date}`,
    withdrawn: (date: string) => `You withdrew on ${date}; the card is suspended`,
  },
});

/** What the history tells of a guardian's consent: the child's own, or the guardian's with the child's masked name. */
export const guardianEntry = (
  { kind, child }: { readonly kind: GuardianHappening; readonly child: string | null },
  language: Language,
): { readonly title: string; readonly text: string } => {
  const { own, ofChild } = words[language].entries[kind];
  return { title: child === null ? own : ofChild, text: child ?? '' };
};

/** A number for the guardian and its time, as it is read out. @param left milliseconds */
export const showCall = (number: string, left: number, language: Language): ShownNumber => ({
  ...showNumber(number, left, language),
  label: words[language].number + [...number].join(' '),
});

/** Whether what was typed is a whole number of eight digits; blanks that were typed with it do no harm. */
export const typedNumber = (typed: string): string | null => {
  const digits = typed.replace(/[\s-]/g, '');
  return /^[0-9]{8}$/.test(digits) ? digits : null;
};

/** Whom and what a guardian is asked about. */
export interface ShownChild {
  readonly name: string;
  readonly age: string;
  readonly processes: readonly string[];
}

/** A child's call, as its guardian reads it. */
export const showChild = (
  { maskedName, age, processes }: Pick<OpenGuardianCallReply, 'maskedName' | 'age' | 'processes'>,
  language: Language,
): ShownChild => ({
  name: maskedName,
  age: words[language].age(age),
  processes: processes.map((subject) => words[language].processes[subject]),
});

/** A child of the list of those whom somebody consented for. */
export interface ListedWard {
  readonly reference: string;
  readonly name: string;
  readonly age: string;
  readonly when: string;
  readonly canWithdraw: boolean;
}

const dayOf = (at: number, language: Language): string => showDate(inChina(at).date, language);

/** The children whom the holder consented for. */
export const listedWards = (wards: ListWardsReply['wards'], language: Language): ListedWard[] =>
  wards.map(({ reference, maskedName, age, consentedAt, withdrawnAt }) => ({
    reference,
    name: maskedName,
    age: words[language].age(age),
    when:
      withdrawnAt === null
        ? words[language].consented(dayOf(consentedAt, language))
        : words[language].withdrawn(dayOf(withdrawnAt, language)),
    canWithdraw: withdrawnAt === null,
  }));
