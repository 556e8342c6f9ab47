/** A built-in component's own node, as its behaviour sees it. */
export interface BuiltInNode {
  /** The element `wx-<tag>`. */
  readonly element: HTMLElement;
  readonly get: (property: string) => unknown;
  /** Changes a property from inside, as typing changes an input's value. */
  readonly set: (property: string, value: unknown) => void;
  readonly emit: (
    name: string,
    detail?: Readonly<Record<string, unknown>>,
    options?: { readonly bubbles: boolean },
  ) => void;
  /** Listens to a tap or another event of the page on this node. */
  readonly on: (name: string, listener: () => void) => void;
  /** The path of the page or component whose template holds the node: relative addresses are below its folder. */
  readonly owner: string;
}

/** What a node does once it is on a page. */
export interface Behaving {
  /** A property has changed; also called for each property at the start. */
  readonly update?: (property: string, value: unknown) => void;
  readonly detach?: () => void;
}

/** One of WeChat's own components. */
export interface BuiltIn {
  readonly tag: string;
  /** Properties in camelCase with their defaults; what is not among them is refused by name. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Properties that this phone knows but cannot serve: another value than the default is refused by name. */
  readonly missing?: readonly string[];
  readonly attach?: (node: BuiltInNode) => Behaving | undefined;
}

/** What every component of WeChat takes. */
export const commonProperties = {
  hidden: false,
  hoverClass: 'none',
  hoverStayTime: 400,
  hoverStartTime: 50,
  hoverStopPropagation: false,
  animation: null,
  ...Object.fromEntries(
    [
      'role',
      'ariaRole',
      'ariaLabel',
      'ariaHidden',
      'ariaDisabled',
      'ariaChecked',
      'ariaExpanded',
      'ariaLabelledby',
      'ariaDescribedby',
      'ariaLive',
      'ariaAtomic',
      'ariaModal',
      'ariaSelected',
      'ariaLevel',
      'ariaValuemin',
      'ariaValuemax',
      'ariaValuenow',
      'ariaValuetext',
      'ariaHaspopup',
      'ariaBusy',
      'ariaCurrent',
      'ariaPressed',
      'ariaControls',
      'ariaRequired',
      'ariaInvalid',
      'ariaReadonly',
      'ariaRoledescription',
      'ariaDetails',
    ].map((name) => [name, null]),
  ),
} as const;

/** A property's name as a template spells it. */
export const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Reflects a property as an attribute, for style sheets and assistive technology. */
export const reflect = (element: HTMLElement, property: string, value: unknown): void => {
  const name = property === 'ariaRole' ? 'role' : dashed(property);
  // Where a page says no role, a component keeps its own.
  if (name === 'role' && textOf(value) === '') return;
  if (value === null || value === undefined || value === '' || (value === false && !name.startsWith('aria-'))) {
    element.removeAttribute(name);
  } else
    element.setAttribute(
      name,
      value === true && !name.startsWith('aria-') ? '' : textOf(value) || String(value === true),
    );
};

/** A value of WXML as a number, where it is one. */
export const numberOf = (value: unknown, fallback: number): number => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : fallback;
};

/** A value of WXML as a text. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
