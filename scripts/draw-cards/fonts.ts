import { execFileSync } from 'node:child_process';

/** Sans for what is filled in, serif for the titles, OCR-B for the number, as on the card. */
export const fonts = { sans: 'Noto Sans CJK SC', serif: 'Noto Serif CJK SC', number: 'OCR B' } as const;

/** @throws Error naming the missing fonts and how to install them; a substitute font would be drawn silently otherwise */
export const requireFonts = (): void => {
  const families = execFileSync('fc-list', [':', 'family'], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => line.split(','));
  const missing = Object.values(fonts).filter((family) => !families.includes(family));
  if (missing.length > 0) {
    throw new Error(
      `missing fonts: ${missing.join(', ')}\non Debian and Ubuntu: apt-get install fonts-noto-cjk fonts-ocr-b`,
    );
  }
};
