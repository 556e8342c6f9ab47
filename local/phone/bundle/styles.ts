import postcss, { CssSyntaxError, type Root } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { builtInTags } from '../contract/built-in-tags';
import { faultAt, SourceFault } from './fault';
import { resolveStyle } from './resolve';
import type { SourceFiles } from './source-files';

/** A length, or what only looks as if it held one: a text, an address. */
const RPX = /"[^"]*"|'[^']*'|url\([^)]*\)|(-?\d*\.?\d+)rpx\b/g;
const inRpx = (value: string, convert: (length: number) => string): string =>
  value.replaceAll(RPX, (found, length?: string) => (length === undefined ? found : convert(Number(length))));
/** 750rpx are the width of the screen, whatever it is. */
const toViewport = (value: string): string =>
  inRpx(value, (length) => `${String(Number((length / 7.5).toFixed(5)))}vw`);

const parse = (source: string, file: string): Root => {
  try {
    return postcss.parse(source, { from: `/${file}` });
  } catch (error) {
    if (error instanceof CssSyntaxError) throw faultAt(file, error.line ?? 1, error.column ?? 1, error.reason);
    throw error;
  }
};

/** A sheet with its imports in place of the `@import` rules, each file once. */
const inlined = (files: SourceFiles, file: string, seen: Set<string>): Root => {
  seen.add(file);
  const sheet = parse(files.read(file), file);
  sheet.walkAtRules('import', (rule) => {
    const request = rule.params.replace(/^url\(|\)$/g, '').replaceAll(/["']/g, '');
    const imported = resolveStyle(files, file, request);
    if (imported === null) throw new SourceFault(`${file}: cannot find the style sheet "${request}"`);
    if (seen.has(imported)) rule.remove();
    else rule.replaceWith(inlined(files, imported, seen).nodes);
  });
  return sheet;
};

const tags: ReadonlySet<string> = new Set(builtInTags);

const selectorsOf = (scope: string | null, host: string) =>
  selectorParser((selectors) => {
    selectors.walkClasses((node) => {
      if (scope !== null) node.value = `${scope}--${node.value}`;
    });
    selectors.walkTags((node) => {
      if (node.value === 'page') node.replaceWith(selectorParser.className({ value: 'wx-page' }));
      else if (tags.has(node.value)) node.value = `wx-${node.value}`;
    });
    selectors.walkPseudos((node) => {
      if (node.value !== ':host') return;
      if (node.nodes.length > 0) throw new Error(':host() with a selector is none of WeChat’s');
      const value = JSON.stringify(host);
      node.replaceWith(
        selectorParser.attribute({ attribute: 'wx-host', operator: '=', value, raws: {}, quoteMark: '"' }),
      );
    });
  });

/**
 * A style sheet for the browser. Lengths in rpx become vw, tags of built-in components `wx-<tag>`, `page` the class `wx-page` that
 * the host gives to a page's element, `:host` the attribute `wx-host`, and classes carry the scope where styles are isolated.
 * @param scope the prefix of isolated classes, or null where the styles are shared
 * @param host value of the attribute `wx-host`
 * @throws SourceFault
 */
export const compileStyles = (files: SourceFiles, file: string, scope: string | null, host: string): string => {
  if (!files.has(file)) return '';
  const sheet = inlined(files, file, new Set());
  const selectors = selectorsOf(scope, host);
  sheet.walkRules((rule) => {
    const { parent } = rule;
    if (parent?.type === 'atrule' && 'name' in parent && parent.name.endsWith('keyframes')) return;
    try {
      rule.selector = selectors.processSync(rule.selector);
    } catch (error) {
      const { line = 1, column = 1 } = rule.source?.start ?? {};
      // An imported rule still knows its own file.
      throw faultAt(
        rule.source?.input.file?.slice(1) ?? file,
        line,
        column,
        error instanceof Error ? error.message : String(error),
      );
    }
  });
  sheet.walkDecls((declaration) => {
    declaration.value = toViewport(declaration.value);
  });
  sheet.walkAtRules('media', (rule) => {
    rule.params = inRpx(rule.params, (length) => `${String(length / 2)}px`);
  });
  return sheet.toString();
};
