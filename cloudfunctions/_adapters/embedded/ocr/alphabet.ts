import { readFile } from 'node:fs/promises';

/** The characters that the recogniser can write. Class 0 is the blank of CTC and stands for no character. */
export interface Alphabet {
  readonly characters: readonly string[];
  readonly classes: ReadonlyMap<string, number>;
}

/** Reads PP-OCR's list of characters, one a line; the space is its last class and not in the file. */
export async function loadAlphabet(file: string): Promise<Alphabet> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  const characters = ['', ...lines.map(plain), ' '];
  const classes = new Map<string, number>();
  characters.forEach((character, index) => {
    if (index > 0 && !classes.has(character)) classes.set(character, index);
  });
  return { characters, classes };
}

/** Full-width and compatibility forms, of which the list has some beside the plain ones, as the plain ones. */
const plain = (character: string): string =>
  /^[\uf900-\ufaff\uff00-\uffef]$/.test(character) ? character.normalize('NFKC') : character;
