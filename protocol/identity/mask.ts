import type { IdNumber } from '../ids';

/** Two-character surnames that are still borne by many; of these two characters make the surname. */
// prettier-ignore
const compoundSurnames = new Set([
  '欧阳', '上官', '司马', '诸葛', '司徒', '东方', '夏侯', '皇甫', '尉迟', '公孙', '令狐', '长孙', '慕容', '宇文', '端木', '轩辕',
  '独孤', '南宫', '百里', '呼延', '淳于', '单于', '申屠', '公冶', '钟离', '闻人', '太史', '澹台', '赫连', '濮阳', '拓跋', '第五',
]);

/** The dot within transcribed names; the standard's is U+00B7, others occur on cards and keyboards. */
const isNameDot = (character: string): boolean => ['·', '•', '・', '‧'].includes(character);

/** How many characters at the beginning of a name stay readable. At least one is always hidden. */
const shownLength = (characters: readonly string[]): number => {
  const letters = characters.filter((character) => !isNameDot(character));
  const isTranscribed = letters.length < characters.length;
  const surname = !isTranscribed && compoundSurnames.has(letters.slice(0, 2).join('')) ? 2 : 1;
  return Math.min(surname, letters.length - 1);
};

/**
 * A name as others may see it: 林晓梅 → 林**, 欧阳修 → 欧阳*, 阿卜杜拉·买买提 → 阿***·***. The surname stays, the rest is a star for
 * each character; of a transcribed name, which has none, the first character stays.
 */
export const maskName = (name: string): string => {
  const characters = Array.from(name);
  const shown = shownLength(characters);
  return characters.map((character, at) => (at < shown || isNameDot(character) ? character : '*')).join('');
};

/** A number as others may see it: its first and its last character, as is the practice of Chinese payment and travel services. */
export const maskNumber = (number: IdNumber): string => `${number.slice(0, 1)}${'*'.repeat(16)}${number.slice(-1)}`;
