import type { Device } from '../device';

/** A namespace of `wx` that speaks up when what it lacks is asked for; otherwise a page would fail far from the cause. */
const loud = (name: string, offered: object, device: Device): object =>
  new Proxy(offered, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON')
        return Reflect.get(target, key, receiver);
      const message = `${name}.${key} is not supported by this phone`;
      return () => {
        device.report({ kind: 'fault', message });
        throw new Error(message);
      };
    },
    has: (target, key) => key in target,
  });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** `wx` as a mini-program finds it. `wx.canIUse` tells what is offered; the rest fails by name when it is called. */
export const createWx = (offered: object, device: Device): object => {
  const namespaces = Object.fromEntries(
    Object.entries(offered).map(([name, value]: [string, unknown]) => [
      name,
      isObject(value) ? loud(`wx.${name}`, value, device) : value,
    ]),
  );
  const canIUse = (schema: string): boolean => {
    let found: unknown = offered;
    for (const part of schema.split('.').slice(0, 2)) {
      if (!isObject(found) || !(part in found)) return false;
      found = Reflect.get(found, part);
    }
    return true;
  };
  return loud('wx', { ...namespaces, canIUse }, device);
};
