import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Inspector } from '../support/journey/inspection';
import { miniProgram } from '../support/journey/stage';

/** A screen as a user came to it. */
export interface RecordedScreen {
  readonly name: string;
  readonly route: string;
  /** What the page had when it looked like this. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The same of the one component that has data of its own. */
  readonly viewfinder: Readonly<Record<string, unknown>> | null;
  /** Every text on the page, in the order of its elements. */
  readonly lines: readonly string[];
}

interface ScreenNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<ScreenNode>;
}

type WithData = Pick<RecordedScreen, 'data'>;
declare const getCurrentPages: () => (WithData & {
  readonly route: string;
  readonly selectComponent: (selector: string) => WithData | null;
})[];
declare const document: { readonly querySelectorAll: (selector: string) => Iterable<ScreenNode> };

/** Records each screen that a tour comes to. */
export const createRecorder = (): Inspector & { readonly screens: readonly RecordedScreen[] } => {
  const screens: RecordedScreen[] = [];
  return {
    screens,
    flaws: [],
    looks: async ({ page }, name) => {
      const recorded = await page.evaluate(() => {
        const linesOf = (node: ScreenNode): string[] =>
          node.nodeType === 3
            ? [(node.textContent ?? '').replaceAll(/\s+/g, ' ').trim()]
            : Array.from(node.childNodes).flatMap(linesOf);
        const [shown] = Array.from(document.querySelectorAll('.phone-page:not([hidden]) > .wx-page'));
        const open = getCurrentPages().at(-1);
        if (!shown || !open) throw new Error('no page is open');
        return {
          route: open.route,
          data: open.data,
          viewfinder: open.selectComponent('#viewfinder')?.data ?? null,
          lines: linesOf(shown).filter((line) => line !== ''),
        };
      });
      screens.push({ name, ...recorded });
    },
  };
};

/** The lines that WeChat's legacy framework shows of each screen with the same data. */
const renderOnLegacy = (screens: readonly RecordedScreen[], language: 'zh' | 'en'): readonly (readonly string[])[] => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, 'render.mjs'), miniProgram.compiled, language],
    { input: JSON.stringify(screens), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the legacy framework does not render:\n${stderr}`);
  return JSON.parse(stdout) as readonly (readonly string[])[];
};

/** What the legacy framework says otherwise, each as `page (screen): …`, with the first text that differs. */
export const differences = (screens: readonly RecordedScreen[], language: 'zh' | 'en'): readonly string[] => {
  const rendered = renderOnLegacy(screens, language);
  return screens.flatMap(({ name, route, lines }, at) => {
    const legacy = rendered[at] ?? [];
    const length = Math.max(lines.length, legacy.length);
    const first = Array.from({ length }, (_, line) => line).find((line) => lines[line] !== legacy[line]);
    if (first === undefined) return [];
    const told = (text: string | undefined): string => (text === undefined ? 'nothing' : `"${text}"`);
    return [`${route} (${name}): ${told(lines[first])} is ${told(legacy[first])} on the legacy framework`];
  });
};
