import type { PhoneScope } from '../../contract/settings';
import type { Device } from '../device';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';

const asking = new Map<PhoneScope, Promise<boolean>>();

const ask = (device: Device, scope: PhoneScope): Promise<boolean> =>
  new Promise((resolve) => {
    const words = phoneWords(device);
    const wish = scope === 'scope.camera' ? words.askCamera : words.askAlbum;
    const end = (granted: boolean): void => {
      overlay.close();
      device.settings.change({
        scopes: { ...device.settings.current.scopes, [scope]: granted ? 'granted' : 'denied' },
      });
      resolve(granted);
    };
    const overlay = openOverlay(device, {
      className: 'phone-sheet',
      role: 'dialog',
      label: `${words.askTitle} ${wish}`,
      onCancel: null,
    });
    const sheet = make('div', 'phone-sheet-panel phone-ask');
    const buttons = make('div', 'phone-ask-buttons');
    buttons.append(
      makeButton('phone-ask-button', words.deny, () => end(false)),
      makeButton('phone-ask-button phone-ask-allow', words.allow, () => end(true)),
    );
    sheet.append(make('div', 'phone-ask-title', words.askTitle), make('div', 'phone-ask-wish', wish), buttons);
    overlay.element.append(sheet);
  });

/** Whether the user lets the mini-program; asked once, and remembered. */
export const isGranted = (device: Device, scope: PhoneScope): Promise<boolean> => {
  const decided = device.settings.current.scopes[scope];
  if (decided) return Promise.resolve(decided === 'granted');
  const pending = asking.get(scope) ?? ask(device, scope).finally(() => asking.delete(scope));
  asking.set(scope, pending);
  return pending;
};
