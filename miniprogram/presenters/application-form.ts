import {
  faultOfCreditCode,
  isStated,
  purposeTable,
  statedLengths,
  type ApplyAsPartnerRequest,
  type ContactRole,
  type DisclosableClaim,
  type PartnerCategory,
  type PartnerReply,
  type PurposeId,
  type WantedPurpose,
  type WithoutAction,
} from '../protocol';
import type { Language } from './guidance';

/** A purpose as somebody fills it in: no claims of it are chosen before it is. */
export interface DraftPurpose {
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
  readonly why: string;
}

/** An application as somebody fills it in. */
export interface Draft {
  readonly zh: string;
  readonly en: string;
  readonly creditCode: string;
  readonly category: PartnerCategory | null;
  readonly address: string;
  readonly contactRole: ContactRole | null;
  readonly wanted: readonly DraftPurpose[];
}

/** What is wrong, by field; the reasons of purposes by `why:` and the purpose. Empty where all may be sent. */
export type Faults = Readonly<Record<string, string>>;

export const emptyDraft: Draft = {
  zh: '',
  en: '',
  creditCode: '',
  category: null,
  address: '',
  contactRole: null,
  wanted: [],
};

const words = {
  zh: {
    had: '已登记，继续使用',
    empty: '请填写',
    choose: '请选择一项',
    signs: '只能用汉字、字母、数字、空格和 · ( ) , & # - ，并以汉字、字母或数字开头',
    purposes: '请至少选择一项用途',
    claims: '请至少选择一项信息',
    length: (count: string) => `共 18 位，现在是 ${count} 位`,
    characters: '只有数字和大写字母，并且没有 I、O、S、V、Z：可能是 1、0、5、2',
    region: '第 3 至第 8 位应为数字',
    check: '校验未通过，有一位填错了，请照营业执照逐位核对',
  },
  en: {
    had: 'registered already, goes on',
    empty: 'Fill this in',
    choose: 'Choose one',
    signs: "Letters, digits, Chinese characters, spaces and · ( ) , & ' # - alone, beginning with a letter or a digit",
    purposes: 'Choose at least one purpose',
    claims: 'Choose at least one',
    length: (count: string) => `It has 18 characters; these are ${count}`,
    characters: 'It has digits and capitals without I, O, S, V and Z: look for 1, 0, 5 and 2',
    region: 'The third to the eighth character are digits',
    check: 'Its check fails, so one character is wrong: compare each with the licence',
  },
} as const;

/** A text as it is sent: what a keyboard adds at its ends and between its words is left out. */
export const tidy = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A credit code as it is sent: in capitals, without the gaps that licences print. */
export const tidyCode = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();

/** What is wrong with a stated text; empty where it may be sent. */
export const faultOfStated = (text: string, language: Language): string => {
  if (tidy(text) === '') return words[language].empty;
  return isStated(tidy(text)) ? '' : words[language].signs;
};

const faultOfCode = (text: string, language: Language): string => {
  const code = tidyCode(text);
  const fault = faultOfCreditCode(code);
  if (code === '') return words[language].empty;
  if (fault === null) return '';
  return fault === 'length' ? words[language].length(String(code.length)) : words[language][fault];
};

const known = (faults: Faults): Faults => Object.fromEntries(Object.entries(faults).filter(([, text]) => text !== ''));

/** What is wrong with the chosen purposes. */
export const faultsOfWanted = ({ wanted }: Pick<Draft, 'wanted'>, language: Language): Faults =>
  known({
    purposes: wanted.length === 0 ? words[language].purposes : '',
    ...Object.fromEntries(
      wanted.flatMap(({ purpose, claims, why }) => [
        [`claims:${purpose}`, claims.length === 0 ? words[language].claims : ''],
        [`why:${purpose}`, faultOfStated(why, language)],
      ]),
    ),
  });

/** What is wrong with a whole application. */
export const faultsOfDraft = (draft: Draft, language: Language): Faults =>
  known({
    zh: faultOfStated(draft.zh, language),
    en: faultOfStated(draft.en, language),
    creditCode: faultOfCode(draft.creditCode, language),
    category: draft.category === null ? words[language].choose : '',
    address: faultOfStated(draft.address, language),
    contactRole: draft.contactRole === null ? words[language].choose : '',
    ...faultsOfWanted(draft, language),
  });

/** The purposes as they are sent, each claim in the order of its policy. */
export const wantedOf = ({ wanted }: Pick<Draft, 'wanted'>): WantedPurpose[] =>
  wanted.map(({ purpose, claims, why }) => ({
    purpose,
    claims: purposeTable[purpose].claims.filter((claim) => claims.includes(claim)),
    why: tidy(why),
  }));

/** The application as it is sent; null while something is not chosen. */
export const applicationOf = (draft: Draft): WithoutAction<ApplyAsPartnerRequest> | null => {
  const { category, contactRole } = draft;
  if (category === null || contactRole === null) return null;
  return {
    names: { zh: tidy(draft.zh), en: tidy(draft.en) },
    creditCode: tidyCode(draft.creditCode),
    category,
    address: tidy(draft.address),
    contactRole,
    wanted: wantedOf(draft),
  };
};

/** What was sent before, to be amended; what a business is registered for is among what it asks for. */
export const draftOf = ({ details, wanted, grants }: PartnerReply, language: Language): Draft => {
  const { names, ...given } = details ?? { names: { zh: '', en: '' }, ...emptyDraft };
  const had = grants.filter(({ purpose }) => wanted.every((one) => one.purpose !== purpose));
  return {
    ...given,
    ...names,
    wanted: [...had.map(({ purpose, claims }) => ({ purpose, claims, why: words[language].had })), ...wanted],
  };
};

/** Chooses a purpose with all that its policy gives, or leaves it out. */
export const toggledPurpose = (draft: Draft, purpose: PurposeId): Draft => {
  const others = draft.wanted.filter((one) => one.purpose !== purpose);
  if (others.length < draft.wanted.length) return { ...draft, wanted: others };
  return { ...draft, wanted: [...others, { purpose, claims: purposeTable[purpose].claims, why: '' }] };
};

/** Changes what is said of one purpose. */
export const withPurpose = (draft: Draft, purpose: PurposeId, change: Partial<DraftPurpose>): Draft => ({
  ...draft,
  wanted: draft.wanted.map((one) => (one.purpose === purpose ? { ...one, ...change } : one)),
});

/** Chooses a claim of a purpose, or leaves it out. */
export const toggledClaim = (draft: Draft, purpose: PurposeId, claim: DisclosableClaim): Draft => {
  const claims = draft.wanted.find((one) => one.purpose === purpose)?.claims ?? [];
  const next = claims.includes(claim) ? claims.filter((one) => one !== claim) : [...claims, claim];
  return withPurpose(draft, purpose, { claims: next });
};

/** Lengths of what is typed. */
export const lengths = { ...statedLengths, creditCode: 24 } as const;
