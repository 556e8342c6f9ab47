import type { Device } from '../device';
import { make } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, required } from './convention';
import type { OptionOf } from './official';

/** As long as WeChat says that something was copied, in milliseconds. */
const SAID_MS = 1500;

/** The phone's clipboard; where the browser allows it, this computer's has the same. */
export const createClipboardApi = (device: Device) => {
  let kept = '';
  const say = (): void => {
    const toast = make('div', 'phone-toast phone-toast-none');
    toast.setAttribute('role', 'status');
    toast.append(make('div', 'phone-toast-title', phoneWords(device).copied));
    device.screen.append(toast);
    setTimeout(() => toast.remove(), SAID_MS);
  };
  return {
    setClipboardData: (option: OptionOf<'setClipboardData'>) =>
      answer('setClipboardData', option, async () => {
        required({ ...option }, 'data', 'string');
        kept = option.data;
        // A page inside another one, or without a tap just now, may not write there: the phone has it all the same.
        await Promise.allSettled([navigator.clipboard.writeText(kept)]);
        say();
        return { data: kept };
      }),
    getClipboardData: (option?: OptionOf<'getClipboardData'>) =>
      answer('getClipboardData', option, () => ({ data: kept })),
  };
};
