/**
 * Compiles the wire schemas ahead of time. A schema compiled at run time needs `eval`, which a mini-program forbids, and costs
 * a function its cold start; a list of schemas kept by hand would one day lack the newest.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { fromRoot } from '../repository';
import { bundle } from './bundle';
import { writeWhole, type Product } from './product';
import { shareParts } from './shared-parts';

const wire = (file: string) => fromRoot('protocol', 'wire', file);

/** What takes the place of `protocol/wire/validators.js` on the phone. */
export const phoneValidators = wire('validators-phone.js');

const schemaModules = async (): Promise<string[]> =>
  (await readdir(wire('')))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isSchema = (name: string, value: unknown): value is AnySchemaObject =>
  /^[A-Z]/.test(name) && isObject(value) && ('type' in value || 'anyOf' in value);

const loadSchemas = async (modules: readonly string[]): Promise<Map<string, AnySchemaObject>> => {
  const schemas = new Map<string, AnySchemaObject>();
  for (const module of modules) {
    const exports: unknown = await import(wire(module));
    if (!isObject(exports)) throw new Error(`the wire module ${module} exports nothing`);
    for (const [name, value] of Object.entries(exports)) {
      if (!isSchema(name, value)) continue;
      if (schemas.has(name) && schemas.get(name) !== value) throw new Error(`two wire schemas are called ${name}`);
      schemas.set(name, value);
    }
  }
  return schemas;
};

const identifier = (file: string): string => file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const declarations = (
  modules: readonly string[],
): string => `// Made by scripts/build/validators.ts from the modules of this folder.
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
${modules.map((module) => `import type * as ${identifier(module)} from './${module}';`).join('\n')}

type Modules = ${modules.map((module) => `typeof ${identifier(module)}`).join(' &\n  ')};

/** The exports that are schemas: PascalCase, with a \`type\` or alternatives. */
type SchemaName = {
  [Name in keyof Modules]: Name extends Capitalize<Name>
    ? Modules[Name] extends { readonly type: string } | { readonly anyOf: readonly unknown[] }
      ? Name
      : never
    : never;
}[keyof Modules];

/** What is wrong with the data, and where. \`params\` may quote a name of the sender's: keep it out of replies and logs. */
export interface ValidationError {
  /** JSON Pointer (RFC 6901) to the value at fault. */
  readonly instancePath: string;
  /** The schema's keyword that was not met. */
  readonly keyword: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator<Value> {
  (data: unknown): data is Value;
  /** The first fault of the most recent call; null or absent where that call accepted. */
  readonly errors?: readonly ValidationError[] | null;
}

/** One compiled check for each wire schema, under the schema's name. */
export const validators: {
  readonly [Name in SchemaName]: Modules[Name] extends infer Schema extends JSONSchema ? Validator<FromSchema<Schema>> : never;
};
`;

/** Bundles the checks of those schemas into one file. */
const compile = async (schemas: ReadonlyMap<string, AnySchemaObject>, outfile: string): Promise<readonly string[]> => {
  const ajv = new Ajv({
    schemas: Object.fromEntries(shareParts(schemas)),
    strict: true,
    strictRequired: true,
    allErrors: false,
    messages: false,
    inlineRefs: false,
    code: { esm: true, source: true },
  });
  const names = [...schemas.keys()].sort();
  const compiled = standaloneCode(ajv, Object.fromEntries(names.map((name) => [name, name])));
  // The compiled code asks for a few functions of ajv at run time: bundling takes these in, and only these.
  const { files } = await bundle({
    stdin: {
      contents: `import * as compiled from 'compiled'; export const validators = { ${names.map((name) => `${name}: compiled.${name}`).join(', ')} };`,
      resolveDir: fromRoot('.'),
      loader: 'js',
    },
    plugins: [
      {
        name: 'compiled-schemas',
        setup(build) {
          build.onResolve({ filter: /^compiled$/ }, () => ({ path: 'compiled', namespace: 'schemas' }));
          build.onLoad({ filter: /.*/, namespace: 'schemas' }, () => ({
            contents: compiled,
            resolveDir: fromRoot('.'),
            loader: 'js',
          }));
        },
      },
    ],
    outfile,
    format: 'esm',
    platform: 'neutral',
    target: 'es2020',
    minify: true,
  });
  return files;
};

/** The checks that the mini-program's sources name: it hears replies and asks nothing of itself, and its package is small. */
const namedByPhone = async (): Promise<ReadonlySet<string>> => {
  const folder = fromRoot('miniprogram');
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('miniprogram_npm'));
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  return new Set(texts.flatMap((text) => [...text.matchAll(/\bvalidators\.(\w+)/g)].map(([, name = '']) => name)));
};

const make = async (): Promise<string[]> => {
  const modules = await schemaModules();
  const schemas = await loadSchemas(modules);
  const ofPhone = await namedByPhone();
  return [
    ...(await compile(schemas, wire('validators.js'))),
    ...(await compile(new Map([...schemas].filter(([name]) => ofPhone.has(name))), phoneValidators)),
    await writeWhole(wire('validators.d.ts'), declarations(modules)),
  ];
};

/** `protocol/wire/validators.js` with its types beside it, and the same for the phone, which needs a few of them. */
export const validators: Product = { name: 'validators', make };
