import type { Device } from '../device';
import { cancelOverlays } from '../overlays/overlay';
import { readAddress, writeAddress } from './page-address';
import type { Entrance, Launch } from './page-api';
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

/** WeChat's numbers of the ways into a mini-program. */
const scenes = { list: 1001, subscribeMessage: 1014 } as const;

const launchAt = (url: string, scene: number): Launch => ({ ...readAddress(`/${url}`, ''), scene, referrerInfo: {} });

/** How the mini-program is opened in this frame. */
export const readEntrance = (bundle: PhoneBundle): Entrance => {
  const launch = launchAt(firstUrl(bundle), scenes.list);
  return { launch, latest: launch };
};

/** The mini-program, running. */
export interface RunningApp {
  /** The user comes to it again, by a message that names a page. */
  readonly enterByMessage: (page: string) => void;
}

/** Runs the mini-program: `App()`, its launch, and its first page. What it does not catch is reported as a fault. */
export const startApp = (entrance: Entrance, space: Space, stack: PageStack, device: Device): RunningApp => {
  const app: { current: AppDefinition } = { current: {} };
  const fault = (error: unknown): void => {
    device.report({ kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  const leave = (): void => {
    stack.setForeground(false);
    call(app.current, 'onHide');
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
      call(app.current, 'onShow', entrance.latest);
      stack.setForeground(true);
    } else leave();
  });
  device.settings.listen((now, before) => {
    if (now.theme !== before.theme) call(app.current, 'onThemeChange', { theme: now.theme });
  });

  const { launch } = entrance;
  app.current = space.startApp();
  call(app.current, 'onLaunch', launch);
  call(app.current, 'onShow', launch);
  const url = writeAddress(launch);
  stack.restart(`/${url}`);
  device.report({ kind: 'ready', route: url });
  return {
    enterByMessage: (page) => {
      cancelOverlays();
      leave();
      entrance.latest = launchAt(page.replace(/^\/+/, ''), scenes.subscribeMessage);
      call(app.current, 'onShow', entrance.latest);
      try {
        stack.restart(`/${writeAddress(entrance.latest)}`);
      } catch (error) {
        fault(error);
        stack.setForeground(true);
      }
    },
  };
};
