import type { Device } from '../device';
import { newestCamera } from '../device/camera-view';
import { answer, WxFailure, type Option } from './convention';

interface TakePhoto {
  readonly quality?: 'high' | 'normal' | 'low' | 'original';
}

/** `wx.createCameraContext()`: it speaks to the `<camera>` of the page that is open. */
export const createCameraApi = ({ files }: Device) => ({
  createCameraContext: () => ({
    takePhoto: (option?: Option<TakePhoto>) =>
      answer('operateCamera', option, async () => {
        const camera = newestCamera();
        if (!camera) throw new WxFailure('camera has not been initialized');
        try {
          return { tempImagePath: files.add(await camera.photograph(option?.quality ?? 'normal'), 'jpg') };
        } catch (error) {
          throw new WxFailure(error instanceof Error ? error.message : 'camera error');
        }
      }),
  }),
});
