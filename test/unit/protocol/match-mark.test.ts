import { showMatchMark } from '../../../protocol';
import { matchColours } from '../../../protocol/match-mark/colours';
import { matchWords } from '../../../protocol/match-mark/words';

/** Relative luminance of an sRGB colour (WCAG 2.2). */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** Whether one word comes from the other by changing, adding or leaving out a single letter. */
const isOneLetterApart = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at + 1) === long.slice(at + 1) || short.slice(at) === long.slice(at + 1);
};

describe('match marks', () => {
  it('has a word for each byte and a colour for three bits', () => {
    expect(matchWords).toHaveLength(256);
    expect(matchColours).toHaveLength(8);
  });

  it('says no word twice, in either language', () => {
    expect(new Set(matchWords.map(([zh]) => zh)).size).toBe(256);
    expect(new Set(matchWords.map(([, en]) => en)).size).toBe(256);
  });

  it('has short words of one script', () => {
    for (const [zh, en] of matchWords) {
      expect(zh).toMatch(/^\p{Script=Han}{2,3}$/u);
      expect(en).toMatch(/^[a-z]{3,12}$/);
    }
  });

  it('has no two English words a letter apart', () => {
    const words = matchWords.map(([, en]) => en);
    const close = words.flatMap((one, at) => words.slice(at + 1).filter((other) => isOneLetterApart(one, other)));
    expect(close).toEqual([]);
    expect(isOneLetterApart('cake', 'lake')).toBe(true);
  });

  it('names no colour in a word', () => {
    for (const [zh, en] of matchWords) {
      expect(matchColours.filter((colour) => en.includes(colour.en))).toEqual([]);
      expect(zh).not.toMatch(/[红橙棕绿蓝紫粉灰]/u);
    }
  });

  it('has colours that stand out from a white and from a dark page', () => {
    for (const { hex } of matchColours) {
      expect(contrast(hex, '#FFFFFF')).toBeGreaterThanOrEqual(3);
      expect(contrast(hex, '#191919')).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(matchColours.map(({ hex }) => hex)).size).toBe(8);
  });

  it('shows the first and the last of each list, and refuses what is beyond', () => {
    expect(showMatchMark({ word: 0, colour: 0 })).toMatchObject({ word: { en: 'panda' }, colour: { en: 'red' } });
    expect(showMatchMark({ word: 255, colour: 7 }).colour.zh).toBe('灰色');
    expect(() => showMatchMark({ word: 256, colour: 0 })).toThrow(RangeError);
    expect(() => showMatchMark({ word: 0, colour: 8 })).toThrow(RangeError);
  });
});
