/** Roles that a keyboard must be able to press. */
const roles: ReadonlySet<string> = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'option',
]);

const LONG_PRESS_MS = 350;

/** Presses that an inner node has taken: a long one is told once and bubbles from there. */
const taken = new WeakSet<Event>();

interface Emitting {
  readonly data: Readonly<Record<string, unknown>>;
  readonly triggerEvent: (name: string, detail: unknown, options: object) => void;
}

/**
 * Makes a node pressable as WeChat does it: hover class while it is touched, long press, and by keyboard where its role says that
 * it can be pressed.
 */
export const pressable = (element: HTMLElement, instance: Emitting): void => {
  let held: ReturnType<typeof setTimeout> | null = null;
  const hoverClass = (): string => {
    const asked = instance.data['hoverClass'];
    return typeof asked === 'string' && asked !== 'none' ? asked : '';
  };
  const release = (): void => {
    if (held !== null) clearTimeout(held);
    held = null;
    const name = hoverClass();
    if (name !== '') element.classList.remove(...name.split(' '));
  };
  element.addEventListener('pointerdown', (event) => {
    const name = hoverClass();
    if (name !== '') element.classList.add(...name.split(' '));
    if (taken.has(event)) return;
    taken.add(event);
    const detail = { x: event.pageX, y: event.pageY };
    held = setTimeout(() => {
      for (const told of ['longpress', 'longtap'])
        instance.triggerEvent(told, detail, { bubbles: true, composed: true });
    }, LONG_PRESS_MS);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) element.addEventListener(end, release);
  element.addEventListener('keydown', (event) => {
    if (event.target !== element || (event.key !== 'Enter' && event.key !== ' ')) return;
    if (!roles.has(element.getAttribute('role') ?? '')) return;
    event.preventDefault();
    element.click();
  });
  new MutationObserver(() => {
    if (roles.has(element.getAttribute('role') ?? '') && !element.hasAttribute('tabindex')) element.tabIndex = 0;
  }).observe(element, { attributes: true, attributeFilter: ['role'] });
  // The framework makes its tap of touches and mouse events: a click that has neither came from a keyboard or a screen reader.
  element.addEventListener('click', (event) => {
    if (event.detail !== 0 || event.target !== element || element.closest('wx-button[disabled]')) return;
    instance.triggerEvent('tap', { x: 0, y: 0 }, { bubbles: true, composed: true });
  });
};
