/** What time this phone believes it is, in milliseconds since 1970: for naming days, never for deciding anything. */
export const wallClock = (): number => Date.now();
