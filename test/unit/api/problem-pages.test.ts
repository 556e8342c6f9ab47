import { validators } from '../../../protocol';
import { problemCodes, problemTable } from '../../../cloudfunctions/_adapters/runtime/problem-table';
import { problemDocument, problemPage } from '../../../cloudfunctions/public/problem-pages';
import { chineseProblems } from '../../../cloudfunctions/public/problem-words';
import { issuer } from '../../support/issuer';

const languages = ['zh', 'en'] as const;

describe('what is below the path of problems', () => {
  it('is all of them for a program, each as it is told, and none for a name that is no kind', () => {
    const all = problemDocument(issuer, '') as { readonly code: string; readonly type: string }[];
    expect(all.map(({ code }) => code)).toEqual(problemCodes);
    for (const one of all) {
      expect(validators.ProblemDetails(one)).toBe(true);
      expect(problemDocument(issuer, one.type.replace(`${issuer}/public/problems/`, ''))).toEqual(one);
    }
    for (const name of ['no_face', 'toString', '__proto__', 'Code_Expired', '<b>', '/'])
      expect(problemDocument(issuer, name)).toBeNull();
  });

  it.each(languages)('is a page of all of them for a person (%s)', (language) => {
    const page = problemPage(issuer, '', language);
    for (const code of problemCodes) expect(page).toContain(`href="/public/problems/${code}?lang=${language}"`);
  });

  it.each(problemCodes)('explains %s to people in both languages: status, meaning, what to do, and where', (code) => {
    const [chinese, english] = languages.map((language) => problemPage(issuer, code, language));
    const { status } = problemDocument(issuer, code) as { status: number };
    for (const page of [chinese, english]) {
      expect(page).toContain(`<code>${code}</code>`);
      expect(page).toContain(String(status));
    }
    expect(english).toContain(`<h1>${problemTable[code].title}</h1>`);
    expect(english).toContain(problemTable[code].detail);
    expect(chinese).toContain(`<h1>${chineseProblems[code].title}</h1>`);
    expect(chinese).toContain(chineseProblems[code].detail);
    expect(chineseProblems[code].title).toMatch(/[\u4e00-\u9fff]/);
  });

  it('names the operations that may be refused so', () => {
    expect(problemPage(issuer, 'code_expired', 'en')).toContain('POST /institution/verifications<');
    expect(problemPage(issuer, 'code_expired', 'en')).not.toContain('/institution/self');
    expect(problemPage(issuer, 'method_not_allowed', 'en')).toContain('any address');
  });

  it('is a page without what was asked for, where there is no such kind', () => {
    for (const language of languages) expect(problemPage(issuer, '<script>', language)).not.toContain('<script');
  });
});
