import { base64urlEncode, createCode, showingHandle } from '../../../protocol';
import { codeSymbol, passSymbol, type CodeSymbol } from '../../../miniprogram/presenters/code-symbol';
import { createPassMaker, shownText } from '../../support/passes';
import { fromHex, keyPair } from '../protocol/support';
import { readSymbol } from './read-symbol';

const QUIET = 4;
const { sign } = keyPair();
const codeOf = (bytes: string, issuedAt: number): string =>
  createCode({ handle: showingHandle(base64urlEncode(fromHex(bytes))), issuedAt, sign });

/** ISO/IEC 18004, section 7.1: version 1 has 21 modules a side, each further one 4 more. */
const versionOf = (symbol: CodeSymbol): number => (symbol.length - 2 * QUIET - 17) / 4;
const LATEST = 0xffffffff;

describe('the symbol of a code', () => {
  it.each([
    ['usual', codeOf('000102030405060708090a0b0c0d0e0f', 1_795_000_000)],
    ['the longest', codeOf('ff'.repeat(16), LATEST)],
    ['the first', codeOf('00'.repeat(16), 0)],
  ])('is read back by another program: %s', async (_, text) => {
    expect(await readSymbol(codeSymbol(text))).toBe(text);
  });

  it('has few enough modules to be read from a screen at arm’s length', () => {
    const version = versionOf(codeSymbol(codeOf('ff'.repeat(16), LATEST)));
    expect(Number.isInteger(version)).toBe(true);
    expect(version).toBeLessThanOrEqual(9);
  });

  it('is a square with four light modules all around', () => {
    const symbol = codeSymbol(codeOf('ff'.repeat(16), LATEST));
    for (const row of symbol) expect(row).toHaveLength(symbol.length);
    const isDark = (x: number, y: number): boolean => symbol[y]?.[x] === true;
    const last = symbol.length - 1;
    for (let along = 0; along <= last; along += 1)
      for (let from = 0; from < QUIET; from += 1)
        for (const isQuietDark of [
          isDark(along, from),
          isDark(along, last - from),
          isDark(from, along),
          isDark(last - from, along),
        ])
          expect(isQuietDark).toBe(false);
    expect([isDark(QUIET, QUIET), isDark(last - QUIET, QUIET), isDark(QUIET, last - QUIET)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('survives a blot of a fiftieth of its area', async () => {
    const text = codeOf('000102030405060708090a0b0c0d0e0f', 1_795_000_000);
    const symbol = codeSymbol(text);
    const middle = Math.floor(symbol.length / 2);
    const blotted = symbol.map((row, y) =>
      row.map((dark, x) => (Math.abs(x - middle) <= 3 && Math.abs(y - middle) <= 2 ? true : dark)),
    );
    expect(await readSymbol(blotted)).toBe(text);
  });
});

describe('the symbol of a shown pass', () => {
  it('is read back by another program, and is of version 13 at most', async () => {
    const text = shownText(createPassMaker().make(), 1);
    expect(versionOf(passSymbol(text))).toBe(13);
    expect(await readSymbol(passSymbol(text))).toBe(text);
  });
});
