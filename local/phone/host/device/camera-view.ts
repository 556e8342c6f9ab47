import type { CameraView, Device } from '../device';
import { isGranted } from '../wx/scopes';
import { openScene, type SceneView } from './scene-view';

const qualities = { high: 0.95, original: 0.95, normal: 0.85, low: 0.6 } as const;

/** The cameras that run, the newest last: `wx.createCameraContext()` speaks to that one. */
const running: CameraView[] = [];
export const newestCamera = (): CameraView | null => running.at(-1) ?? null;

/** How many pictures each phone's rear camera has taken. */
let taken = 0;

/** Every picture that the rear camera takes is followed by a turn of the card. */
const noteTaken = (position: 'front' | 'back'): void => {
  if (position === 'back') taken += 1;
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
    if (!(await isGranted(device, 'scope.camera'))) {
      if (!isStopped) told.onError('insertCamera:fail auth deny');
      return;
    }
    let next: SceneView;
    try {
      next = await openScene(device, device.settings.current.camera, position, taken);
    } catch (error) {
      if (!isStopped) told.onError(`insertCamera:fail ${error instanceof Error ? error.message : 'camera error'}`);
      return;
    }
    if (isStopped || mine !== opened) {
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
      const picture = await jpeg(view.canvas, qualities[quality]);
      noteTaken(position);
      const { camera: scene } = device.settings.current;
      if (scene.kind === 'sample' && scene.picture === 'auto' && position === 'back') void show();
      return picture;
    },
    stop: () => {
      isStopped = true;
      unlisten();
      view?.stop();
      running.splice(running.indexOf(camera), 1);
    },
  };
  running.push(camera);
  return camera;
};
