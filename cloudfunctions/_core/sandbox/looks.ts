import type { EventId, Look } from '../../../protocol';
import type { LogEvent } from '../event';
import type { NoteLookPorts } from '../showing/report-look';
import type { SandboxStore } from './sandbox-store';

/** Checks and looks of the sandbox: kept by themselves, as leaves of no log. */
export const createSandboxLooks = (
  store: SandboxStore,
): Pick<NoteLookPorts, 'loadCheck' | 'loadLooks' | 'makeOpenEvent' | 'appendEvent'> => {
  const reported = new WeakMap<LogEvent, Look>();
  return {
    loadCheck: async (id) => {
      const found = await store.findCheck(id);
      return found && { at: found.at, check: found.check };
    },
    loadLooks: async (ids) => {
      const found = await Promise.all(ids.map(async (id) => [id, await store.findLook(id)] as const));
      return new Map(found.filter((one): one is [EventId, Look] => one[1] !== null));
    },
    makeOpenEvent: ({ at, happening, id }) => {
      if (happening.kind !== 'look_reported' || id === undefined)
        throw new Error('the sandbox has looks alone to tell');
      const event = { id, at, commitment: '', open: { salt: '', content: '' } };
      reported.set(event, happening.look);
      return event;
    },
    appendEvent: async (event) => {
      const look = reported.get(event);
      if (look === undefined) throw new Error('the sandbox has looks alone to tell');
      return store.addLook(event.id, look, event.at);
    },
  };
};
