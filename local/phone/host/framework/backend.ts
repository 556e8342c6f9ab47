import * as glassEasel from 'glass-easel';
import { builtInTags } from '../../bundle/built-in-tags';

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

/** Lengths in rpx of a style attribute, as the bundler turns those of a style sheet. */
const toViewport = (style: string): string =>
  style.replaceAll(/(-?\d*\.?\d+)rpx\b/g, (_, length: string) => `${String(Number(length) / 7.5)}vw`);

/** An element whose style attribute may speak of rpx. */
const createElement = (tag: string): HTMLElement => {
  const element = document.createElement(tag);
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? toViewport(value) : value);
  return element;
};

/**
 * The framework's backend on this document. A tag of WeChat's becomes the element `wx-<tag>`: a real `<button>` or `<input>` would bring
 * the browser's own looks and behaviour.
 */
export const createBackend = (): glassEasel.CurrentWindowBackendContext => {
  const backend = new glassEasel.CurrentWindowBackendContext();
  const here = document;
  backend.document = {
    createElement: (tag: string) => createElement(tags.has(tag) ? `wx-${tag}` : tag),
    createTextNode: (text: string) => here.createTextNode(text),
    createDocumentFragment: () => here.createDocumentFragment(),
  } as unknown as typeof backend.document;
  backend.onEvent((target, type, detail: unknown, options) => {
    const { originalEvent } = options as { readonly originalEvent?: unknown };
    const event = new glassEasel.Event(type, detail, { ...options, extraFields: touchFields(originalEvent) });
    glassEasel.Event.dispatchEvent(target, event);
    return event.getEventBubbleStatus();
  });
  return backend;
};
