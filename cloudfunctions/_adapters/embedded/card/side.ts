import type { Alphabet } from '../ocr/alphabet';
import { findPeriod } from './back';
import { findNumber } from './front';
import { holds, isForeign } from './labels';
import type { Row } from './rows';

/** Which side of an identity card print is, or none of one. */
export type Side = 'front' | 'back' | 'none';

/** Marks that a side must show at least. Glare may hide some; other documents share some. */
const minimumMarks = { front: 3, back: 2 } as const;

/** Tells the side by its printed labels and by what stands in the form that only this side has. */
export function recogniseSide(rows: readonly Row[], alphabet: Alphabet): Side {
  if (isForeign(rows)) return 'none';
  const own = {
    front: [holds(rows, '公民身份号码'), rows.some(({ text }) => text.includes('民族'))],
    back: [holds(rows, '居民身份证'), holds(rows, '签发机关'), holds(rows, '有效期限')],
  };
  const shared = {
    front: [
      ...[/^姓名/, /性别|^别?[男女]/, /出生|\d年|年\d/, /住址/].map((mark) => rows.some(({ text }) => mark.test(text))),
      findNumber(rows, alphabet) !== null,
    ],
    back: [
      holds(rows, '中华人民共和国'),
      rows.some(({ text }) => /公安|分局/.test(text)),
      findPeriod(rows, alphabet) !== null,
    ],
  };
  const count = (marks: readonly boolean[]): number => marks.filter(Boolean).length;
  const front = count(own.front) === 0 ? 0 : count(own.front) + count(shared.front);
  const back = count(own.back) === 0 ? 0 : count(own.back) + count(shared.back);
  if (front >= minimumMarks.front && front >= back) return 'front';
  if (back >= minimumMarks.back) return 'back';
  return 'none';
}
