import { foreignTexts, languages } from './languages';
import { foldersWithWords, hasIcon, screens } from './screens';
import { iconsOf, textsOf, wordTables, type Words, type WordTable } from './word-tables';

const sourcesOf = ({ folder }: WordTable): string => {
  const screen = screens.find((one) => one.folder === folder);
  if (!screen) throw new Error(`no screen in ${folder}`);
  return screen.template + screen.script;
};
const isIn = (sources: string, pattern: string): boolean => new RegExp(pattern).test(sources);

/** The keys below a key that nothing in the sources can reach. */
const unreached = (sources: string, key: string, words: Words, path: string): string[] => {
  if (typeof words === 'string' || typeof words === 'function') return [];
  if (Array.isArray(words))
    return [...new Set((words as Words[]).flatMap((item) => unreached(sources, '', item, path)))];
  const isIndexed = key !== '' && isIn(sources, `\\.${key}\\[`);
  return Object.entries(words).flatMap(([below, value]: [string, Words]) =>
    isIndexed || isIn(sources, `\\.${below}\\b`)
      ? unreached(sources, below, value, `${path}.${below}`)
      : [`${path}.${below}`],
  );
};

/** The words of a table that its screen never says. */
const unusedIn = (table: WordTable): string[] => {
  const { alias, name, words } = table;
  const sources = sourcesOf(table);
  return Object.entries(words.en).flatMap(([key, value]: [string, Words]) =>
    isIn(sources, `\\b${alias}\\.${key}\\b`) || isIn(sources, `\\{[^}]*\\b${key}\\b[^}]*\\} = ${name}\\b`)
      ? unreached(sources, key, value, key)
      : [key],
  );
};

/** The words that a screen says and its tables do not have. */
const missingIn = (table: WordTable): string[] => {
  const said = [...sourcesOf(table).matchAll(new RegExp(`\\b${table.alias}\\.(\\w+)`, 'g'))].map(([, key = '']) => key);
  return said.filter((key) => !(key in Object(table.words.zh)) || !(key in Object(table.words.en)));
};

describe('the tables of words', () => {
  it('are all looked at here', () => {
    expect([...new Set(wordTables.map(({ folder }) => folder))].sort()).toEqual(foldersWithWords);
  });

  it.each(wordTables)('have the same shape in both languages: $name', ({ words }) => {
    const paths = languages.map((language) => textsOf(words[language]).map(([path]) => path));
    expect(paths[0]).toEqual(paths[1]);
    expect(paths[0]?.length).toBeGreaterThan(5);
    expect(iconsOf(words.zh)).toEqual(iconsOf(words.en));
  });

  it.each(wordTables)('are Chinese in Chinese and English in English, and nowhere empty: $name', ({ words }) => {
    for (const language of languages) {
      const texts = textsOf(words[language]).map(([, text]) => text);
      expect(foreignTexts(texts, language)).toEqual([]);
      expect(texts.filter((text) => text !== text.trim() || text === '')).toEqual([]);
    }
  });

  it.each(wordTables)('say nothing that the screen never says: $name', (table) => {
    expect(unusedIn(table)).toEqual([]);
  });

  it.each(wordTables)('have all that the screen says: $name', (table) => {
    expect(missingIn(table)).toEqual([]);
  });

  it.each(wordTables)('name icons that are there: $name', ({ words }) => {
    expect(iconsOf(words.zh).filter((name) => !hasIcon(name))).toEqual([]);
  });

  it.each(languages)('carry their numbers in %s', (language) => {
    const withNumber = wordTables.flatMap(({ words }) =>
      Object.values(words[language]).flatMap((value: Words) => (typeof value === 'function' ? [value] : [])),
    );
    expect(withNumber).toHaveLength(10);
    for (const say of withNumber) expect(say(37)).toContain('37');
  });
});

describe('the look at the tables', () => {
  const table = (words: Words): WordTable => ({
    folder: 'packages/enrolment/review',
    name: 'reviewWords',
    alias: 'words',
    words: { zh: words, en: words },
  });

  it('finds what is never said', () => {
    expect(unusedIn(table({ title: 'a', forgotten: 'b', front: { forgotten: 'c' } }))).toEqual([
      'forgotten',
      'front.forgotten',
    ]);
  });

  it('finds what is said and not there', () => {
    expect(missingIn(table({ title: 'a' }))).toContain('retake');
  });
});
