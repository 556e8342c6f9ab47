import { CODE_RENEWAL_S } from '../protocol';
import type { Language } from './guidance';

/** What the screen says of a showing's time. */
export interface Countdown {
  /** Whole seconds until the next code. */
  readonly next: number;
  /** What is left of the present code, from 1 down to 0. */
  readonly share: number;
  /** What is left of the showing, as `m:ss`. */
  readonly left: string;
  readonly isOver: boolean;
}

/** What is left of a time, as `m:ss`. @param left milliseconds; below zero is nothing */
export const showLeft = (left: number): string => {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
};

/**
 * Where a showing stands.
 * @param now the server's time, in milliseconds
 * @param madeAt when the present code was made, by the same clock
 * @param expiresAt when the showing ends, by the same clock
 */
export const countdown = (now: number, madeAt: number, expiresAt: number): Countdown => {
  const period = CODE_RENEWAL_S * 1000;
  const rest = Math.min(period, Math.max(0, madeAt + period - now));
  const left = expiresAt - now;
  return {
    next: Math.ceil(rest / 1000),
    share: rest / period,
    left: showLeft(left),
    isOver: left <= 0,
  };
};

/** A share of the code's time in the words of whoever listens. */
export const tellNext = (next: number, language: Language): string =>
  language === 'zh' ? `${String(next)} 秒后更新` : `New code in ${String(next)} s`;
