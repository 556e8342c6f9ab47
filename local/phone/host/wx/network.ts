import type { Device } from '../device';
import { answer, createListeners } from './convention';
import type { OptionOf } from './official';

/** Whether the phone has a network, by its settings. */
export const createNetworkApi = ({ settings }: Device) => {
  const listeners = createListeners<{ readonly isConnected: boolean; readonly networkType: string }>();
  const state = () => {
    const isConnected = settings.current.network === 'online';
    return { isConnected, networkType: isConnected ? ('5g' as const) : ('none' as const) };
  };
  settings.listen((now, before) => {
    if (now.network !== before.network) listeners.tell(state());
  });
  return {
    getNetworkType: (option?: OptionOf<'getNetworkType'>) =>
      answer('getNetworkType', option, () => ({
        networkType: state().networkType,
        hasSystemProxy: false,
        signalStrength: -60,
        weakNet: false,
      })),
    onNetworkStatusChange: listeners.on,
    offNetworkStatusChange: listeners.off,
  };
};
