import type { Instant } from '../../../protocol';

/** Forgets windows of turns that ended before then. @returns how many there were */
export type ForgetWindows = (before: Instant) => Promise<number>;
