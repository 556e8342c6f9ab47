/** A phone in this frame: reads who it is, loads the mini-program and runs it. */
import type { PhoneBundle } from '../contract/bundle';
import type { PhoneSettings } from '../contract/settings';
import { startPhone } from './phone';

declare global {
  var phoneBundle: PhoneBundle | undefined;
}

const start = (): void => {
  const { searchParams } = new URL(location.href);
  const settings = searchParams.get('settings');
  const { phoneBundle } = globalThis;
  if (!phoneBundle) throw new Error('the mini-program was not loaded');
  window.phone = startPhone({
    id: searchParams.get('phone') ?? 'phone',
    initial: settings === null ? {} : (JSON.parse(settings) as Partial<PhoneSettings>),
    bundle: phoneBundle,
  });
};

start();
