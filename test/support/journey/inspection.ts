import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import type { ComputedStyles, ScreenDocument, ScreenElement } from './dom';
import type { PhoneUser, Theme } from './phone-user';

/** The frame that is inspected: what `evaluate` is given runs there. */
declare const window: { readonly axe?: typeof axe };
declare const document: ScreenDocument;
declare const getComputedStyle: ComputedStyles;

const GRAVE: readonly unknown[] = ['serious', 'critical'];

/**
 * What axe-core finds serious or critical in a document, as `rule (impact): element`.
 * @param rules only these are looked at; all where absent
 */
export const graveBarriers = async (
  frame: Page | Frame,
  rules: readonly string[] | null = null,
): Promise<readonly string[]> => {
  if (!(await frame.evaluate(() => window.axe !== undefined))) await frame.evaluate(axe.source);
  const found = await frame.evaluate(async (named) => {
    if (!window.axe) throw new Error('axe-core does not run');
    const { violations } = await window.axe.run(
      { exclude: ['iframe'] },
      { resultTypes: ['violations'], ...(named && { runOnly: { type: 'rule', values: [...named] } }) },
    );
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`),
    }));
  }, rules);
  return found
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, impact, nodes }) => nodes.map((node) => `${id} (${String(impact)}): ${node}`));
};

/** Whatever is wider than the screen, or cut off at its own edge. */
export const overflows = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const name = (element: ScreenElement): string =>
      `${element.tagName.toLowerCase()}.${String(element.className)} "${(element.textContent ?? '').slice(0, 40)}"`;
    const seen = [...document.querySelectorAll('body *')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    );
    const wide = seen.filter(
      (one) =>
        one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible',
    );
    const outside = seen.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
    });
    return [
      ...wide.map((one) => `${String(one.scrollWidth)} px of content in ${String(one.clientWidth)} px: ${name(one)}`),
      ...outside.map((one) => `outside of the screen: ${name(one)}`),
    ];
  });

/** Somebody who looks at every screen that a phone comes to. */
export interface Inspector {
  /** Keeps a picture of the screen, where pictures are asked for, and notes what is wrong with it. */
  readonly looks: (user: PhoneUser, name: string) => Promise<void>;
  readonly flaws: readonly string[];
}

/** @param options.themes whether screens are looked at in the other theme, too */
export const createInspector = ({ themes = 'both' }: { readonly themes?: 'both' | 'own' } = {}): Inspector => {
  const flaws: string[] = [];
  return {
    flaws,
    looks: async (user, name) => {
      const note = (theme: Theme, found: readonly string[]): void => {
        flaws.push(...found.map((flaw) => `${name} (${theme}): ${flaw}`));
      };
      await user.rests();
      await user.keeps(name);
      note(user.theme, [...(await graveBarriers(user.page)), ...(await overflows(user.page))]);
      if (themes === 'own') return;
      // The other theme changes colours and nothing else.
      const other = user.theme === 'light' ? 'dark' : 'light';
      await user.turns(other);
      await user.keeps(name, other);
      note(other, await graveBarriers(user.page, ['color-contrast']));
      await user.turns(user.theme);
    },
  };
};
