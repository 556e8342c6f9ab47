import type { Device } from '../device';
import { readAddress } from './page-address';
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

/** Runs the mini-program: `App()`, its launch, and its first page. What it does not catch is reported as a fault. */
export const startApp = (bundle: PhoneBundle, space: Space, stack: PageStack, device: Device): void => {
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
    const visible = document.visibilityState === 'visible';
    call(app.current, visible ? 'onShow' : 'onHide', {});
    stack.setForeground(visible);
  });

  const url = firstUrl(bundle);
  const { path, query } = readAddress(`/${url}`, '');
  const launch = { path, query, scene: 1001, referrerInfo: {} };
  app.current = space.startApp();
  call(app.current, 'onLaunch', launch);
  call(app.current, 'onShow', launch);
  stack.restart(`/${url}`);
  device.report({ kind: 'ready', route: url });
};
