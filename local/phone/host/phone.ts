import * as glassEasel from 'glass-easel';
import type { PhoneBundle } from '../contract/bundle';
import type { Phone, PhoneEvent } from '../contract/phone';
import type { PhoneSettings } from '../contract/settings';
import { choices } from './components/choices';
import { form } from './components/form';
import { containers } from './components/containers';
import { inputs } from './components/inputs';
import { media } from './components/media';
import { pageSettings } from './components/page-settings';
import { pressed } from './components/press';
import { capture, lookAt } from './device/look';
import { openCamera } from './device/camera-view';
import { createSettingsStore } from './device/settings-store';
import { createTemporaryFiles } from './device/temporary-files';
import type { Device } from './device';
import { readEntrance, startApp } from './framework/app';
import { createBackend } from './framework/backend';
import { createPageApi } from './framework/page-api';
import { createPageStack } from './framework/page-stack';
import { createPageStyles } from './framework/page-styles';
import { createSpace, tagsUsedIn } from './framework/space';
import { showNotices } from './notices';
import { createShell } from './screen/shell';
import { createDeviceApi } from './wx';
import { createWx } from './wx/whole';

declare global {
  interface Window {
    phone?: Phone;
  }
}

export interface PhoneOptions {
  readonly id: string;
  readonly initial: Partial<PhoneSettings>;
  readonly bundle: PhoneBundle;
}

/** A phone as it comes out of the box. */
const factory = (): PhoneSettings => ({
  openId: 'oVisitor',
  language: navigator.language.startsWith('zh') ? 'zh_CN' : 'en',
  theme: 'light',
  network: 'online',
  scopes: {},
  camera: { kind: 'webcam' },
  light: 'good',
  scanner: { kind: 'webcam' },
});

/** A fault of the framework's that it would only write to the console, such as an attribute that a component does not have. */
const hearFramework = (device: Device): void => {
  glassEasel.addGlobalWarningListener((message) => {
    // Other warnings are the framework's housekeeping, such as a relation to a component that this app does not use.
    if (message.includes('not a valid property')) device.report({ kind: 'fault', message });
    return false;
  });
  glassEasel.addGlobalErrorListener((error: unknown) => {
    reportError(error);
    return false;
  });
};

const navigations: Readonly<Record<string, string>> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
};

/** What `<navigator>` asks for. */
const navigateBy = (offered: Readonly<Record<string, unknown>>, kind: string, option: object): void => {
  const call = offered[navigations[kind] ?? ''];
  if (typeof call !== 'function') throw new Error(`<navigator open-type="${kind}"> is not supported by this phone`);
  (call as (option: object) => void)(option);
};

/** Starts a phone in this document and runs the mini-program on it. */
export const startPhone = ({ id, initial, bundle }: PhoneOptions): Phone => {
  const settings = createSettingsStore(id, { ...factory(), ...initial });
  const { screen } = createShell(settings);
  const listeners = new Set<(event: PhoneEvent) => void>();
  const device: Device = {
    id,
    settings,
    files: createTemporaryFiles(),
    screen,
    report: (event) => {
      // eslint-disable-next-line no-console -- where developers of the mini-program look
      if (event.kind === 'fault') console.error(event.message);
      for (const listener of listeners) listener(event);
    },
  };
  hearFramework(device);
  const { api, screenState } = createDeviceApi(device);
  const tags = tagsUsedIn(bundle);
  const fault = (message: string): void => device.report({ kind: 'fault', message });
  const backend = createBackend({ has: (tag) => tags.has(tag), fault });
  const styles = createPageStyles(backend);
  const themed = bundle.app.darkmode === true;

  const reopen = (url: string | null): void => {
    history.replaceState(null, '', url === null ? location.pathname + location.search : `#${url}`);
    location.reload();
  };

  const offered: Record<string, unknown> = { ...api };
  const builtIns = [
    ...containers,
    ...inputs,
    ...choices,
    form,
    ...pressed({
      openSetting: () =>
        (api as { openSetting: () => Promise<{ authSetting: Record<string, boolean> }> }).openSetting(),
      navigate: (kind, option) => navigateBy(offered, kind, option),
      fault,
    }),
    ...media(device, openCamera),
    ...pageSettings({
      title: (element, title) => stack.owning(element)?.frame.setTitle(title),
      colours: (element, colours) => stack.owning(element)?.frame.setColours(colours),
      style: (element, style) => stack.owning(element)?.frame.body.setAttribute('style', style),
    }),
  ];
  for (const { tag } of builtIns) tags.add(tag);
  const space = createSpace(bundle, backend, builtIns);
  const stack = createPageStack(bundle, space, styles, device, () => reopen(null));
  const entrance = readEntrance(bundle);
  Object.assign(offered, createPageApi(stack, entrance));
  Object.assign(globalThis, { wx: createWx(offered, device), getCurrentPages: () => stack.instances() });

  styles.setTheme(themed ? settings.current.theme : 'light');
  settings.listen((now, before) => {
    if (now.theme !== before.theme && themed) {
      styles.setTheme(now.theme);
      for (const page of stack.all()) page.frame.refresh();
    }
    device.report({ kind: 'settings', settings: now });
    // Another user or language is another run of the mini-program, as in WeChat.
    if (now.openId !== before.openId) reopen(null);
    else if (now.language !== before.language) location.reload();
  });
  const app = startApp(entrance, space, stack, device);
  showNotices(device, { sender: bundle.app.window?.navigationBarTitleText ?? '', open: app.enterByMessage });

  return {
    id,
    get settings() {
      return settings.current;
    },
    change: settings.change,
    restart: (url) => reopen(url ?? null),
    clearStorage: () => {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(`phone:${id}:storage:${settings.current.openId}:`)) localStorage.removeItem(name);
      }
      reopen(null);
    },
    lookAt: () => lookAt(document.body),
    screenshot: async () => {
      const picture = await capture(document.body, screenState.isHidden());
      screenState.tellCapture();
      return picture;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
