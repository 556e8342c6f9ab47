import { addresses } from '../../contract/addresses';
import type { Device } from '../device';
import { openCamera } from '../device/camera-view';
import { isGranted } from '../device/permissions';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';
import { chooseOne } from './dialogs';

interface ChooseMedia {
  readonly count?: number;
  readonly mediaType?: readonly string[];
  readonly sourceType?: readonly ('album' | 'camera')[];
  readonly camera?: 'back' | 'front';
}

const fromComputer = (): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/*' });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file) resolve(file);
      else reject(new WxFailure('cancel'));
    });
    input.addEventListener('cancel', () => reject(new WxFailure('cancel')));
    input.click();
  });

const albumPictures = ['card-front', 'card-back', 'selfie-1', 'selfie-2', 'selfie-3'] as const;

/** The album of this phone: the pictures of the sample person before its camera, and whatever this computer has. */
export const chooseFromAlbum = (device: Device): Promise<Blob> => {
  const { camera } = device.settings.current;
  if (camera.kind !== 'sample') return fromComputer();
  return new Promise((resolve, reject) => {
    const words = phoneWords(device);
    const overlay = openOverlay(device, {
      className: 'phone-sheet',
      role: 'dialog',
      label: words.album,
      onCancel: () => {
        overlay.close();
        reject(new WxFailure('cancel'));
      },
    });
    const panel = make('div', 'phone-sheet-panel phone-album');
    const pictures = make('div', 'phone-album-pictures');
    for (const name of albumPictures) {
      const url = addresses.picture(camera.person, name);
      const choice = makeButton('phone-album-picture', '', () => {
        overlay.close();
        resolve(fetch(url).then((response) => response.blob()));
      });
      choice.setAttribute('aria-label', name);
      const picture = new Image();
      picture.src = url;
      picture.alt = '';
      choice.append(picture);
      pictures.append(choice);
    }
    const computer = makeButton('phone-sheet-item', words.fromDevice, () => {
      overlay.close();
      fromComputer().then(resolve, reject);
    });
    const cancel = makeButton('phone-sheet-item phone-sheet-cancel', words.cancel, () => {
      overlay.close();
      reject(new WxFailure('cancel'));
    });
    panel.append(make('div', 'phone-sheet-title', words.album), pictures, computer, cancel);
    overlay.element.append(panel);
  });
};

const takePicture = async (device: Device, position: 'front' | 'back'): Promise<Blob> => {
  if (!(await isGranted(device, 'scope.camera'))) throw new WxFailure('auth deny');
  const words = phoneWords(device);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      camera.stop();
      overlay.close();
    };
    const cancel = (): void => {
      end();
      reject(new WxFailure('cancel'));
    };
    const overlay = openOverlay(device, {
      className: 'phone-scanner',
      role: 'dialog',
      label: words.takePhoto,
      onCancel: cancel,
    });
    const finder = make('div', 'wx-camera-finder');
    const camera = openCamera(device, finder, position, { onReady: () => undefined, onError: cancel });
    const bar = make('div', 'phone-scanner-bar');
    bar.append(
      makeButton('phone-scanner-button', words.cancel, cancel),
      makeButton('phone-scanner-button', words.shutter, () => {
        camera.photograph('high').then(
          (picture) => {
            end();
            resolve(picture);
          },
          () => undefined,
        );
      }),
    );
    overlay.element.append(finder, bar);
  });
};

const imageTypes = ['png', 'jpeg', 'gif', 'tiff'] as const;
const imageType = ({ type }: Blob): (typeof imageTypes)[number] | 'unknown' =>
  imageTypes.find((name) => type === `image/${name}`) ?? 'unknown';

/** Pictures that the user takes or has. */
export const createMediaApi = (device: Device) => {
  const choose = async ({ sourceType = ['album', 'camera'], camera = 'back' }: ChooseMedia): Promise<Blob> => {
    const words = phoneWords(device);
    const named = { camera: words.takePhoto, album: words.chooseAlbum };
    const index =
      sourceType.length > 1
        ? await chooseOne(
            device,
            sourceType.map((source) => named[source]),
          )
        : 0;
    return sourceType[index] === 'camera' ? takePicture(device, camera) : chooseFromAlbum(device);
  };
  const sizeOf = async (picture: Blob) => {
    const bitmap = await createImageBitmap(picture);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  };
  return {
    /** The type of what is in it is told by nobody: the browser looks for itself. */
    createBufferURL: (buffer: ArrayBuffer): string => URL.createObjectURL(new Blob([buffer])),
    revokeBufferURL: (url: string): void => URL.revokeObjectURL(url),
    chooseMedia: (option: OptionOf<'chooseMedia'> = {}) =>
      answer('chooseMedia', option, async () => {
        const picture = await choose(option);
        const extension = picture.type === 'image/png' ? 'png' : 'jpg';
        const file = {
          ...(await sizeOf(picture)),
          tempFilePath: device.files.add(picture, extension),
          size: picture.size,
          fileType: 'image' as const,
          duration: 0,
          thumbTempFilePath: '',
        };
        return { type: 'image', tempFiles: [file] };
      }),
    getImageInfo: (option: OptionOf<'getImageInfo'>) =>
      answer('getImageInfo', option, async () => {
        const picture = device.files.read(option.src);
        return {
          ...(await sizeOf(picture)),
          path: option.src,
          orientation: 'up' as const,
          type: imageType(picture),
        };
      }),
    compressImage: (option: OptionOf<'compressImage'>) =>
      answer('compressImage', option, async () => {
        const bitmap = await createImageBitmap(device.files.read(option.src));
        const scale = Math.min(1, (option.compressedWidth ?? bitmap.width) / bitmap.width);
        const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        const picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: (option.quality ?? 80) / 100 });
        return { tempFilePath: device.files.add(picture, 'jpg') };
      }),
  };
};
