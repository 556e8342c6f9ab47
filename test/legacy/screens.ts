import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ScreenElement } from '../support/journey/dom';
import type { Inspector } from '../support/journey/inspection';
import { miniProgram } from '../support/journey/stage';

/** A screen as a user came to it. */
export interface RecordedScreen {
  readonly name: string;
  readonly route: string;
  readonly language: 'zh' | 'en';
  /** What the page had when it looked like this. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The same of the one component that has data of its own. */
  readonly viewfinder: Readonly<Record<string, unknown>> | null;
  /** Every text on the page, in the order of its elements. */
  readonly lines: readonly string[];
  /** Those that nobody sees. There are none: what a page does not show it leaves out, so both frameworks are asked for every text. */
  readonly unseen: readonly string[];
}

interface ScreenNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<ScreenNode>;
  readonly parentElement: Pick<ScreenElement, 'checkVisibility'> | null;
}

type WithData = Pick<RecordedScreen, 'data'>;
declare const getApp: () => { readonly globalData: Pick<RecordedScreen, 'language'> };
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
        const textsOf = (node: ScreenNode): ScreenNode[] =>
          node.nodeType === 3 ? [node] : Array.from(node.childNodes).flatMap(textsOf);
        const lineOf = ({ textContent }: ScreenNode): string => (textContent ?? '').replaceAll(/\s+/g, ' ').trim();
        const [shown] = Array.from(document.querySelectorAll('.phone-page:not([hidden]) > .wx-page'));
        const open = getCurrentPages().at(-1);
        if (!shown || !open) throw new Error('no page is open');
        const texts = textsOf(shown).filter((text) => lineOf(text) !== '');
        const isSeen = ({ parentElement }: ScreenNode): boolean =>
          parentElement?.checkVisibility({ visibilityProperty: true }) === true;
        return {
          route: open.route,
          language: getApp().globalData.language,
          data: open.data,
          viewfinder: open.selectComponent('#viewfinder')?.data ?? null,
          lines: texts.map(lineOf),
          unseen: texts.filter((text) => !isSeen(text)).map(lineOf),
        };
      });
      screens.push({ name, ...recorded });
    },
  };
};

/** The lines that WeChat's legacy framework shows of each screen with the same data. */
const renderOnLegacy = (
  screens: readonly RecordedScreen[],
  language: RecordedScreen['language'],
): readonly (readonly string[])[] => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, 'render.mjs'), miniProgram.compiled, language],
    { input: JSON.stringify(screens), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the legacy framework does not render:\n${stderr}`);
  return JSON.parse(stdout) as readonly (readonly string[])[];
};

const told = (text: string | undefined): string => (text === undefined ? 'nothing' : `"${text}"`);

/** What the legacy framework says otherwise, each as `page (screen): …`, with the first text that differs. */
export const differences = (screens: readonly RecordedScreen[]): readonly string[] =>
  [...new Set(screens.map(({ language }) => language))].flatMap((language) => {
    const spoken = screens.filter((screen) => screen.language === language);
    const rendered = renderOnLegacy(spoken, language);
    return spoken.flatMap(({ name, route, lines }, at) => {
      const legacy = rendered[at] ?? [];
      const length = Math.max(lines.length, legacy.length);
      const first = Array.from({ length }, (_, line) => line).find((line) => lines[line] !== legacy[line]);
      if (first === undefined) return [];
      return [`${route} (${name}): ${told(lines[first])} is ${told(legacy[first])} on the legacy framework`];
    });
  });
