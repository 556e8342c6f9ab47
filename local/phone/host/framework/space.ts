import * as glassEasel from 'glass-easel';
import { MiniProgramEnv, type CodeSpace, type Root } from 'glass-easel-miniprogram-adapter';
import type { PhoneBundle } from '../../contract/bundle';
import type { BuiltIn } from '../components/built-in';
import { builtInAlias, registerBuiltIns } from '../components/register';
import { createModules } from './modules';

/** Tag of a page's own element. */
const PAGE_ROOT = 'page-root';

/** A definition that a page or component gives. */
type Definition = Record<string, unknown>;

/** The framework with a mini-program's code in it. */
export interface Space {
  /** Runs the module that calls `App()`. */
  readonly startApp: () => Definition;
  /** Makes a page's root component; its code is run first where it has not been. */
  readonly createPage: (path: string) => Root;
}

const namesIn = (record: unknown): string[] =>
  typeof record === 'object' && record !== null ? Object.keys(record) : [];

/** Every tag that a page or component of the mini-program gives a meaning to. */
export const tagsUsedIn = ({ components }: PhoneBundle): Set<string> => {
  const used = Object.values(components).flatMap(({ using, config }) => [
    ...Object.keys(using),
    ...namesIn(config['componentGenerics']),
  ]);
  return new Set([PAGE_ROOT, ...used]);
};

/** Behaviours that WeChat brings by name. */
const namedBehaviours: Readonly<Record<string, Definition>> = {
  'wx://form-field': { properties: { name: { type: String, value: '' }, value: { type: null, value: null } } },
  'wx://form-field-group': {},
  'wx://form-field-button': {},
  'wx://component-export': {},
};

const createNamedBehaviours = (space: CodeSpace) => {
  const made = new Map<string, unknown>();
  return (name: string): unknown => {
    const definition = namedBehaviours[name];
    if (!definition) throw new Error(`behavior "${name}" is not supported by this phone`);
    const known = made.get(name) ?? space.behavior().definition(definition).register();
    made.set(name, known);
    return known;
  };
};

/** `ready` after the first frame, which the framework leaves to its host. */
const fireReady = (space: CodeSpace): void => {
  const waiting: { readonly triggerLifetime: (name: string, args: []) => void }[] = [];
  const flush = (): void => {
    // Innermost first, as components are attached outermost first.
    for (const component of waiting.splice(0).reverse()) component.triggerLifetime('ready', []);
  };
  space.setOverallBehavior(
    space
      .getComponentSpace()
      .define()
      .lifetime('attached', function () {
        // The adapter's components wrap the framework's.
        const { _$: component = this } = this as unknown as { readonly _$?: unknown };
        waiting.push(component as (typeof waiting)[number]);
        if (waiting.length === 1) requestAnimationFrame(flush);
      })
      .registerBehavior(),
  );
};

const load = (bundle: PhoneBundle, space: CodeSpace, backend: ReturnType<MiniProgramEnv['associateBackend']>): void => {
  for (const [path, sheet] of Object.entries(bundle.styles)) backend.registerStyleSheetContent(path, sheet);
  space.addStyleSheet('app', 'app');
  for (const [path, { config, using, scope }] of Object.entries(bundle.components)) {
    const usingComponents = Object.fromEntries(Object.entries(using).map(([tag, component]) => [tag, `/${component}`]));
    space.addComponentStaticConfig(path, { ...config, usingComponents });
    space.addStyleSheet(path, path, scope);
    space.addCompiledTemplate(path, {
      groupList: bundle.templates,
      content: bundle.templates[path],
    } as unknown as Parameters<CodeSpace['addCompiledTemplate']>[1]);
  }
};

/**
 * Puts a mini-program into the framework and its constructors (`App`, `Page`, `Component`, `Behavior`) into the global scope.
 * @param builtIns WeChat's own components
 */
export const createSpace = (
  bundle: PhoneBundle,
  context: glassEasel.CurrentWindowBackendContext,
  builtIns: readonly BuiltIn[],
): Space => {
  // Style sheets, labels and what scrolls to a node find it by its id.
  glassEasel.globalOptions.writeIdToDOM = true;
  const env = new MiniProgramEnv();
  registerBuiltIns(env.getGlobalCodeSpace(), builtIns);
  const space = env.createCodeSpace('', true);
  // The framework keeps to itself what it offers by an alias.
  const components = space.getComponentSpace() as unknown as {
    readonly getComponent: (alias: string) => glassEasel.GeneralComponentDefinition | undefined;
    readonly setGlobalUsingComponent: (tag: string, target: glassEasel.GeneralComponentDefinition) => void;
  };
  for (const { tag } of builtIns) {
    const definition = components.getComponent(builtInAlias(tag));
    if (definition) components.setGlobalUsingComponent(tag, definition);
  }
  fireReady(space);
  const backend = env.associateBackend(context);
  load(bundle, space, backend);

  const modules = createModules(bundle);
  const behaviourNamed = createNamedBehaviours(space);
  const withBehaviours = (definition: Definition): Definition => {
    const { behaviors } = definition;
    if (!Array.isArray(behaviors)) return definition;
    return {
      ...definition,
      behaviors: behaviors.map((one: unknown) => (typeof one === 'string' ? behaviourNamed(one) : one)),
    };
  };

  // A component belongs to the file that is being loaded, not to the one that calls Component(): TDesign calls it from a helper.
  let loading: string | null = null;
  let app: Definition = {};
  const here = (): string => {
    if (loading === null) throw new Error('Page() and Component() are called while their file is loaded');
    return loading;
  };
  Object.assign(globalThis, {
    App: (definition: Definition) => {
      app = definition;
    },
    Page: (definition: Definition) => space.component(here()).pageDefinition(withBehaviours(definition)).register(),
    Component: (definition: Definition) => space.component(here()).definition(withBehaviours(definition)).register(),
    Behavior: (definition: Definition) => space.behavior().definition(withBehaviours(definition)).register(),
    getApp: () => app,
  });

  const loaded = new Set<string>();
  const loadComponent = (path: string): void => {
    const component = bundle.components[path];
    if (!component || loaded.has(path)) return;
    loaded.add(path);
    for (const used of Object.values(component.using)) loadComponent(used);
    const before = loading;
    loading = path;
    try {
      modules.require(component.entry);
    } finally {
      loading = before;
    }
  };

  return {
    startApp: () => {
      modules.require(bundle.appEntry);
      return app;
    },
    createPage: (path) => {
      loadComponent(path);
      return backend.createRoot(PAGE_ROOT, space, path);
    },
  };
};
