import type { AccountKey, CloseAlarmRequest, DoneReply, ListAlarmsReply } from '../../../protocol';
import type { Alarm } from '../alarm';
import type { Now, RandomBytes } from '../ambient-ports';
import { done, refuse, type Result } from '../result';
import type { LoadPartners } from '../showing/partner';
import { asOperator, type OperatorPorts } from './operator';
import type { RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';

/** The alarms that nobody has closed, newest first. */
export type ListAlarms = (limit: number) => Promise<readonly Alarm[]>;

/** Closes an alarm, in one conditional write. @returns false where it was not open */
export type CloseAlarm = (id: string) => Promise<boolean>;

export interface AlarmPorts extends OperatorPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly listAlarms: ListAlarms;
  readonly closeAlarm: CloseAlarm;
  readonly loadPartners: LoadPartners;
  readonly recordOperatorAct: RecordOperatorAct;
}

/** How many alarms are listed at once. */
const PAGE = 50;

/** What operators should look at. Refuses `not_permitted`. */
export const listOpenAlarms = (ports: AlarmPorts, account: AccountKey): Promise<Result<ListAlarmsReply>> =>
  asOperator(ports, account, 'seeAlarms', async () => {
    const open = await ports.listAlarms(PAGE);
    const about = new Set(open.flatMap((alarm) => ('partner' in alarm ? [alarm.partner] : [])));
    const partners = await ports.loadPartners([...about]);
    const alarms = open.map(({ id, ...alarm }) =>
      'partner' in alarm
        ? { alarm: id, ...alarm, names: partners.get(alarm.partner)?.names ?? null }
        : { alarm: id, ...alarm },
    );
    return done({ ok: true, alarms });
  });

/** Closes an alarm that was looked at; the log tells who did. Refuses `not_permitted`, and `not_found` where none is open. */
export const closeOpenAlarm = (
  ports: AlarmPorts,
  account: AccountKey,
  { alarm }: CloseAlarmRequest,
): Promise<Result<DoneReply>> =>
  asOperator(ports, account, 'closeAlarm', async ({ id }) => {
    await ports.recordOperatorAct(operatorAct(ports, id, { kind: 'alarm_closed', alarm }));
    return (await ports.closeAlarm(alarm)) ? done({ ok: true }) : refuse('not_found');
  });
