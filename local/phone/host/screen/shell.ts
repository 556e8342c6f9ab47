import type { SettingsStore } from '../device';
import { clockAt } from './clock';

/** The glass of the phone: status bar, and below it the screen that a mini-program fills. */
export interface Shell {
  readonly screen: HTMLElement;
}

/** Builds the phone's glass in this document and keeps it by the settings. */
export const createShell = (settings: SettingsStore): Shell => {
  const glass = document.createElement('div');
  glass.className = 'phone-glass';
  const status = document.createElement('div');
  status.className = 'phone-status';
  status.setAttribute('aria-hidden', 'true');
  const time = document.createElement('span');
  const network = document.createElement('span');
  network.className = 'phone-network';
  status.append(time, network);
  const screen = document.createElement('div');
  screen.className = 'phone-screen';
  glass.append(status, screen);
  document.body.replaceChildren(glass);

  const tick = (): void => {
    time.textContent = clockAt(Date.now());
  };
  tick();
  setInterval(tick, 10_000);
  const follow = (): void => {
    const { language, theme, network: state } = settings.current;
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.style.colorScheme = theme;
    network.textContent = state === 'offline' ? '✕' : '5G';
    network.classList.toggle('phone-network-off', state === 'offline');
  };
  follow();
  settings.listen(follow);
  return { screen };
};
