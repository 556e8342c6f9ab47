import type { Device } from '../device';
import { createBaseInfoApi } from './base-info';
import { createCameraApi } from './camera';
import { createClipboardApi } from './clipboard';
import { createCloudApi } from './cloud';
import { createDialogApi } from './dialogs';
import { createFileApi } from './files';
import { createMediaApi } from './media';
import { createNetworkApi } from './network';
import { asWx } from './official';
import { createScanApi } from './scan';
import { createScopeApi } from './scopes';
import { createScreenApi, type ScreenState } from './screen';
import { createSoterApi } from './soter';
import { createSubscribeApi } from './subscribe';
import { createStorageApi } from './storage';

/** All of `wx` that is the phone's, and what the phone must know of it. */
export const createDeviceApi = (device: Device): { readonly api: object; readonly screenState: ScreenState } => {
  const { api: screenApi, state } = createScreenApi(device);
  const api = asWx({
    ...createBaseInfoApi(device),
    ...createStorageApi(device),
    ...createNetworkApi(device),
    ...createDialogApi(device),
    ...createClipboardApi(device),
    ...createScopeApi(device),
    ...createCameraApi(device),
    ...createMediaApi(device),
    ...createFileApi(device),
    ...createScanApi(device),
    ...createFileApi(device),
    ...createSoterApi(device),
    ...createSubscribeApi(device),
    ...screenApi,
    cloud: createCloudApi(device),
  });
  return { api, screenState: state };
};
