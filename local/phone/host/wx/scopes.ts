import type { PhoneScope } from '../../contract/settings';
import type { Device } from '../device';
import { isGranted } from '../device/permissions';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';

const scopes = ['scope.camera', 'scope.writePhotosAlbum'] as const satisfies readonly PhoneScope[];
const isScope = (name: string): name is PhoneScope => scopes.some((scope) => scope === name);

const authSetting = ({ settings }: Device): Record<string, boolean> =>
  Object.fromEntries(
    Object.entries(settings.current.scopes).map(([scope, decision]) => [scope, decision === 'granted']),
  );

const setting = (device: Device) => ({
  authSetting: authSetting(device),
  subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
});

const openSettings = (device: Device): Promise<void> =>
  new Promise((resolve) => {
    const words = phoneWords(device);
    const close = (): void => {
      overlay.close();
      resolve();
    };
    const overlay = openOverlay(device, {
      className: 'phone-settings',
      role: 'dialog',
      label: words.settings,
      onCancel: close,
    });
    const bar = make('div', 'phone-settings-bar');
    bar.append(
      makeButton('phone-settings-back', words.back, close),
      make('div', 'phone-settings-title', words.settings),
    );
    overlay.element.append(bar);
    for (const scope of scopes) {
      const decided = device.settings.current.scopes[scope];
      if (!decided) continue;
      const row = make('label', 'phone-settings-row', scope === 'scope.camera' ? words.camera : words.album);
      const toggle = make('input', 'phone-settings-switch');
      toggle.type = 'checkbox';
      toggle.checked = decided === 'granted';
      toggle.addEventListener('change', () => {
        device.settings.change({
          scopes: { ...device.settings.current.scopes, [scope]: toggle.checked ? 'granted' : 'denied' },
        });
      });
      row.append(toggle);
      overlay.element.append(row);
    }
  });

/** What the user lets the mini-program do. */
export const createScopeApi = (device: Device) => ({
  getSetting: (option?: OptionOf<'getSetting'>) => answer('getSetting', option, () => setting(device)),
  authorize: (option: OptionOf<'authorize'>) =>
    answer('authorize', option, async () => {
      if (!isScope(option.scope)) throw new WxFailure('invalid scope', { errno: 104 });
      if (!(await isGranted(device, option.scope))) throw new WxFailure('auth deny', { errno: 103 });
      return {};
    }),
  openSetting: (option?: OptionOf<'openSetting'>) =>
    answer('openSetting', option, async () => {
      await openSettings(device);
      return setting(device);
    }),
});
