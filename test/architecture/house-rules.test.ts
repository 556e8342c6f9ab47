import { join } from 'node:path';
import { makeWorkbench, root, runPackage, type Sources } from './workbench';

interface Finding {
  readonly path: string;
  readonly rule: string | null;
}

const lint = async (sources: Sources): Promise<Finding[]> => {
  const { folder, remove } = makeWorkbench(sources);
  try {
    const config = join(root, 'eslint.config.mjs');
    const { output } = await runPackage(folder, 'eslint/bin/eslint.js', '--config', config, '--format', 'json', '.');
    const files = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null }[] }[];
    return files.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId }) => ({ path: filePath.slice(folder.length + 1), rule: ruleId })),
    );
  } finally {
    remove();
  }
};

/** Sources that say in their own room what other rooms must not. */
const lawful: Sources = {
  'protocol/card.ts': 'export const birthday = (at: number): string => new Date(at).toISOString();\n',
  'cloudfunctions/_adapters/clock.ts': 'export const now = (): number => Date.now();\n',
  'cloudfunctions/_adapters/parsed.ts':
    'export const parsed = (text: string): string[] => JSON.parse(text) as string[];\n',
  'cloudfunctions/holder/index.ts': 'export const main = (event: { action: string }): string => event.action;\n',
  'miniprogram/platform/language.ts': 'export const language = (): string => wx.getAppBaseInfo().language;\n',
  'miniprogram/services/ticks.ts': 'export const ticks = (): number => Date.now();\n',
  'local/demo/main.ts': "console.log('ready');\n",
  'protocol/reasoned.ts':
    '// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- a brand is made by an assertion\nexport const id = (text: string): string & { brand: 1 } => text as string & { brand: 1 };\n',
};

const assertion = 'export const made = (value: unknown): string => value as string;\n';

/** For each habit that the house forbids: where, what, and the rule that says so. */
const unlawful: readonly (readonly [path: string, source: string, rule: string])[] = [
  ['protocol/clock.ts', 'export const now = (): number => Date.now();\n', 'no-restricted-syntax'],
  ['cloudfunctions/_core/clock.ts', 'export const now = (): number => Date.now();\n', 'no-restricted-syntax'],
  ['cloudfunctions/_core/date.ts', 'export const now = (): Date => new Date();\n', 'no-restricted-syntax'],
  ['cloudfunctions/_core/text.ts', 'export const now = (): string => Date();\n', 'no-restricted-syntax'],
  ['cloudfunctions/_core/dice.ts', 'export const roll = (): number => Math.random();\n', 'no-restricted-syntax'],
  ['cloudfunctions/_adapters/dice.ts', 'export const roll = (): number => Math.random();\n', 'no-restricted-syntax'],
  ['miniprogram/presenters/clock.ts', 'export const now = (): number => Date.now();\n', 'no-restricted-syntax'],
  ['miniprogram/services/dice.ts', 'export const roll = (): number => Math.random();\n', 'no-restricted-syntax'],
  ...['process', 'Buffer', 'console', 'wx', 'performance', 'crypto'].map(
    (host) => [`protocol/${host}.ts`, `export const host = [${host}];\n`, 'no-restricted-globals'] as const,
  ),
  ['cloudfunctions/_core/host.ts', 'export const host = [process];\n', 'no-restricted-globals'],
  [
    'miniprogram/services/wx.ts',
    'export const language = (): string => wx.getAppBaseInfo().language;\n',
    'no-restricted-globals',
  ],
  ['miniprogram/pages/card.ts', "wx.showToast({ title: '' });\nexport {};\n", 'no-restricted-globals'],
  [
    'cloudfunctions/holder/dot.ts',
    'export const caller = (event: { openid: string }): string => event.openid;\n',
    'no-restricted-syntax',
  ],
  [
    'cloudfunctions/holder/info.ts',
    'export const caller = (event: { userInfo: string }): string => event.userInfo;\n',
    'no-restricted-syntax',
  ],
  [
    'cloudfunctions/_adapters/brackets.ts',
    "export const caller = (event: Record<string, string>): string | undefined => event['openId'];\n",
    'no-restricted-syntax',
  ],
  [
    'cloudfunctions/_core/unpacked.ts',
    'export const caller = (event: { userInfo: string }): string => {\n  const { userInfo } = event;\n  return userInfo;\n};\n',
    'no-restricted-syntax',
  ],
  ['protocol/assertion.ts', assertion, '@typescript-eslint/consistent-type-assertions'],
  ['cloudfunctions/_core/assertion.ts', assertion, '@typescript-eslint/consistent-type-assertions'],
  ['miniprogram/services/assertion.ts', assertion, '@typescript-eslint/consistent-type-assertions'],
  [
    'protocol/silenced.ts',
    `// eslint-disable-next-line @typescript-eslint/consistent-type-assertions\n${assertion}`,
    'house/described-disable',
  ],
  ['protocol/silent.ts', `/* eslint-disable -- all of it */\n${assertion}`, 'house/described-disable'],
  ['protocol/default.ts', 'export default 1;\n', 'no-restricted-exports'],
  ['protocol/loose.ts', 'export const same = (a: string, b: string): boolean => a == b;\n', 'eqeqeq'],
  ['protocol/long.ts', 'export {};\n'.repeat(301), 'max-lines'],
  ['protocol/any.ts', 'export const made = (value: any): string => value;\n', '@typescript-eslint/no-explicit-any'],
  [
    'protocol/sure.ts',
    'export const sure = (value?: string): string => value!;\n',
    '@typescript-eslint/no-non-null-assertion',
  ],
  [
    'protocol/floating.ts',
    'export const start = (work: () => Promise<void>): void => {\n  work();\n};\n',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'protocol/open.ts',
    "export const name = (tier: 'light' | 'full'): string => {\n  switch (tier) {\n    case 'light':\n      return 'grey';\n  }\n  return '';\n};\n",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'protocol/value-import.ts',
    "import { asked } from './asked';\nexport const name = (value: asked): string => value;\n",
    '@typescript-eslint/consistent-type-imports',
  ],
  ['local/people/print.ts', "console.log('ready');\nexport {};\n", 'no-console'],
];

const asked: Sources = { 'protocol/asked.ts': 'export type asked = string;\n' };

describe('the house rules', () => {
  it('let every room say what is its own', async () => {
    expect(await lint(lawful)).toEqual([]);
  });

  it('each refuse what they forbid', async () => {
    const sources = Object.fromEntries(unlawful.map(([path, source]) => [path, source]));
    const findings = await lint({ ...asked, ...sources });
    const missed = unlawful.filter(
      ([path, , rule]) => !findings.some((finding) => finding.path === path && finding.rule === rule),
    );
    expect(missed.map(([path, , rule]) => `${rule}: ${path}`)).toEqual([]);
  });
});

describe('the compiler', () => {
  const compile = async (room: string, sources: Sources): Promise<string> => {
    const { folder, remove } = makeWorkbench(sources);
    try {
      return (await runPackage(folder, 'typescript/bin/tsc', '-p', room, '--pretty', 'false')).output;
    } finally {
      remove();
    }
  };

  it.each([
    ['protocol', 'process.pid'],
    ['protocol', 'Buffer.alloc(1)'],
    ['protocol', 'wx.getStorageSync("")'],
    ['protocol', 'new TextEncoder()'],
    ['protocol', 'crypto.subtle'],
    ['cloudfunctions/_core', 'process.pid'],
    ['cloudfunctions/_core', 'setTimeout(() => undefined, 1)'],
    ['miniprogram', 'process.pid'],
    ['miniprogram', 'new TextEncoder()'],
    ['cloudfunctions', 'wx.getStorageSync("")'],
  ])('knows no foreign host in %s: %s', async (room, expression) => {
    const name = /^(?:new )?(\w+)/.exec(expression)?.[1] ?? '';
    const output = await compile(room, { [`${room}/host.ts`]: `export const host: unknown = ${expression};\n` });
    expect(output).toContain(`Cannot find name '${name}'`);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('takes what each room may say', async () => {
    const sources = {
      'protocol/pure.ts': 'export const now = (at: number): string => new Date(at).toISOString();\n',
      'miniprogram/platform/language.ts': 'export const language = (): string => wx.getAppBaseInfo().language;\n',
      'miniprogram/protocol.d.ts': "export * from '../protocol/pure';\n",
      'cloudfunctions/holder/index.ts': 'export const pid = (): number => process.pid;\n',
      'cloudfunctions/_core/pure.ts': "export { now } from '../../protocol/pure';\n",
    };
    for (const room of ['protocol', 'miniprogram', 'cloudfunctions', 'cloudfunctions/_core'])
      expect(await compile(room, sources)).toBe('');
  });
});
