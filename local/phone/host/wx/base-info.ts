import type { Device } from '../device';
import { answer, createListeners } from './convention';
import type { OptionOf } from './official';

const SDK_VERSION = '3.8.12';
const STATUS_BAR = 28;
const BAR = 44;

/** What a mini-program may know of phone and super-app. */
export const createBaseInfoApi = ({ settings, screen }: Device) => {
  const themes = createListeners<{ readonly theme: string }>();
  settings.listen((now, before) => {
    if (now.theme !== before.theme) themes.tell({ theme: now.theme });
  });
  const screenInfo = () => {
    const { clientWidth: width, clientHeight: height } = screen;
    const safeArea = { left: 0, right: width, top: STATUS_BAR, bottom: height, width, height: height - STATUS_BAR };
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: width,
      windowHeight: height - STATUS_BAR - BAR,
      statusBarHeight: STATUS_BAR,
      screenTop: STATUS_BAR + BAR,
      safeArea,
    };
  };
  const app = () => ({
    SDKVersion: SDK_VERSION,
    version: '8.0.60',
    language: settings.current.language,
    theme: settings.current.theme,
    enableDebug: false,
    fontSizeSetting: 16,
    fontSizeScaleFactor: 1,
    host: { env: 'WeChat', appId: '' },
  });
  const device = () => ({
    abi: 'arm64-v8a',
    benchmarkLevel: 30,
    brand: 'local',
    model: 'local phone',
    platform: 'devtools' as const,
    system: 'Android 14',
    cpuType: '',
    memorySize: 4096,
  });
  const authorised = (): boolean => settings.current.scopes['scope.camera'] === 'granted';
  const system = () => ({
    ...screenInfo(),
    ...app(),
    ...device(),
    deviceOrientation: 'portrait' as const,
    cameraAuthorized: authorised(),
    albumAuthorized: true,
    microphoneAuthorized: false,
    bluetoothEnabled: false,
    locationEnabled: false,
    locationAuthorized: false,
    locationReducedAccuracy: false,
    notificationAuthorized: false,
    notificationAlertAuthorized: false,
    notificationBadgeAuthorized: false,
    notificationSoundAuthorized: false,
    phoneCalendarAuthorized: false,
    wifiEnabled: true,
  });
  const capsule = () => {
    const { clientWidth: width } = screen;
    return { width: 86, height: 32, left: width - 94, right: width - 8, top: STATUS_BAR + 5, bottom: STATUS_BAR + 37 };
  };
  return {
    getAppBaseInfo: app,
    getDeviceInfo: device,
    getWindowInfo: screenInfo,
    getSystemInfoSync: system,
    getSystemInfo: (option?: OptionOf<'getSystemInfo'>) => answer('getSystemInfo', option, system),
    getMenuButtonBoundingClientRect: capsule,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' } }),
    getUpdateManager: () => ({
      // What is loaded is always the newest: it was built on this machine.
      onCheckForUpdate: (told: (result: { hasUpdate: boolean }) => void) =>
        setTimeout(() => told({ hasUpdate: false })),
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
    }),
    onThemeChange: themes.on,
    offThemeChange: themes.off,
    getRandomValues: (option: OptionOf<'getRandomValues'>) =>
      answer('getRandomValues', option, () => ({
        randomValues: crypto.getRandomValues(new Uint8Array(option.length)).buffer,
      })),
  };
};
