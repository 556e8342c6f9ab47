import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { resources, type CloudFunction } from '../../cloudfunctions/resources';
import { readMessageTemplates } from '../../cloudfunctions/_adapters/cloudbase/subscribe-messages';
import { createAuthorityClient } from '../../cloudfunctions/_adapters/tencent/authority-from-environment';
import { approvedTemplates } from '../../local/ecosystem/message-templates';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8');

/** The rows of the table below a heading, as its cells. */
const rowsBelow = (heading: string): readonly (readonly string[])[] => {
  const [, section = ''] = page.split(`\n${heading}\n`);
  const rows = [...(section.split(/\n#{1,3} /)[0] ?? '').matchAll(/^\| (`.*) \|$/gm)];
  return rows.map(([, cells = '']) => cells.split(' | ').map((cell) => cell.trim()));
};
const quoted = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

const ofFunctions = rowsBelow('## Cloud functions');
const here = rowsBelow('## On this machine');

/** Sources of programs, and what configures them. */
const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesBelow(path);
    return /\.(ts|mjs|js)$/.test(entry.name) ? [path] : [];
  });
// Examples are other people's: their own pages tell their variables.
const sources = [
  ...['cloudfunctions', 'local', 'scripts', 'bench', 'test'].flatMap((room) => sourcesBelow(join(root, room))),
  ...readdirSync(root).flatMap((name) => (/\.(mjs|ts)$/.test(name) ? [join(root, name)] : [])),
];

const isEnvironment = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && node.getText() === 'process.env';

const isWritten = (node: ts.Node): boolean =>
  ts.isDeleteExpression(node.parent) ||
  (ts.isBinaryExpression(node.parent) &&
    node.parent.left === node &&
    node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken);

/** The texts of a list whose every entry is looked up: `['A', 'B'].flatMap((name) => … process.env[name] …)`. */
const namesOfList = (node: ts.Node): readonly string[] => {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) continue;
    const list = at.expression.expression;
    if (ts.isArrayLiteralExpression(list)) return list.elements.filter(ts.isStringLiteral).map(({ text }) => text);
  }
  return [];
};

const isOfFunction = (path: string): boolean => path.startsWith('cloudfunctions/');

/** The variables that a file reads; `?` for one that is named elsewhere. */
const readIn = (path: string): readonly string[] => {
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    ts.forEachChild(node, look);
    if (
      isOfFunction(file.fileName) &&
      ts.isCallExpression(node) &&
      /^required(Key)?$/.test(node.expression.getText())
    ) {
      const [name] = node.arguments;
      found.push(name && ts.isStringLiteral(name) ? name.text : '?');
    }
    if (!isEnvironment(node)) return;
    const { parent } = node;
    if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) {
      found.push(...parent.name.elements.map(({ propertyName, name }) => (propertyName ?? name).getText()));
    } else if (ts.isPropertyAccessExpression(parent) && !isWritten(parent)) found.push(parent.name.text);
    else if (ts.isElementAccessExpression(parent) && !isWritten(parent)) {
      const name = parent.argumentExpression;
      const listed = ts.isStringLiteral(name) ? [name.text] : namesOfList(parent);
      found.push(...(listed.length > 0 ? listed : ['?']));
    }
  };
  look(file);
  return found;
};

const reading = sources
  .map((path) => relative(root, path).replaceAll('\\', '/'))
  .map((path) => ({ path, names: readIn(path) }));
const readBelow = (isThere: (path: string) => boolean): readonly string[] =>
  sorted(reading.flatMap(({ path, names }) => (isThere(path) ? names : []))).filter((name) => name !== '?');

describe('docs/configuration.md', () => {
  it('finds every variable by the name that stands in the code', () => {
    const unnamed = reading.filter(({ names }) => names.includes('?')).map(({ path }) => path);
    expect(unnamed).toEqual(['cloudfunctions/_adapters/runtime/environment.ts']);
  });

  it('has every variable of the functions, with those that read it, and no other', () => {
    const functions: readonly CloudFunction[] = resources.functions;
    const declared = functions.flatMap(({ name, environment }) => environment.map((variable) => `${variable} ${name}`));
    const told = ofFunctions.flatMap(([variable, readers]) =>
      quoted(readers).map((reader) => `${quoted(variable).join()} ${reader}`),
    );
    expect(sorted(told)).toEqual(sorted(declared));
    const variables = ofFunctions.flatMap(([variable]) => quoted(variable));
    expect(readBelow(isOfFunction)).toEqual(sorted([...variables, 'TCB_ENV']));
    expect(page).toContain('`TCB_ENV`');
  });

  it('has every variable of the programs on this machine, and no other', () => {
    expect(sorted(here.flatMap(([variable]) => quoted(variable)))).toEqual(readBelow((path) => !isOfFunction(path)));
  });

  it('shows configurations that the functions take, and templates like those of this machine', () => {
    const [authority = '', templates = ''] = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = '']) => json);
    expect(() => createAuthorityClient(authority)).not.toThrow();
    expect(Object.keys(readMessageTemplates(templates))).toEqual(
      rowsBelow('### Message templates').map(([kind]) => quoted(kind).join()),
    );
    for (const { title, fields } of Object.values(approvedTemplates)) {
      expect(page).toContain(`| ${title} `);
      expect(Object.keys(fields)).toHaveLength(2);
    }
  });
});
