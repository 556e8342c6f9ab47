import type { Device } from '../device';
import { answer, createListeners, type Option } from './convention';

/** Whether the phone has a network, by its settings. */
export const createNetworkApi = ({ settings }: Device) => {
  const listeners = createListeners<{ readonly isConnected: boolean; readonly networkType: string }>();
  const state = () => {
    const isConnected = settings.current.network === 'online';
    return { isConnected, networkType: isConnected ? '5g' : 'none' };
  };
  settings.listen((now, before) => {
    if (now.network !== before.network) listeners.tell(state());
  });
  return {
    getNetworkType: (option?: Option) =>
      answer('getNetworkType', option, () => ({ networkType: state().networkType, hasSystemProxy: false })),
    onNetworkStatusChange: listeners.on,
    offNetworkStatusChange: listeners.off,
  };
};
