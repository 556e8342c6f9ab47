import { operationRows, refusalsOf } from '../_adapters/api/operations';
import { INSTITUTION_PATH } from '../_adapters/oauth/paths';
import { pageOf, type PageLanguage } from '../_adapters/runtime/page';
import { problemOf } from '../_adapters/runtime/problem';
import {
  isProblemCode,
  problemCodes,
  PROBLEMS_PATH,
  problemTable,
  type ProblemCode,
} from '../_adapters/runtime/problem-table';
import { chineseProblems } from './problem-words';

const words = {
  zh: {
    tag: 'zh-CN',
    title: '机构接口的问题',
    lead: '合作机构的服务器被拒绝时会收到下列问题之一（RFC 9457）。程序请依据 code 判断：此表是封闭的。',
    code: '代码',
    status: '状态码',
    todo: '怎么办',
    where: '可能出现在',
    anywhere: '任何地址',
    all: '全部问题',
    missingTitle: '没有这种问题',
    missing: '请核对地址，或查看全部问题。',
    other: 'English',
  },
  en: {
    tag: 'en',
    title: 'Problems of the API of institutions',
    lead: 'Whatever a partner’s server is refused is one of these problems (RFC 9457). Programs decide by the code: the list is closed.',
    code: 'Code',
    status: 'Status',
    todo: 'What to do',
    where: 'Where it may come from',
    anywhere: 'any address',
    all: 'All problems',
    missingTitle: 'There is no such problem',
    missing: 'Compare the address, or look at all problems.',
    other: '中文',
  },
} as const;

/** A problem in words. Ours hold no mark of HTML but the quotes. */
const saidOf = (code: ProblemCode, language: PageLanguage) =>
  language === 'zh' ? chineseProblems[code] : problemTable[code];

/** What a program reads below the path of problems: one kind, or all of them where none is named; null where there is no such kind. */
export const problemDocument = (issuer: string, name: string): unknown => {
  if (name === '') return problemCodes.map((code) => problemOf(issuer, code));
  return isProblemCode(name) ? problemOf(issuer, name) : null;
};

/** Lines of the operations that may be refused so. */
const linesOf = (code: ProblemCode): readonly string[] =>
  operationRows
    .filter(([, row]) => refusalsOf(row).includes(code))
    .map(([, { method, path }]) => `${method} ${INSTITUTION_PATH}${path}`);

const otherLanguage = (name: string, language: PageLanguage): string => {
  const other = language === 'zh' ? 'en' : 'zh';
  return `<p><a href="${PROBLEMS_PATH}${name}?lang=${other}" hreflang="${other}">${words[language].other}</a></p>\n`;
};

const indexPage = (issuer: string, language: PageLanguage): string => {
  const { tag, title, lead } = words[language];
  const items = problemCodes.map((code) => {
    const { status } = problemOf(issuer, code);
    const address = `${PROBLEMS_PATH}${code}?lang=${language}`;
    return `<li><a href="${address}"><code>${code}</code></a> (${String(status)}): ${saidOf(code, language).title}</li>\n`;
  });
  return pageOf({
    ...{ tag, title },
    body: `<p>${lead}</p>\n<ul>\n${items.join('')}</ul>\n${otherLanguage('', language)}`,
  });
};

const kindPage = (issuer: string, code: ProblemCode, language: PageLanguage): string => {
  const said = words[language];
  const { title, detail } = saidOf(code, language);
  const lines = linesOf(code).map((line) => `<li><code>${line}</code></li>\n`);
  return pageOf({
    ...{ tag: said.tag, title },
    body: `<p>${said.code}: <code>${code}</code></p>
<p>${said.status}: ${String(problemOf(issuer, code).status)}</p>
<h2>${said.todo}</h2>
<p>${detail}</p>
<h2>${said.where}</h2>
${lines.length === 0 ? `<p>${said.anywhere}</p>\n` : `<ul>\n${lines.join('')}</ul>\n`}<p><a href="${PROBLEMS_PATH}?lang=${language}">${said.all}</a></p>
${otherLanguage(code, language)}`,
  });
};

const missingPage = (language: PageLanguage): string => {
  const { tag, missingTitle, missing, all } = words[language];
  const body = `<p>${missing}</p>\n<p><a href="${PROBLEMS_PATH}?lang=${language}">${all}</a></p>\n`;
  return pageOf({ tag, title: missingTitle, body });
};

/** What a person reads there who has met a problem: all kinds, one of them, or that there is no such kind. */
export const problemPage = (issuer: string, name: string, language: PageLanguage): string => {
  if (name === '') return indexPage(issuer, language);
  return isProblemCode(name) ? kindPage(issuer, name, language) : missingPage(language);
};
