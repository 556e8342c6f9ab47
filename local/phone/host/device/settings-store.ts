import type { PhoneSettings } from '../../contract/settings';
import type { SettingsStore } from '../device';

/** A phone's settings, kept in this browser under the phone's own name. @param initial those of its first start */
export const createSettingsStore = (id: string, initial: PhoneSettings): SettingsStore => {
  const key = `phone:${id}:settings`;
  const kept = localStorage.getItem(key);
  // What an older page has kept may lack a setting.
  let current: PhoneSettings =
    kept === null ? initial : { ...initial, ...(JSON.parse(kept) as Partial<PhoneSettings>) };
  const listeners = new Set<(now: PhoneSettings, before: PhoneSettings) => void>();
  return {
    get current() {
      return current;
    },
    change: (change) => {
      const before = current;
      current = { ...current, ...change };
      localStorage.setItem(key, JSON.stringify(current));
      for (const listener of listeners) listener(current, before);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
