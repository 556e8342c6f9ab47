/** WeChat's canvas node: not an element of the document, so that `setData` may carry it without copying the page. */
class CanvasNode {
  readonly #canvas: HTMLCanvasElement;
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }
  get width(): number {
    return this.#canvas.width;
  }
  set width(pixels: number) {
    this.#canvas.width = pixels;
  }
  get height(): number {
    return this.#canvas.height;
  }
  set height(pixels: number) {
    this.#canvas.height = pixels;
  }
  getContext(kind: string): CanvasRenderingContext2D | null {
    if (kind !== '2d') throw new Error(`canvas context "${kind}" is not supported by this phone`);
    return this.#canvas.getContext('2d');
  }
  createImage(): HTMLImageElement {
    return new Image();
  }
  createPath2D(path?: string): Path2D {
    return new Path2D(path);
  }
  requestAnimationFrame(callback: FrameRequestCallback): number {
    return requestAnimationFrame(callback);
  }
  cancelAnimationFrame(id: number): void {
    cancelAnimationFrame(id);
  }
  toDataURL(type?: string, quality?: number): string {
    return this.#canvas.toDataURL(type, quality);
  }
}

const nodes = new WeakMap<HTMLCanvasElement, CanvasNode>();

const nodeOf = (element: Element): CanvasNode | null => {
  const canvas = element.querySelector(':scope > canvas');
  if (!(canvas instanceof HTMLCanvasElement)) return null;
  const known = nodes.get(canvas) ?? new CanvasNode(canvas);
  nodes.set(canvas, known);
  return known;
};

interface Fields {
  readonly node?: boolean;
  readonly computedStyle?: readonly string[];
}
type Answer = Record<string, unknown>;
type Push = (
  this: unknown,
  selector: unknown,
  component: unknown,
  single: boolean,
  fields: Fields & { readonly context?: boolean },
  callback: (answer: Answer | Answer[] | null) => void,
) => unknown;

const completed = (answer: Answer, { node, computedStyle }: Fields): void => {
  const { context } = answer;
  delete answer['context'];
  if (!(context instanceof Element)) return;
  if (node === true) answer['node'] = nodeOf(context);
  const style = getComputedStyle(context);
  for (const name of computedStyle ?? [])
    answer[name] = style.getPropertyValue(name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`));
};

const patched = new WeakSet();

/** Adds `node` and `computedStyle` to the adapter's selector queries, which lack them. @param sample any query */
export const completeSelectorQuery = (sample: object): void => {
  const query = Object.getPrototypeOf(sample) as { _$push: Push; select: (selector: string) => object };
  if (patched.has(query)) return;
  patched.add(query);
  const push = query._$push;
  query._$push = function (selector, component, single, fields, callback) {
    if (fields.node !== true && !fields.computedStyle)
      return push.call(this, selector, component, single, fields, callback);
    return push.call(this, selector, component, single, { ...fields, context: true }, (answer) => {
      for (const one of Array.isArray(answer) ? answer : answer ? [answer] : []) completed(one, fields);
      callback(answer);
    });
  };
  const reference = Object.getPrototypeOf((sample as { select: (selector: string) => object }).select('x')) as {
    node: (callback?: (answer: unknown) => void) => unknown;
    fields: (fields: Fields, callback: (answer: unknown) => void) => unknown;
  };
  reference.node = function (callback = () => undefined) {
    return this.fields({ node: true }, callback);
  };
};
