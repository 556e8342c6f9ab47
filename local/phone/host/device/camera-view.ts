import type { CameraView, Device } from '../device';
import { isGranted } from './permissions';
import { openScene, type SceneView } from './scene-view';

const qualities = { high: 0.95, original: 0.95, normal: 0.85, low: 0.6 } as const;

/** The cameras that run, the newest last: `wx.createCameraContext()` speaks to that one. */
const running: CameraView[] = [];
export const newestCamera = (): CameraView | null => running.at(-1) ?? null;

/** How often a front camera has looked before, also before this page was loaded anew. */
const selfiesBefore = (): number => {
  const before = Number(sessionStorage.getItem('front-camera') ?? 0);
  sessionStorage.setItem('front-camera', String(before + 1));
  return before;
};

/** The pages whose rear camera has looked, by address, so that a picture taken anew is one of the same side of the card. */
const places: string[] = [];
const placeOf = (address: string): number => {
  if (!places.includes(address)) places.push(address);
  return places.indexOf(address);
};

const jpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the camera sees nothing yet'))),
      'image/jpeg',
      quality,
    );
  });

/**
 * Runs a camera inside of an element: asks the user for leave, then shows the phone's scene and follows its changes.
 * @param told once there is a picture, and of what keeps it from being there in WeChat's words
 */
export const openCamera = (
  device: Device,
  element: HTMLElement,
  position: 'front' | 'back',
  told: { readonly onReady: () => void; readonly onError: (errMsg: string) => void },
): CameraView => {
  let view: SceneView | null = null;
  let isStopped = false;
  let opened = 0;

  const show = async (): Promise<void> => {
    opened += 1;
    const mine = opened;
    const isOver = (): boolean => isStopped || mine !== opened;
    const granted = await isGranted(device, 'scope.camera');
    // The answer itself is a change of the settings, after which the camera was asked to show anew.
    if (isOver()) return;
    if (!granted) {
      told.onError('insertCamera:fail auth deny');
      return;
    }
    let next: SceneView;
    try {
      next = await openScene(
        device,
        device.settings.current.camera,
        position,
        position === 'back' ? placeOf(location.hash) : selfiesBefore(),
      );
    } catch (error) {
      if (!isOver()) told.onError(`insertCamera:fail ${error instanceof Error ? error.message : 'camera error'}`);
      return;
    }
    if (isOver()) {
      next.stop();
      return;
    }
    view?.stop();
    view = next;
    element.replaceChildren(view.canvas);
    told.onReady();
  };
  void show();
  const unlisten = device.settings.listen((now, before) => {
    if (now.camera !== before.camera || now.scopes !== before.scopes) void show();
  });

  const camera: CameraView = {
    photograph: async (quality) => {
      if (!view) throw new Error('the camera sees nothing yet');
      return jpeg(view.canvas, qualities[quality]);
    },
    stop: () => {
      if (isStopped) return;
      isStopped = true;
      unlisten();
      view?.stop();
      running.splice(running.indexOf(camera), 1);
    },
  };
  running.push(camera);
  return camera;
};
