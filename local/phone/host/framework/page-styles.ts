import type { CurrentWindowBackendContext } from 'glass-easel';

/** The style sheets of each page: in WeChat a page is a web view of its own, so a page's sheets hold for that page alone. */
export interface PageStyles {
  /** Sheets that are appended while the work runs belong to one page. */
  readonly collect: (work: () => void) => readonly HTMLStyleElement[];
  /** What `prefers-color-scheme` says on this phone, whatever the browser's own is. */
  readonly setTheme: (theme: 'light' | 'dark') => void;
}

const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/;

export const createPageStyles = (backend: CurrentWindowBackendContext): PageStyles => {
  const schemeRules = new Map<CSSMediaRule, string>();
  const collected: HTMLStyleElement[] = [];
  let theme: 'light' | 'dark' = 'light';

  const apply = (rule: CSSMediaRule, written: string): void => {
    rule.media.mediaText = written.replace(SCHEME, (_, scheme: string) => (scheme === theme ? 'all' : 'not all'));
  };
  const adopt = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const written = rule.media.mediaText;
      if (SCHEME.test(written)) {
        schemeRules.set(rule, written);
        apply(rule, written);
      }
      adopt(rule.cssRules);
    }
  };

  const append = backend.appendStyleSheetPath.bind(backend);
  backend.appendStyleSheetPath = (path, scope) => {
    const before = new Set(document.querySelectorAll('style'));
    const index = append(path, scope);
    for (const style of document.querySelectorAll('style')) {
      if (before.has(style)) continue;
      collected.push(style);
      if (style.sheet) adopt(style.sheet.cssRules);
    }
    return index;
  };

  return {
    collect: (work) => {
      collected.length = 0;
      work();
      return collected.splice(0);
    },
    setTheme: (asked) => {
      theme = asked;
      for (const [rule, written] of schemeRules) apply(rule, written);
    },
  };
};
