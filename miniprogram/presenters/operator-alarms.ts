import { purposeTable, type ListAlarmsReply } from '../protocol';
import { showWait } from './days';
import type { Language } from './guidance';
import { reportReason } from './rights';

/** An alarm as the list shows it. */
export interface ToldAlarm {
  readonly alarm: string;
  readonly title: string;
  readonly text: string;
  readonly waits: string;
  /** The partner that it is about: what a suspension would be proposed for; empty where it is about none. */
  readonly partner: string;
}

const words = {
  zh: {
    kinds: {
      over_quota: '当日次数用完，已停到午夜',
      unusual_rate: '一小时内查验异常多',
      partner_reported: '持证人举报',
      stored_faces: { near: '存储的人脸接近须备案的数量', reached: '存储的人脸已达到须备案的数量' },
    },
    faces: (count: number) => `共 ${String(count)} 张，满 100000 张后 30 个工作日内须向网信部门备案`,
    count: (count: number) => `${String(count)} 次`,
  },
  en: {
    kinds: {
      over_quota: "The day's quota is used; stopped until midnight",
      unusual_rate: 'Unusual rate in one hour',
      partner_reported: 'Reported by a holder',
      stored_faces: { near: 'Stored faces near what must be filed', reached: 'Stored faces to be filed' },
    },
    faces: (count: number) =>
      `${String(count)} stored; from 100,000 on they are filed with the cyberspace authority within 30 working days`,
    count: (count: number) => `${String(count)} checks`,
  },
} as const;

/** Tells an alarm. @param now milliseconds since 1970 */
export const tellAlarm = (one: ListAlarmsReply['alarms'][number], now: number, language: Language): ToldAlarm => {
  const said = words[language];
  const waits = showWait(now - one.at, language);
  if (one.kind === 'stored_faces') {
    const title = said.kinds.stored_faces[one.level];
    return { alarm: one.alarm, title, text: said.faces(one.count), waits, partner: '' };
  }
  const { alarm, kind, partner, names, purpose } = one;
  const what = one.kind === 'partner_reported' ? reportReason(one.reason, language) : said.count(one.count);
  return {
    alarm,
    title: said.kinds[kind],
    text: `${names?.[language] ?? partner} · ${purposeTable[purpose].names[language]} · ${what}`,
    waits,
    partner,
  };
};
