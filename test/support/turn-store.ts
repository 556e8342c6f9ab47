import type { RateLimit, RateSubject, TakeTurn } from '../../cloudfunctions/_core/rate-limit';
import type { Clock } from './clock';

/** Turns in memory: each call is one atomic step. */
export interface TurnStore {
  readonly takeTurn: TakeTurn;
  /** Every turn that was asked for, also in vain. */
  readonly turns: readonly (RateLimit & { readonly subject: RateSubject })[];
}

export const createTurnStore = ({ now }: Pick<Clock, 'now'>): TurnStore => {
  const turns: (RateLimit & { subject: RateSubject })[] = [];
  const counts = new Map<string, number>();
  return {
    turns,
    takeTurn: (limit, subject) => {
      turns.push({ ...limit, subject });
      const window = JSON.stringify([limit.name, subject, Math.floor(now() / limit.windowMs)]);
      const count = (counts.get(window) ?? 0) + 1;
      if (count <= limit.most) counts.set(window, count);
      return Promise.resolve(count <= limit.most);
    },
  };
};
