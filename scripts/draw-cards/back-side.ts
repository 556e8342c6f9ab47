import type { SamplePerson } from '../../local/people';
import { background, rosette, tints } from './background';
import { fonts } from './fonts';
import { line, sampleMark, side } from './sheet';

const dotted = (date: string): string => date.replaceAll('-', '.');

const row = (y: number, label: string, text: string): string =>
  line(352, y, label, { size: 52, weight: 700, spacing: 4 }) +
  line(676, y, text, { size: 56, weight: 500, spacing: 1 });

/** The side with the issuing authority. An ornament of this project's own stands where the real card has the emblem. */
export const backSvg = (person: SamplePerson): string => {
  const validity = `${dotted(person.validFrom)}-${person.validTo === null ? '长期' : dotted(person.validTo)}`;
  const content = [
    rosette(240, 250, 138, '#b8454f', 0.85),
    line(500, 216, '中华人民共和国', { size: 104, family: fonts.serif, weight: 700, spacing: 22 }),
    line(500, 388, '居民身份证', { size: 138, family: fonts.serif, weight: 700, spacing: 50 }),
    sampleMark(1020, 580),
    row(838, '签发机关', person.issuingAuthority),
    row(960, '有效期限', validity),
  ];
  return side(background(tints.back, [1180, 600]), content.join(''));
};
