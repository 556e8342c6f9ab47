/** Milliseconds by the phone's clock: for what has elapsed, never for what time it is. */
export const ticks = (): number => Date.now();
