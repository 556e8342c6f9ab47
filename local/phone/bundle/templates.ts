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
    for (const { isError, message, startLine, startColumn } of group.addTmpl(path, files.read(file)) as Complaint[]) {
      const complaint = faultAt(file, startLine + 1, startColumn + 1, message);
      if (isError) throw complaint;
      warnings.push(complaint.message);
    }
    for (const imported of group.getDirectDependencies(path)) add(asPath(imported), file);
    for (const module of group.getInlineScriptModuleNames(path) as string[])
      group.setInlineScript(path, module, toJavaScript(group.getInlineScript(path, module), file));
    for (const script of group.getScriptDependencies(path)) addScript(asPath(script), file);
  };

  return { add, warnings, code: () => group.getTmplGenObjectGroups() };
};
