import type { Device } from '../device';

const FOCUSABLE = 'button:not([disabled]), input:not([disabled]), [tabindex="0"]';

/** Something over the whole screen that takes the focus until it is closed. */
export interface Overlay {
  readonly element: HTMLElement;
  readonly close: () => void;
}

export interface OverlayOptions {
  readonly className: string;
  readonly role: 'dialog' | 'alertdialog';
  readonly label: string;
  /** Escape, or a tap beside it where that cancels. */
  readonly onCancel: (() => void) | null;
}

/** What cancels each of the overlays that are open. */
const cancels = new Set<() => void>();

/** Cancels whatever the mini-program has asked its user, as whoever leaves it does. */
export const cancelOverlays = (): void => {
  for (const cancel of [...cancels]) cancel();
};

/** Opens an overlay on the phone's screen. */
export const openOverlay = ({ screen }: Device, { className, role, label, onCancel }: OverlayOptions): Overlay => {
  const before = document.activeElement;
  const element = document.createElement('div');
  element.className = `phone-overlay ${className}`;
  element.setAttribute('role', role);
  element.setAttribute('aria-modal', 'true');
  element.setAttribute('aria-label', label);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') onCancel?.();
    if (event.key !== 'Tab') return;
    const stops = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  });
  screen.append(element);
  if (onCancel) cancels.add(onCancel);
  queueMicrotask(() => element.querySelector<HTMLElement>(FOCUSABLE)?.focus());
  return {
    element,
    close: () => {
      element.remove();
      if (onCancel) cancels.delete(onCancel);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
  };
};

/** An element with a class and text. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

/** A button of an overlay. */
export const makeButton = (className: string, text: string, onClick: () => void): HTMLButtonElement => {
  const made = make('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
};
