import { packagesOf } from '../../../scripts/miniprogram/package-sizes';

const limits = { MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 3 };
const appJson = {
  pages: ['pages/welcome/welcome'],
  subPackages: [{ root: 'packages/verifier', pages: ['scan/scan'] }],
};
const MEGABYTE = 1024 * 1024;

describe('the packages of a mini-program', () => {
  it('have the pages of app.json, those of subpackages below their root', () => {
    expect(packagesOf(appJson).pages).toEqual(['pages/welcome/welcome', 'packages/verifier/scan/scan']);
  });

  it('are measured each by its own limit', () => {
    const { faults, lines } = packagesOf(appJson).measure(
      { 'app.js': 'a'.repeat(2 * MEGABYTE), 'packages/verifier/scan/scan.js': 'a' },
      limits,
    );
    expect(faults).toEqual([]);
    expect(lines).toHaveLength(3);
  });

  it.each([
    ['the main package', { 'app.js': 'a'.repeat(2 * MEGABYTE + 1) }, 'main package'],
    ['a subpackage', { 'packages/verifier/a.js': 'a'.repeat(2 * MEGABYTE + 1) }, 'packages/verifier/'],
    [
      'all together',
      { 'app.js': 'a'.repeat(1.5 * MEGABYTE), 'packages/verifier/a.js': 'a'.repeat(1.5 * MEGABYTE + 1) },
      'together',
    ],
    ['what counts more bytes than characters', { 'app.js': '证'.repeat(MEGABYTE) }, 'main package'],
  ])('are refused beyond it: %s', (_name, files, fault) => {
    expect(packagesOf(appJson).measure(files, limits).faults).toEqual([expect.stringContaining(`${fault}:`)]);
  });

  it('of something that is no app.json are an empty main package', () => {
    expect(packagesOf(null).pages).toEqual([]);
    expect(packagesOf({ pages: 7, subPackages: [{ root: 1 }, null] }).measure({}, limits).lines).toHaveLength(2);
  });
});
