import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import { commonProperties, dashed, reflect, type Behaving, type BuiltIn, type BuiltInNode } from './built-in';
import { pressable } from './pressable';

/** A component of the framework, as far as built-ins use it. */
interface Instance {
  readonly data: Readonly<Record<string, unknown>>;
  readonly setData: (change: Readonly<Record<string, unknown>>) => void;
  readonly triggerEvent: (name: string, detail: unknown, options: object) => void;
  readonly _$: {
    readonly getBackendElement: () => HTMLElement | null;
    readonly addListener: (name: string, listener: () => void) => void;
    readonly ownerShadowRoot?: { getHostNode: () => { readonly is: string } } | null;
  };
}

/** Where a component registered as a built-in is found. */
export const builtInAlias = (tag: string): string => `built-in-${tag}`;

const nodeOf = (instance: Instance, element: HTMLElement): BuiltInNode => ({
  element,
  get: (property) => instance.data[property],
  set: (property, value) => instance.setData({ [property]: value }),
  emit: (name, detail = {}, { bubbles } = { bubbles: false }) => {
    instance.triggerEvent(name, detail, { bubbles, composed: bubbles });
  },
  on: (name, listener) => instance._$.addListener(name, listener),
  owner: instance._$.ownerShadowRoot?.getHostNode().is ?? '',
});

/** Registers built-in components in the global space, where every page finds them. */
export const registerBuiltIns = (space: CodeSpace, builtIns: readonly BuiltIn[]): void => {
  for (const { tag, properties, attach, missing = [] } of builtIns) {
    const path = `built-in/${tag}`;
    const all: Readonly<Record<string, unknown>> = { ...commonProperties, ...properties };
    const behaving = new WeakMap<object, Behaving>();
    const update = (instance: Instance, property: string, value: unknown): void => {
      const element = instance._$.getBackendElement();
      if (!element) return;
      if (missing.includes(property) && value !== all[property])
        throw new Error(`<${tag} ${dashed(property)}> is not supported by this phone`);
      if (property in commonProperties || property === 'disabled' || property === 'name')
        reflect(element, property, value);
      if (property === 'disabled' && value !== null) element.setAttribute('aria-disabled', String(value === true));
      behaving.get(instance)?.update?.(property, value);
    };
    space.addComponentStaticConfig(path, { component: true, usingComponents: {} });
    space
      .component(path)
      .definition({
        properties: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, { type: null, value }])),
        observers: Object.fromEntries(
          Object.keys(all).map((name) => [
            name,
            function (this: unknown, value: unknown) {
              update(this as Instance, name, value);
            },
          ]),
        ),
        lifetimes: {
          attached(this: unknown) {
            const instance = this as Instance;
            const element = instance._$.getBackendElement();
            if (!element) return;
            pressable(element, instance);
            const node = nodeOf(instance, element);
            const behaviour = attach?.(node);
            if (behaviour) behaving.set(instance, behaviour);
            for (const name of Object.keys(all)) update(instance, name, instance.data[name]);
          },
          detached(this: unknown) {
            behaving.get(this as Instance)?.detach?.();
          },
        },
      })
      .register();
    space.getComponentSpace().exportComponent(builtInAlias(tag), path);
  }
};
