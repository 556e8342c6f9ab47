import type { Device } from '../device';
import { answer, createListeners, required, type Option } from './convention';

/** The mini-program's hold on the screen. */
export interface ScreenState {
  /** Whether captures come out black. */
  readonly isHidden: () => boolean;
  readonly tellCapture: () => void;
}

/** Brightness, wakefulness, and what becomes of screenshots. */
export const createScreenApi = ({ screen }: Device) => {
  const captures = createListeners<object>();
  let brightness = 0.6;
  let effect = 'none';
  const state: ScreenState = { isHidden: () => effect === 'hidden', tellCapture: () => captures.tell({}) };
  // Follows the system.
  const SYSTEM = -1;
  const api = {
    setScreenBrightness: (option: Option<{ readonly value: number }>) =>
      answer('setScreenBrightness', option, () => {
        required({ ...option }, 'value', 'number');
        brightness = option.value === SYSTEM ? 0.6 : option.value;
        screen.style.setProperty('--brightness', String(brightness));
        return {};
      }),
    getScreenBrightness: (option?: Option) => answer('getScreenBrightness', option, () => ({ value: brightness })),
    setKeepScreenOn: (option: Option<{ readonly keepScreenOn: boolean }>) =>
      answer('setKeepScreenOn', option, () => {
        screen.dataset['awake'] = String(option.keepScreenOn);
        return {};
      }),
    setVisualEffectOnCapture: (option: Option<{ readonly visualEffect?: 'none' | 'hidden' }>) =>
      answer('setVisualEffectOnCapture', option, () => {
        effect = option.visualEffect ?? 'none';
        return {};
      }),
    onUserCaptureScreen: captures.on,
    offUserCaptureScreen: captures.off,
    vibrateShort: (option?: Option) => answer('vibrateShort', option, () => ({})),
    vibrateLong: (option?: Option) => answer('vibrateLong', option, () => ({})),
  };
  return { api, state };
};
