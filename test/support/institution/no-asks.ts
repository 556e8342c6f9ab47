import { TRUST_FRAMEWORK } from '../../../protocol';
import type { AskingPorts } from '../../../cloudfunctions/_adapters/oauth/provider';

const unasked = (): Promise<never> => Promise.reject(new Error('nobody is asked here'));

/** Ports of a provider that asks no holder. */
export const noAsks: AskingPorts = {
  now: () => Date.now(),
  takeTurn: () => Promise.resolve(true),
  trustFramework: TRUST_FRAMEWORK,
  ...{ loadCaller: unasked, openAsk: unasked, standingOf: unasked, eraseRelease: unasked },
};
