import { fieldNames, errorTable, type ErrorCode } from '../../../protocol';

/** The languages of the screens. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Every refusal that the service can give, and what the phone says of itself. */
export const serviceCodes = Object.keys(errorTable) as ErrorCode[];
export const allCodes = [...serviceCodes, 'unreachable', 'storage_failed', 'no_passes'] as const;

export { fieldNames };

const chinese = /[\u3400-\u9fff]/;
const chineseSigns = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;
const latin = /[A-Za-z]/;

/** Names of formats and units, which both languages write alike. */
const alike = /JPEG|PNG|MB|JWK|ES256|P-256|https/g;

/** Whether a text is written in a language and has nothing of the other. */
const isWrittenIn = (text: string, language: Language): boolean =>
  language === 'zh'
    ? chinese.test(text) && !latin.test(text.replace(alike, ''))
    : latin.test(text) && !chineseSigns.test(text);

/** The texts that are not written in the language. */
export const foreignTexts = (texts: readonly string[], language: Language): string[] =>
  texts.filter((text) => !isWrittenIn(text, language));
