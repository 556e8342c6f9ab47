/** Pulling a page down from its top, by finger or with the mouse, to have it refreshed. */
export interface Pull {
  /** What appears above the page. */
  readonly element: HTMLElement;
  readonly start: () => void;
  readonly stop: () => void;
}

/** How far to pull, and how high the room is that opens, in CSS pixels. */
const FAR_ENOUGH = 80;
const ROOM = 50;

/**
 * Lets a page be pulled.
 * @param body the scrolling part of the page
 * @param isAllowed whether its user may pull; the page itself always may
 * @param onPull once for each pull; until it is stopped there is no other
 */
export const createPull = (body: HTMLElement, isAllowed: boolean, onPull: () => void): Pull => {
  const element = document.createElement('div');
  element.className = 'phone-pull';
  element.setAttribute('aria-hidden', 'true');
  let isUnderWay = false;
  let from: number | null = null;
  let distance = 0;
  const open = (height: number): void => {
    element.style.height = `${String(height)}px`;
  };
  const start = (): void => {
    if (isUnderWay) return;
    isUnderWay = true;
    open(ROOM);
    onPull();
  };
  const stop = (): void => {
    isUnderWay = false;
    open(0);
  };
  const take = (y: number): void => {
    from = body.scrollTop <= 0 && !isUnderWay ? y : null;
    distance = 0;
  };
  /** @returns whether the move is the pull's own, and not a scroll */
  const move = (y: number): boolean => {
    if (from === null || body.scrollTop > 0) return false;
    distance = Math.max(0, y - from);
    open(Math.min(ROOM, distance / 2));
    return distance > 0;
  };
  const release = (): void => {
    if (from === null) return;
    from = null;
    if (distance >= FAR_ENOUGH) start();
    else open(0);
  };
  if (isAllowed) {
    body.addEventListener('mousedown', ({ pageY }) => take(pageY));
    body.addEventListener('mousemove', ({ pageY, buttons }) => {
      if (buttons === 0) release();
      // A pull across words would otherwise select them.
      else if (move(pageY)) getSelection()?.removeAllRanges();
    });
    for (const end of ['mouseup', 'mouseleave'] as const) body.addEventListener(end, release);
    body.addEventListener('touchstart', ({ touches }) => take(touches[0]?.pageY ?? 0), { passive: true });
    body.addEventListener('touchmove', (event) => {
      if (move(event.touches[0]?.pageY ?? 0)) event.preventDefault();
    });
    for (const end of ['touchend', 'touchcancel'] as const) body.addEventListener(end, release);
  }
  return { element, start, stop };
};
