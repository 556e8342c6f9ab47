import { posix } from 'node:path';
import { TmplGroup } from 'glass-easel-template-compiler';
import { faultAt, SourceFault } from './fault';
import { normalise, type SourceFiles } from './source-files';
import { toJavaScript } from './wxs';

/** What the template compiler says of a template: its own shape. */
interface Complaint {
  readonly isError: boolean;
  readonly message: string;
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
}

/** Only a warning to the compiler, but WeChat's own refuses it. */
const refused: ReadonlySet<string> = new Set(['missing end tag', 'invalid end tag']);

export interface Templates {
  /** Compiles a template with all that it imports and requires. @param path without extension @throws SourceFault */
  readonly add: (path: string) => void;
  readonly warnings: readonly string[];
  /** JavaScript whose value is the group list, with each template under its path. */
  readonly code: () => string;
}

const asPath = (found: unknown): string => normalise(String(found));

/** A group of templates: WXML and WXS together, compiled by the compiler of WeChat's own framework. */
export const createTemplates = (files: SourceFiles): Templates => {
  const group = new TmplGroup();
  const added = new Set<string>();
  const warnings: string[] = [];

  const addScript = (path: string, requiredBy: string): void => {
    const file = path.endsWith('.wxs') ? path : `${path}.wxs`;
    if (added.has(file)) return;
    added.add(file);
    if (!files.has(file)) throw new SourceFault(`${requiredBy}: cannot find ${file}`);
    const source = files.read(file);
    group.addScript(file.replace(/\.wxs$/, ''), toJavaScript(source, file));
    addRequired(source, file);
  };

  const addRequired = (source: string, file: string): void => {
    for (const [, , request = ''] of source.matchAll(/\brequire\(\s*(["'])([^"']+)\1\s*\)/g)) {
      addScript(
        request.startsWith('/') ? normalise(request) : normalise(posix.join(posix.dirname(file), request)),
        file,
      );
    }
  };

  const add = (path: string, requiredBy = 'app.json'): void => {
    const file = `${path}.wxml`;
    if (added.has(file)) return;
    added.add(file);
    if (!files.has(file)) throw new SourceFault(`${requiredBy}: cannot find ${file}`);
    const text = files.read(file);
    for (const { isError, message, startLine, startColumn } of group.addTmpl(path, text) as Complaint[]) {
      const complaint = faultAt(file, startLine + 1, startColumn + 1, message);
      if (isError || refused.has(message)) throw complaint;
      warnings.push(complaint.message);
    }
    for (const imported of group.getDirectDependencies(path)) add(asPath(imported), file);
    for (const module of group.getInlineScriptModuleNames(path) as string[]) {
      const script = group.getInlineScript(path, module);
      // Lines of the template, for whoever looks for a fault.
      const above = text.slice(0, Math.max(0, text.indexOf(script))).replaceAll(/[^\n]/g, '');
      group.setInlineScript(path, module, toJavaScript(above + script, file));
      addRequired(script, file);
    }
    for (const script of group.getScriptDependencies(path)) addScript(asPath(script), file);
  };

  return { add, warnings, code: () => group.getTmplGenObjectGroups() };
};
