import { pairwiseName, sectorOf } from '../../../cloudfunctions/_adapters/oauth/pairwise';

const key = new Uint8Array(32).fill(7);
const [bank, railway] = [sectorOf('a-bank'), sectorOf('a-railway')].map((sector) => new URL(sector).host);

describe('a holder’s name for a partner', () => {
  it('stays, whichever server of the partner asks', () => {
    expect(pairwiseName(key, bank, 'holder')).toBe(pairwiseName(key, bank, 'holder'));
  });

  it('is another for another partner, another holder, and under another key', () => {
    const names = [
      pairwiseName(key, bank, 'holder'),
      pairwiseName(key, railway, 'holder'),
      pairwiseName(key, bank, 'another'),
      pairwiseName(new Uint8Array(32), bank, 'holder'),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w-]{43}$/);
  });

  it('is none where the partner is unknown', () => {
    expect(() => pairwiseName(key, undefined, 'holder')).toThrow('without a sector');
  });
});
