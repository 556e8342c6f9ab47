import type { Device } from '../device';
import { answer, createListeners, required } from './convention';
import type { OptionOf } from './official';

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
    setScreenBrightness: (option: OptionOf<'setScreenBrightness'>) =>
      answer('setScreenBrightness', option, () => {
        required({ ...option }, 'value', 'number');
        brightness = option.value === SYSTEM ? 0.6 : option.value;
        screen.style.setProperty('--brightness', String(brightness));
        return {};
      }),
    getScreenBrightness: (option?: OptionOf<'getScreenBrightness'>) =>
      answer('getScreenBrightness', option, () => ({ value: brightness })),
    setKeepScreenOn: (option: OptionOf<'setKeepScreenOn'>) =>
      answer('setKeepScreenOn', option, () => {
        screen.dataset['awake'] = String(option.keepScreenOn);
        return {};
      }),
    setVisualEffectOnCapture: (option: OptionOf<'setVisualEffectOnCapture'>) =>
      answer('setVisualEffectOnCapture', option, () => {
        effect = option.visualEffect ?? 'none';
        return {};
      }),
    onUserCaptureScreen: captures.on,
    offUserCaptureScreen: captures.off,
    vibrateShort: (option?: OptionOf<'vibrateShort'>) => answer('vibrateShort', option, () => ({})),
    vibrateLong: (option?: OptionOf<'vibrateLong'>) => answer('vibrateLong', option, () => ({})),
  };
  return { api, state };
};
