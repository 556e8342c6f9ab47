import { destroyedParts, type DeletionProofContent } from '../../../protocol';
import { destroyedInWords, tellDeletion } from '../../../miniprogram/presenters/deletion';
import { foreignTexts, languages } from './languages';

const proved: DeletionProofContent = {
  issuer: 'https://id.example',
  id: 'd'.repeat(32),
  deletedAt: Date.UTC(2026, 10, 26, 10, 5) / 1000,
  destroyed: destroyedParts,
  unreadableEvents: 7,
};
const proof = 'head.body.seal';

describe('a deletion', () => {
  it('is told by what its proof says', () => {
    const told = tellDeletion({ proof, proved }, 'en');
    expect(told.isProved).toBe(true);
    expect(told.facts.map(({ value }) => value)).toEqual([
      '26 Nov 2026 18:05',
      'https://id.example',
      '7',
      'd'.repeat(32),
    ]);
    expect(told.destroyed).toHaveLength(destroyedParts.length);
  });

  it.each(languages)('is kept as a file whose last line is the proof: in %s', (language) => {
    const lines = tellDeletion({ proof, proved }, language).file.split('\r\n');
    expect(lines.at(-1)).toBe(proof);
    expect(lines).toContain('https://id.example/.well-known/jwks.json');
  });

  it('whose proof does not hold says nothing of its own, and keeps the proof', () => {
    expect(tellDeletion({ proof, proved: null }, 'zh')).toEqual({
      isProved: false,
      facts: [],
      destroyed: [],
      file: proof,
    });
  });

  it.each(languages)('names every part that goes, in %s alone', (language) => {
    const names = tellDeletion({ proof, proved }, language).destroyed;
    expect(foreignTexts(names, language)).toEqual([]);
    expect(new Set(names).size).toBe(destroyedParts.length);
    for (const name of names) expect(destroyedInWords(language).toLowerCase()).toContain(name.toLowerCase());
  });
});
