import type { SamplePerson } from '../../local/people';
import { background, tints } from './background';
import { fonts } from './fonts';
import { ink, line, sampleMark, side } from './sheet';

const ADDRESS_LINE = 11;
const widthOf = (character: string): number => (character.charCodeAt(0) < 128 ? 0.56 : 1);

/** Breaks an address where a line has 11 full widths, as the card does, without a regard for words. */
const addressLines = (address: string): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  for (const character of address) {
    if (width + widthOf(character) > ADDRESS_LINE) {
      lines.push(current);
      current = '';
      width = 0;
    }
    current += character;
    width += widthOf(character);
  }
  return [...lines, current];
};

const label = (x: number, y: number, text: string, spacing = 16): string =>
  line(x, y, text, { size: 50, colour: ink.label, weight: 500, spacing });
const value = (x: number, y: number, text: string): string => line(x, y, text, { size: 58, weight: 500 });
const centred = (x: number, y: number, text: string): string =>
  line(x, y, text, { size: 58, weight: 500, anchor: 'middle' });

/** The side with the portrait. @param portrait a PNG as a data URL */
export const frontSvg = (person: SamplePerson, portrait: string): string => {
  const [year = '', month = '', day = ''] = person.birthDate.split('-');
  const plain = (digits: string): string => String(Number(digits));
  const content = [
    label(112, 178, '姓名'),
    line(298, 182, person.name, { size: 68, weight: 500 }),
    label(112, 302, '性别'),
    value(298, 304, person.sex === 'male' ? '男' : '女'),
    label(496, 302, '民族'),
    value(668, 304, person.ethnicity),
    label(112, 424, '出生'),
    value(298, 426, year),
    label(446, 424, '年', 0),
    centred(553, 426, plain(month)),
    label(606, 424, '月', 0),
    centred(713, 426, plain(day)),
    label(766, 424, '日', 0),
    label(112, 548, '住址'),
    ...addressLines(person.address).map((text, at) => value(298, 550 + at * 78, text)),
    label(112, 966, '公民身份号码', 4),
    line(544, 970, person.idNumber, { size: 74, family: fonts.number, spacing: 3 }),
    `<image x="1098" y="112" width="500" height="616" xlink:href="${portrait}"/>`,
    sampleMark(1348, 798),
  ];
  return side(background(tints.front, [760, 560]), content.join(''));
};
