import { instant } from '../../../protocol';
import type { Alarm } from '../../_core/alarm';
import type { CloseAlarm, ListAlarms } from '../../_core/operators/alarms';
import { countOf, database, isDuplicate } from './app';

/** An alarm as it lies in the collection `alarms`. */
type AlarmDocument = Alarm & { readonly _id: string; readonly state: 'open' | 'closed' };

/** Alarms for operators in the collection `alarms`. */
export const createAlarms = (): {
  readonly raiseAlarm: (alarm: Alarm) => Promise<void>;
  readonly listAlarms: ListAlarms;
  readonly closeAlarm: CloseAlarm;
} => {
  const collection = database.collection('alarms');
  return {
    raiseAlarm: async ({ id, ...alarm }) => {
      try {
        await collection.add({ _id: id, ...alarm, state: 'open' });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    listAlarms: async (limit) => {
      const answer = await collection.where({ state: 'open' }).orderBy('at', 'desc').limit(limit).get();
      const found = answer.data as readonly AlarmDocument[];
      return found.map(({ _id, state: _state, ...alarm }) => ({ ...alarm, id: _id, at: instant(alarm.at) }));
    },
    closeAlarm: async (id) => {
      const answer = (await collection.where({ _id: id, state: 'open' }).update({ state: 'closed' })) as {
        updated?: unknown;
      };
      return countOf(answer.updated) === 1;
    },
  };
};
