import { addresses } from '../../contract/addresses';
import type { PhoneNeighbourhood } from '../../contract/phone';
import type { PhoneSettings, SamplePicture, Scene } from '../../contract/settings';
import type { Device } from '../device';
import { pause } from '../pause';

/** What a camera sees, drawn on a canvas at the scene's own resolution. */
export interface SceneView {
  readonly canvas: HTMLCanvasElement;
  readonly stop: () => void;
}

/** How often a moving scene is drawn, in milliseconds. */
const FRAME_MS = 50;
/** Another phone's screen costs more to draw. */
const NEIGHBOUR_MS = 350;

const LONGEST = 4096;

/** The browser offers the tab that the phone itself is in: what stands beside it is what is scanned most. */
const ownTabFirst: DisplayMediaStreamOptions & { readonly preferCurrentTab: boolean } = {
  video: true,
  preferCurrentTab: true,
};

type Source = CanvasImageSource & { readonly width: number; readonly height: number };

const loadImage = (url: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the picture before the camera cannot be loaded'));
    image.src = url;
  });

/** The bad light that people take pictures in: a lamp mirrored by the card's lamination, or hardly any light. */
const shine = (context: CanvasRenderingContext2D, light: PhoneSettings['light']): void => {
  const { width, height } = context.canvas;
  if (light === 'dark') {
    context.fillStyle = 'rgba(0, 0, 0, 0.82)';
    context.fillRect(0, 0, width, height);
  }
  if (light !== 'glare') return;
  const lamp = context.createRadialGradient(width * 0.45, height * 0.55, 0, width * 0.45, height * 0.55, width * 0.42);
  lamp.addColorStop(0, 'rgba(255, 255, 255, 1)');
  lamp.addColorStop(0.55, 'rgba(255, 255, 255, 0.97)');
  lamp.addColorStop(1, 'rgba(255, 255, 255, 0)');
  context.fillStyle = lamp;
  context.fillRect(0, 0, width, height);
};

const draw = (canvas: HTMLCanvasElement, source: Source, light: PhoneSettings['light']): void => {
  const scale = Math.min(1, LONGEST / Math.max(source.width, source.height));
  const [width, height] = [Math.round(source.width * scale), Math.round(source.height * scale)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || width === 0) return;
  context.drawImage(source, 0, 0, width, height);
  shine(context, light);
};

declare global {
  interface Window {
    phoneNeighbourhood?: PhoneNeighbourhood;
  }
}

const neighbour = (id: string) => {
  // A frame of another origin, where this page is framed by a stranger, throws.
  try {
    return window.parent.phoneNeighbourhood?.phoneBeside(id) ?? null;
  } catch {
    return null;
  }
};

const selfies = ['selfie-1', 'selfie-2', 'selfie-3'] as const;

/** Which of a sample person's pictures a camera sees when nobody says. */
const automatic = (position: 'front' | 'back', turns: number): SamplePicture => {
  // Nobody's face looks exactly the same twice: the service takes no selfie that it has seen for a live one.
  if (position === 'front') return selfies[turns % selfies.length] ?? 'selfie-1';
  return turns % 2 === 0 ? 'card-front' : 'card-back';
};

/**
 * Shows a scene until it is stopped.
 * @param turns how often the card before the rear camera was turned over, or the front camera has looked before
 * @throws Error where there is nothing to see: no webcam, no picture
 */
export const openScene = async (
  device: Device,
  scene: Scene,
  position: 'front' | 'back',
  turns: number,
): Promise<SceneView> => {
  const canvas = document.createElement('canvas');
  const light = () => device.settings.current.light;
  const still = async (url: string): Promise<SceneView> => {
    const image = await loadImage(url);
    draw(canvas, image, light());
    const stop = device.settings.listen((now, before) => {
      if (now.light !== before.light) draw(canvas, image, now.light);
    });
    return { canvas, stop };
  };
  const moving = async (stream: MediaStream): Promise<SceneView> => {
    const video = Object.assign(document.createElement('video'), {
      muted: true,
      playsInline: true,
      srcObject: stream,
    });
    await video.play();
    const show = () =>
      draw(canvas, Object.assign(video, { width: video.videoWidth, height: video.videoHeight }), light());
    show();
    const frames = setInterval(show, FRAME_MS);
    return {
      canvas,
      stop: () => {
        clearInterval(frames);
        for (const track of stream.getTracks()) track.stop();
      },
    };
  };
  switch (scene.kind) {
    case 'file':
      return still(scene.url);
    case 'sample':
      return still(
        addresses.picture(scene.person, scene.picture === 'auto' ? automatic(position, turns) : scene.picture),
      );
    case 'webcam': {
      const facingMode = position === 'front' ? 'user' : 'environment';
      const video = { facingMode, width: { ideal: 1920 }, height: { ideal: 1080 } };
      return moving(await navigator.mediaDevices.getUserMedia({ video }));
    }
    case 'screen':
      return moving(await navigator.mediaDevices.getDisplayMedia(ownTabFirst));
    case 'other-phone': {
      let isOver = false;
      const watch = async (): Promise<void> => {
        while (!isOver) {
          const phone = neighbour(device.id);
          if (phone) draw(canvas, await phone.lookAt(), 'good');
          await pause(NEIGHBOUR_MS);
        }
      };
      if (!neighbour(device.id)) throw new Error('no phone is before the camera');
      void watch();
      return {
        canvas,
        stop: () => {
          isOver = true;
        },
      };
    }
  }
};
