import type { Device } from '../device';
import { newestCamera } from '../device/camera-view';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';

/** `wx.createCameraContext()`: it speaks to the `<camera>` of the page that is open. */
export const createCameraApi = ({ files }: Device) => ({
  createCameraContext: () => ({
    takePhoto: (option?: OptionOf<'operateCamera'>) =>
      answer('operateCamera', option, async () => {
        const camera = newestCamera();
        if (!camera) throw new WxFailure('camera has not been initialized');
        try {
          return {
            metadata: {},
            tempImagePath: files.add(await camera.photograph(option?.quality ?? 'normal'), 'jpg'),
          };
        } catch (error) {
          throw new WxFailure(error instanceof Error ? error.message : 'camera error');
        }
      }),
  }),
});
