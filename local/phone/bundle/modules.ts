import { transformSync } from 'esbuild';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { faultAt, SourceFault } from './fault';
import { resolveModule } from './resolve';
import type { SourceFiles } from './source-files';

/** A module as CommonJS, and the module that each `require` in it leads to. */
export interface CompiledModule {
  readonly code: string;
  readonly requires: Readonly<Record<string, string>>;
}

const transformed = (source: string, path: string): string => {
  try {
    return transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'es2020',
      sourcefile: path,
      charset: 'utf8',
      // As WeChat's compiler does it, and as TDesign's decorated classes need it.
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    }).code;
  } catch (error) {
    const [fault] = (
      error as { readonly errors?: readonly { text: string; location: { line: number; column: number } }[] }
    ).errors ?? [undefined];
    if (!fault) throw error;
    throw faultAt(path, fault.location.line, fault.location.column + 1, fault.text);
  }
};

/** Every text that `require` is called with. */
const requestsOf = (code: string): string[] => {
  const found = new Set<string>();
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true }), (node) => {
    if (node.type !== 'CallExpression') return;
    const { callee, arguments: given } = node;
    const [request] = given;
    if (callee.type !== 'Identifier' || callee.name !== 'require' || request?.type !== 'Literal') return;
    if (typeof request.value === 'string') found.add(request.value);
  });
  return [...found];
};

/** Compiles modules and remembers each by its content. */
export const createModuleCompiler = () => {
  const known = new Map<
    string,
    { readonly source: string; readonly code: string; readonly requests: readonly string[] }
  >();

  const parsed = (source: string, path: string) => {
    const before = known.get(path);
    if (before?.source === source) return before;
    const code = transformed(source, path);
    const now = { source, code, requests: requestsOf(code) };
    known.set(path, now);
    return now;
  };

  /** @throws SourceFault where the module does not parse or requires what is not there */
  return (files: SourceFiles, path: string): CompiledModule => {
    const { code, requests } = parsed(files.read(path), path);
    const requires: Record<string, string> = {};
    for (const request of requests) {
      const module = resolveModule(files, path, request);
      if (module === null) {
        throw new SourceFault(
          `${path}: cannot find module "${request}"; WeChat drops without a word what lies outside of the mini-program`,
        );
      }
      requires[request] = module;
    }
    return { code, requires };
  };
};
