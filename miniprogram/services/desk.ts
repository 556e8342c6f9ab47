import type { DescribeOperatorReply, ListActsReply, ListAlarmsReply, ListTasksReply } from '../protocol';
import type { Called } from './call';
import { describeOperator, listActs, listAlarms, listTasks } from './operator';

/** What an operator finds on the desk. What is not of the role, or could not be read, is null. */
export interface Desk {
  readonly who: DescribeOperatorReply;
  readonly tasks: ListTasksReply | null;
  readonly acts: ListActsReply | null;
  readonly alarms: ListAlarmsReply | null;
}

const read = async <Reply>(isOfRole: boolean, ask: () => Promise<Called<Reply>>): Promise<Reply | null> => {
  const called = isOfRole ? await ask() : null;
  return called?.ok ? called.reply : null;
};

/** Who the operator is, and all that waits for the role: each by itself, so that one that fails hides no other. */
export const openDesk = async (): Promise<Called<Desk>> => {
  const who = await describeOperator();
  if (!who.ok) return who;
  const { may } = who.reply;
  const [tasks, acts, alarms] = await Promise.all([
    read(may.includes('reviewCases') || may.includes('decidePartners'), listTasks),
    read(may.includes('seeActs'), listActs),
    read(may.includes('seeAlarms'), listAlarms),
  ]);
  return { ok: true, reply: { who: who.reply, tasks, acts, alarms } };
};
