import { fonts } from './fonts';

/** The card at 20 pixels a millimetre: ISO/IEC 7810 ID-1, 85.60 × 53.98 mm, corners of 3.18 mm. */
export const card = { width: 1712, height: 1080, corner: 64 } as const;

export const ink = { label: '#3f78ad', text: '#1d1d1f', mark: '#c4122f' } as const;

interface TextStyle {
  readonly size: number;
  readonly colour?: string;
  readonly family?: string;
  readonly weight?: number;
  readonly spacing?: number;
  readonly anchor?: 'start' | 'middle';
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** One line of text with its baseline at `y`, in pixels of the card. */
export const line = (x: number, y: number, content: string, style: TextStyle): string => {
  const { size, colour = ink.text, family = fonts.sans, weight = 400, spacing = 0, anchor = 'start' } = style;
  const escaped = content.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" letter-spacing="${spacing}" fill="${colour}" text-anchor="${anchor}" xml:lang="zh-CN">${escaped}</text>`;
};

/** The mark that nobody takes for a print on a real card: a filled red label, centred at a point. */
export const sampleMark = (x: number, y: number): string =>
  `<g transform="translate(${x} ${y}) rotate(-4)">
    <rect x="-262" y="-56" width="524" height="112" rx="22" fill="${ink.mark}"/>
    <rect x="-250" y="-44" width="500" height="88" rx="14" fill="none" stroke="#fff" stroke-width="4"/>
    ${line(0, 24, 'SAMPLE 样本', { size: 68, colour: '#fff', weight: 700, spacing: 4, anchor: 'middle' })}
  </g>`;

/** A whole side of the card as SVG. */
export const side = (background: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${card.width}" height="${card.height}">${background}${content}</svg>`;
