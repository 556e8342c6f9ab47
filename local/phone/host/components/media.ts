import type { CameraView, Device } from '../device';
import { addresses } from '../../contract/addresses';
import { reflect, textOf, type BuiltIn } from './built-in';

/** Opens a camera inside of an element. */
export type OpenCamera = (
  device: Device,
  element: HTMLElement,
  position: 'front' | 'back',
  told: { readonly onReady: () => void; readonly onError: (errMsg: string) => void },
) => CameraView;

/** Where a browser finds what a template names: a temporary file, a file of the mini-program, or what has an address of its own. */
const sourceUrl = (device: Device, source: string, owner: string): string => {
  if (source === '' || /^(data|blob|https?):/.test(source)) return source;
  const temporary = device.files.url(source);
  if (temporary !== null) return temporary;
  const base = new URL(source.startsWith('/') ? 'http://files/' : `http://files/${owner}`);
  return addresses.file(new URL(source, base).pathname.slice(1));
};

/** What is not here is shown at its own size. The frame of the last two takes its other side from the picture, in host.css. */
const fits: Readonly<Record<string, string>> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  widthFix: 'fill',
  heightFix: 'fill',
};

const image = (device: Device, tag: 'image' | 'cover-image'): BuiltIn => ({
  tag,
  properties: {
    src: '',
    mode: 'scaleToFill',
    webp: false,
    lazyLoad: false,
    fadeIn: false,
    showMenuByLongpress: false,
    forceHttps: false,
  },
  attach: (node) => {
    const picture = document.createElement('img');
    picture.alt = '';
    picture.draggable = false;
    picture.onload = () => node.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    picture.onerror = () => node.emit('error', { errMsg: 'GET image failed' });
    node.element.append(picture);
    return {
      update: (property, value) => {
        if (property === 'src') {
          const url = sourceUrl(device, textOf(value), node.owner);
          if (url === '') picture.removeAttribute('src');
          else picture.src = url;
        }
        if (property === 'mode') {
          const mode = textOf(value);
          reflect(node.element, 'mode', mode);
          picture.style.objectFit = fits[mode] ?? 'none';
        }
        if (property === 'ariaLabel') {
          picture.alt = textOf(value);
          // The picture has the name; a second one on its frame would be read twice.
          if (picture.alt !== '') node.element.removeAttribute('aria-label');
        }
      },
    };
  },
});

const canvas: BuiltIn = {
  tag: 'canvas',
  properties: { type: '', canvasId: '', disableScroll: false },
  attach: ({ element }) => {
    element.append(document.createElement('canvas'));
    return undefined;
  },
};

const camera = (device: Device, open: OpenCamera): BuiltIn => ({
  tag: 'camera',
  properties: { mode: 'normal', resolution: 'medium', devicePosition: 'back', flash: 'auto', frameSize: 'medium' },
  missing: ['mode'],
  attach: (node) => {
    const finder = document.createElement('div');
    finder.className = 'wx-camera-finder';
    node.element.prepend(finder);
    let view: CameraView | null = null;
    const start = (): void => {
      view?.stop();
      view = open(device, finder, node.get('devicePosition') === 'front' ? 'front' : 'back', {
        onReady: () => node.emit('initdone', { maxZoom: 1 }),
        onError: (errMsg) => node.emit('error', { errMsg }),
      });
    };
    let position: unknown;
    return {
      update: (property, value) => {
        if (property !== 'devicePosition' || value === position) return;
        position = value;
        start();
      },
      detach: () => {
        view?.stop();
        node.emit('stop');
      },
    };
  },
});

/** Pictures, drawings and the camera. */
export const media = (device: Device, open: OpenCamera): readonly BuiltIn[] => [
  image(device, 'image'),
  image(device, 'cover-image'),
  canvas,
  camera(device, open),
];
