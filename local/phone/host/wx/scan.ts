import type { Device } from '../device';
import { isGranted } from '../device/permissions';
import { readCode, type ReadCode } from '../device/read-code';
import { openScene, type SceneView } from '../device/scene-view';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { pause } from '../pause';
import { phoneWords } from '../overlays/words';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';
import { chooseFromAlbum } from './media';

/** The pause between two looks at the scene, in milliseconds. */
const LOOK_MS = 200;

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const pixelsOf = ({ canvas }: SceneView): ImageData | null => {
  if (canvas.width === 0 || canvas.height === 0) return null;
  return canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
};

/** The full-screen scanner. @throws WxFailure where the user leaves it */
const scan = (device: Device, onlyFromCamera: boolean, withBars: boolean): Promise<ReadCode> =>
  new Promise((resolve, reject) => {
    const words = phoneWords(device);
    let view: SceneView | null = null;
    let opened = 0;
    const end = (): void => {
      opened += 1;
      view?.stop();
      view = null;
      unlisten();
      overlay.close();
    };
    const cancel = (): void => {
      end();
      reject(new WxFailure('cancel'));
    };
    const found = (code: ReadCode): void => {
      end();
      resolve(code);
    };
    const overlay = openOverlay(device, {
      className: 'phone-scanner',
      role: 'dialog',
      label: words.scanTitle,
      onCancel: cancel,
    });
    const finder = make('div', 'wx-camera-finder');
    const hint = make('div', 'phone-scanner-hint', words.scanHint);
    hint.setAttribute('role', 'status');
    const bar = make('div', 'phone-scanner-bar');
    bar.append(makeButton('phone-scanner-button', words.cancel, cancel));
    if (!onlyFromCamera) {
      const album = async (): Promise<void> => {
        try {
          const code = await readCode(await chooseFromAlbum(device), withBars);
          if (code) found(code);
          else hint.textContent = words.scanNothing;
        } catch (error) {
          if (!(error instanceof WxFailure)) throw error;
        }
      };
      bar.append(makeButton('phone-scanner-button', words.album, () => void album()));
    }
    overlay.element.append(finder, make('div', 'phone-scanner-line'), hint, bar);

    const watch = async (): Promise<void> => {
      opened += 1;
      const turn = opened;
      view?.stop();
      view = null;
      const { scanner } = device.settings.current;
      let mine: SceneView;
      try {
        mine = await openScene(device, scanner, 'back', 0);
      } catch {
        hint.textContent = scanner.kind === 'other-phone' ? words.nothingBeside : words.nothingSeen;
        return;
      }
      // The scanner was left, or pointed elsewhere, while the camera was opened.
      if (turn !== opened) {
        mine.stop();
        return;
      }
      view = mine;
      hint.textContent = words.scanHint;
      finder.replaceChildren(mine.canvas);
      while (mine === view) {
        const pixels = pixelsOf(mine);
        const code = pixels && (await readCode(pixels, withBars));
        // The scanner may have been left, or pointed elsewhere, while the picture was read.
        if (mine !== view) return;
        if (code) found(code);
        else await pause(LOOK_MS);
      }
    };
    const unlisten = device.settings.listen((now, before) => {
      if (now.scanner !== before.scanner) void watch();
    });
    void watch();
  });

/** `wx.scanCode`: what is read is read from pixels. */
export const createScanApi = (device: Device) => ({
  scanCode: (option?: OptionOf<'scanCode'>) =>
    answer('scanCode', option, async () => {
      if (!(await isGranted(device, 'scope.camera'))) throw new WxFailure('auth deny');
      // Both kinds are scanned where the caller names none.
      const withBars = option?.scanType?.includes('barCode') ?? true;
      const { text, bytes, kind } = await scan(device, option?.onlyFromCamera === true, withBars);
      return { result: text, scanType: kind, charSet: 'UTF-8', path: '', rawData: toBase64(bytes) };
    }),
});
