import { parse, type Node } from 'acorn';
import { full } from 'acorn-walk';
import MagicString from 'magic-string';
import { faultAt } from './fault';

/** What WXS has beyond the language: type names, regular expressions and dates by function. */
export const wxsPrelude = `
const __wxsTypeName = (value) => Object.prototype.toString.call(value).slice(8, -1);
const getRegExp = (pattern, flags) => new RegExp(pattern, flags);
const getDate = (...parts) => new Date(...parts);
`;

type Found = Node & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;

const parseScript = (source: string, file: string): Node => {
  try {
    return parse(source, { ecmaVersion: 5, sourceType: 'script', allowReturnOutsideFunction: true });
  } catch (error) {
    const { loc, message } = error as SyntaxError & {
      readonly loc?: { readonly line: number; readonly column: number };
    };
    throw faultAt(file, loc?.line ?? 1, (loc?.column ?? 0) + 1, `is no WXS: ${message}`);
  }
};

/**
 * Makes of a WXS module what means the same in JavaScript. WXS differs in this: `x.constructor` is the name of a type, an
 * unknown escape in a string keeps its backslash, and a required file is named with its extension.
 * @throws SourceFault where it is no WXS
 */
export const toJavaScript = (source: string, file: string): string => {
  const text = new MagicString(source);
  full(parseScript(source, file), (visited) => {
    const node = visited as Found;
    const { object, property, callee } = node;
    if (node.type === 'MemberExpression' && node['computed'] === false && isNode(object) && isNode(property)) {
      if (property['name'] !== 'constructor') return;
      // Brackets around the object are none of its own.
      text.appendLeft(node.start, '__wxsTypeName(');
      text.overwrite(source.lastIndexOf('.', property.start), node.end, ')');
    }
    if (node.type === 'Literal' && typeof node['value'] === 'string') {
      const raw = source.slice(node.start, node.end);
      const kept = raw.replace(/\\([^\\'"nrtbfv0ux\r\n])/g, '\\\\$1');
      if (kept !== raw) text.overwrite(node.start, node.end, kept);
    }
    if (node.type === 'CallExpression' && isNode(callee) && callee['name'] === 'require') {
      const [named] = node['arguments'] as readonly unknown[];
      if (!isNode(named) || typeof named['value'] !== 'string') return;
      text.overwrite(named.start, named.end, JSON.stringify(named['value'].replace(/\.wxs$/, '')));
    }
  });
  return text.toString();
};
