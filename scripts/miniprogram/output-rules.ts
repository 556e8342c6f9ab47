import type { CompiledFiles } from './package-sizes';

interface Rule {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly fault: string;
}

/** What must not leave with an upload, and what WeChat's compiler lets through without a word. */
const rules: readonly Rule[] = [
  {
    files: /\.wxss$/,
    pattern: /@font-face/,
    fault: 'loads a font; a stranger would learn that an identity card is opened',
  },
  {
    files: /\.(wxss|wxml)$/,
    pattern: /(?:url\(|src=)\s*["']?https?:/,
    fault: 'loads something from an address; ship it instead',
  },
  { files: /\.js$/, pattern: /\brequire\(\s*["'][^"']*\.json["']\s*\)/, fault: 'requires JSON, which no phone can' },
];

/** A line for each rule that a compiled file breaks. */
export const brokenRules = (files: CompiledFiles): string[] =>
  Object.entries(files).flatMap(([path, content]) => {
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
    return rules
      .filter((rule) => rule.files.test(path) && rule.pattern.test(text))
      .map(({ fault }) => `${path}: ${fault}`);
  });
