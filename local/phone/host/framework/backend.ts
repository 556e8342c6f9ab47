import * as glassEasel from 'glass-easel';
import { builtInTags } from '../../contract/built-in-tags';

const tags: ReadonlySet<string> = new Set(builtInTags);

interface Touched {
  readonly identifier: number;
  readonly pageX: number;
  readonly pageY: number;
  readonly clientX: number;
  readonly clientY: number;
}

const touchOf = ({ identifier, pageX, pageY, clientX, clientY }: Touched): Touched => ({
  identifier,
  pageX,
  pageY,
  clientX,
  clientY,
});

/** What a touch event of WeChat carries beyond its detail; a mouse counts as one finger. */
const touchFields = (original: unknown): Record<string, Touched[]> => {
  if (typeof TouchEvent !== 'undefined' && original instanceof TouchEvent) {
    return { touches: [...original.touches].map(touchOf), changedTouches: [...original.changedTouches].map(touchOf) };
  }
  if (!(original instanceof MouseEvent)) return {};
  const finger = touchOf({
    identifier: 0,
    pageX: original.pageX,
    pageY: original.pageY,
    clientX: original.clientX,
    clientY: original.clientY,
  });
  return { touches: [finger], changedTouches: [finger] };
};

/** A button that is disabled cannot be tapped, whatever lies inside of it. */
const isDisabled = (original: unknown): boolean =>
  original instanceof UIEvent &&
  original.target instanceof Element &&
  original.target.closest('wx-button[disabled]') !== null;

/** Lengths in rpx of a style attribute, as the bundler turns those of a style sheet. */
const toViewport = (style: string): string =>
  style.replaceAll(/(-?\d*\.?\d+)rpx\b/g, (_, length: string) => `${String(Number(length) / 7.5)}vw`);

/** What of a template can be made. */
export interface KnownTags {
  readonly has: (tag: string) => boolean;
  readonly fault: (message: string) => void;
}

/** Refuses a tag that nothing stands for, which would otherwise be an element without looks or behaviour. */
const createTagCheck = (known: KnownTags) => {
  const refused = new Set<string>();
  return (tag: string): void => {
    if (known.has(tag) || refused.has(tag)) return;
    refused.add(tag);
    known.fault(
      tags.has(tag)
        ? `<${tag}> is not supported by this phone`
        : `<${tag}> is no component: neither WeChat’s own nor one that usingComponents names`,
    );
  };
};

/** An element whose style attribute may speak of rpx, and whose id is the one that the template says. */
const createElement = (tag: string): HTMLElement => {
  const element = document.createElement(tag);
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? toViewport(value) : value);
  // The framework sets a prefix before it, which style sheets do not know.
  Object.defineProperty(element, 'id', {
    get: () => element.getAttribute('id') ?? '',
    set: (id: string) => setAttribute('id', id.replace(/^[0-9a-f]+--/, '')),
  });
  return element;
};

/**
 * The framework's backend on this document. A tag of WeChat's becomes the element `wx-<tag>`: a real `<button>` or `<input>` would bring
 * the browser's own looks and behaviour.
 */
export const createBackend = (known: KnownTags): glassEasel.CurrentWindowBackendContext => {
  const backend = new glassEasel.CurrentWindowBackendContext();
  const here = document;
  const check = createTagCheck(known);
  // These three makers of nodes are all that the engine takes of a document.
  backend.document = {
    createElement: (tag: string) => {
      check(tag);
      return createElement(tags.has(tag) ? `wx-${tag}` : tag);
    },
    createTextNode: (text: string) => here.createTextNode(text),
    createDocumentFragment: () => here.createDocumentFragment(),
  } as unknown as typeof backend.document;
  backend.onEvent((target, type, detail: unknown, options) => {
    const { originalEvent } = options as { readonly originalEvent?: unknown };
    const event = new glassEasel.Event(type, detail, { ...options, extraFields: touchFields(originalEvent) });
    if (type !== 'tap' || !isDisabled(originalEvent)) glassEasel.Event.dispatchEvent(target, event);
    return event.getEventBubbleStatus();
  });
  return backend;
};
