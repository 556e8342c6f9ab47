import type { Device } from '../device';
import { readAddress, writeAddress } from './page-address';
import type { Launch } from './page-api';
import type { PageStack } from './page-stack';
import type { Space } from './space';
import type { PhoneBundle } from '../../contract/bundle';

type AppDefinition = Readonly<Record<string, unknown>>;

const call = (app: AppDefinition, name: string, ...args: unknown[]): void => {
  const method = app[name];
  if (typeof method === 'function') Reflect.apply(method, app, args);
};

/** The page that the frame's own address asks for, so that a reload finds the page again; the first page otherwise. */
const firstUrl = (bundle: PhoneBundle): string => {
  const [first = ''] = bundle.pages;
  const asked = decodeURI(location.hash.slice(1));
  return bundle.pages.includes(readAddress(`/${asked}`, '').path) ? asked : first;
};

/** How the mini-program is opened in this frame. */
export const readLaunch = (bundle: PhoneBundle): Launch => ({
  ...readAddress(`/${firstUrl(bundle)}`, ''),
  scene: 1001,
  referrerInfo: {},
});

/** Runs the mini-program: `App()`, its launch, and its first page. What it does not catch is reported as a fault. */
export const startApp = (launch: Launch, space: Space, stack: PageStack, device: Device): void => {
  const app: { current: AppDefinition } = { current: {} };
  const fault = (error: unknown): void => {
    device.report({ kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  addEventListener('error', ({ error, message }) => {
    fault(error ?? message);
    call(app.current, 'onError', message);
  });
  addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    const said: unknown = typeof reason === 'object' && reason !== null && 'errMsg' in reason ? reason.errMsg : reason;
    fault(said);
    call(app.current, 'onUnhandledRejection', { reason: said });
  });
  document.addEventListener('visibilitychange', () => {
    // The app comes first and goes last.
    if (document.visibilityState === 'visible') {
      call(app.current, 'onShow', launch);
      stack.setForeground(true);
    } else {
      stack.setForeground(false);
      call(app.current, 'onHide');
    }
  });
  device.settings.listen((now, before) => {
    if (now.theme !== before.theme) call(app.current, 'onThemeChange', { theme: now.theme });
  });

  app.current = space.startApp();
  call(app.current, 'onLaunch', launch);
  call(app.current, 'onShow', launch);
  const url = writeAddress(launch);
  stack.restart(`/${url}`);
  device.report({ kind: 'ready', route: url });
};
