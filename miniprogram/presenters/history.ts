import { endReasonTable, purposeTable, type HistoryEntry } from '../protocol';
import { inChina, showDate } from './days';
import { toldByName } from './disclosure';
import { endReason } from './end-reason';
import type { Language } from './guidance';
import { refusedBecause } from './refused-check';

/** One thing that happened, as the history lists it. */
export interface ListedEntry {
  readonly id: string;
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly time: string;
  /** What staff said, where it was a check. */
  readonly look: string;
  /** What to do, where something may be wrong. */
  readonly alarm: string;
}

/** The entries of one day in China. */
export interface ListedDay {
  readonly date: string;
  readonly name: string;
  readonly entries: readonly ListedEntry[];
}

const words = {
  zh: {
    kinds: {
      card_held: '平台停用了电子证',
      card_released: '平台恢复了电子证',
      card_ended: '电子证已被吊销',
      tier_raised: '电子证已在柜台升级',
      card_looked_up: '平台人员查看了您的资料',
      card_suspended: '您停用了电子证',
      card_resumed: '您恢复了电子证',
      card_reinstated: '柜台恢复了电子证',
      kill_code_made: '生成了停用码',
      data_exported: '导出了您的数据',
      card_revoked: '签发方注销了电子证',
      credential_renewed: '电子证换发了新的签名',
      fingerprint_renewed: '重新绑定了指纹',
      face_template_deleted: '人脸特征已删除',
    },
    ended: { suspended: '电子证被停用', revoked: '电子证被吊销' },
    movedAlarm: '如果不是您本人换的手机，请立即停用电子证并到柜台反映。',
    mintings: { card_minted: '办好电子证', card_renewed: '在本机重新办好电子证', card_moved: '电子证换到了另一部手机' },
    fingerprints: { bound: '已绑定指纹', skipped: '未绑定指纹' },
    faceTemplates: { kept: '保存了人脸特征', none: '未保存人脸特征' },
    faces: { same: '人脸核验通过', refused: '人脸核验未通过' },
    faceText: '自拍已销毁',
    faceAlarm: '如果不是您本人，请停用电子证。',
    roles: { reviewer: '审核员', counter: '柜台', partners: '商户管理', security: '安全管理', auditor: '审计' },
    reasons: {
      lost_or_stolen: '证件遗失或被盗',
      fraud: '涉嫌冒用',
      source_ended: '实体身份证已失效',
      holder_asked: '应您的要求',
      court_order: '依法院决定',
    },
    counter: '如有疑问，请到柜台咨询。',
    looks: { same: '工作人员：是本人', unsure: '工作人员：不能确定', different: '工作人员：不是本人' },
    unsaid: '工作人员未填写核对结果',
    told: '告知：',
    destroyed: '办证照片已销毁',
    files: (count: number) => `共 ${String(count)} 张，已彻底删除`,
    refused: '未通过的查验',
    missing: '一条记录缺失',
    missingText: '这条记录曾经写入，现在找不到了。',
    alarm: '如果当时不是您本人，请停用电子证并到柜台反映。',
    missingAlarm: '记录不会自行消失，请到柜台反映。',
    issued: '已领取离线通行码',
    passes: (count: number, until: string) => `${String(count)} 个，每个只能用一次，${until} 失效`,
    usedOffline: (at: string) => `离线查验于 ${at}`,
    usedTwice: (at: string) => `同一个离线通行码在 ${at} 被再次使用`,
    twiceAlarm: '如果您没有出示两次，有人复制了它：请停用电子证并到柜台反映。',
    today: '今天',
  },
  en: {
    kinds: {
      card_held: 'The service stopped the card',
      card_released: 'The service released the card',
      card_ended: 'The card was revoked',
      tier_raised: 'The card was raised at a counter',
      card_looked_up: 'The service looked at your data',
      card_suspended: 'You suspended the card',
      card_resumed: 'You resumed the card',
      card_reinstated: 'Card put right at a counter',
      kill_code_made: 'Kill code made',
      data_exported: 'Your data exported',
      card_revoked: 'The issuer revoked the card',
      credential_renewed: 'The card was signed anew',
      fingerprint_renewed: 'Fingerprint bound anew',
      face_template_deleted: 'Measure of your face deleted',
    },
    ended: { suspended: 'Card suspended', revoked: 'Card revoked' },
    movedAlarm: 'If it was not you who changed phones, suspend the card at once and tell a counter.',
    mintings: {
      card_minted: 'Card made',
      card_renewed: 'Card made anew on this phone',
      card_moved: 'Card moved to another phone',
    },
    fingerprints: { bound: 'with fingerprint', skipped: 'without fingerprint' },
    faceTemplates: { kept: 'a measure of your face is kept', none: 'no measure of your face is kept' },
    faces: { same: 'Your face was confirmed', refused: 'A face was not accepted' },
    faceText: 'The selfie was destroyed',
    faceAlarm: 'If that was not you, suspend the card.',
    roles: {
      reviewer: 'A reviewer',
      counter: 'A counter',
      partners: 'Who registers businesses',
      security: 'A security officer',
      auditor: 'An auditor',
    },
    reasons: {
      lost_or_stolen: 'Lost or stolen',
      fraud: 'Suspected misuse',
      source_ended: 'The identity card has ended',
      holder_asked: 'As you asked',
      court_order: 'By order of a court',
    },
    counter: 'If you have questions, visit a counter.',
    looks: { same: 'Staff: same person', unsure: 'Staff: not sure', different: 'Staff: not the same person' },
    unsaid: 'Staff have not said what they saw',
    told: 'Told: ',
    destroyed: 'Pictures of your enrolment destroyed',
    files: (count: number) => `${String(count)} deleted for good`,
    refused: 'A check that was refused',
    missing: 'An entry is missing',
    missingText: 'It was written once and is not there any more.',
    alarm: 'If that was not you, suspend the card and tell a counter.',
    missingAlarm: 'Entries do not vanish by themselves. Tell a counter.',
    issued: 'Offline passes fetched',
    passes: (count: number, until: string) => `${String(count)}, each for one use, until ${until}`,
    usedOffline: (at: string) => `Checked offline on ${at}`,
    usedTwice: (at: string) => `The same offline pass was used again on ${at}`,
    twiceAlarm: 'If you did not show it twice, somebody copied it: suspend the card and tell a counter.',
    today: 'Today',
  },
} as const;

const icons = {
  card_minted: 'card',
  card_renewed: 'card',
  card_moved: 'card',
  card_suspended: 'pause',
  card_resumed: 'play',
  card_reinstated: 'play',
  card_stopped: 'pause',
  kill_code_made: 'lock',
  data_exported: 'document',
  fingerprint_renewed: 'person',
  face_template_deleted: 'face',
  face_checked: 'face',
  card_revoked: 'pause',
  credential_renewed: 'card',
  card_checked: 'shop',
  check_refused: 'shop',
  passes_issued: 'qr',
  pass_used: 'offline',
  pass_used_twice: 'offline',
  evidence_destroyed: 'check',
  card_looked_up: 'person',
  card_held: 'pause',
  card_released: 'play',
  card_ended: 'pause',
  tier_raised: 'card',
  entry_missing: 'clock',
} as const satisfies Record<HistoryEntry['kind'], string>;

type Dated = Exclude<HistoryEntry, { readonly kind: 'entry_missing' }>;

type PassEntry = Extract<HistoryEntry, { readonly kind: 'pass_used' | 'pass_used_twice' }>;

/** A day and a time in China. */
const momentOf = (at: number, language: Language): string => {
  const { date, time } = inChina(at);
  return `${showDate(date, language)} ${time}`;
};

const passBody = (entry: PassEntry, language: Language): Omit<ListedEntry, 'id' | 'icon' | 'time'> => {
  const said = words[language];
  const place = `${purposeTable[entry.purpose].names[language]} · ${entry.terminal}`;
  const accepted = momentOf(entry.acceptedAt, language);
  if (entry.kind === 'pass_used_twice') {
    return { title: entry.partner[language], text: place, look: said.usedTwice(accepted), alarm: said.twiceAlarm };
  }
  const told = toldByName(entry.claims, false, language).join(language === 'zh' ? '、' : ', ');
  return {
    title: entry.partner[language],
    text: `${place} · ${said.told}${told}`,
    look: said.usedOffline(accepted),
    alarm: '',
  };
};

const bodyOf = (entry: HistoryEntry, language: Language): Omit<ListedEntry, 'id' | 'icon' | 'time'> => {
  const said = words[language];
  switch (entry.kind) {
    case 'card_checked': {
      const told = toldByName(entry.claims, purposeTable[entry.purpose].look, language);
      const place = `${purposeTable[entry.purpose].names[language]} · ${entry.terminal}`;
      return {
        title: entry.partner[language],
        text: `${place} · ${said.told}${told.join(language === 'zh' ? '、' : ', ')}`,
        look: entry.look ? said.looks[entry.look] : said.unsaid,
        alarm: entry.look === 'different' ? said.alarm : '',
      };
    }
    case 'check_refused': {
      const where = `${entry.partner[language]} · ${entry.terminal}`;
      return { title: said.refused, text: where, look: refusedBecause(entry.reason, language), alarm: '' };
    }
    case 'passes_issued':
      return {
        title: said.issued,
        text: said.passes(entry.count, momentOf(entry.expiresAt, language)),
        look: '',
        alarm: '',
      };
    case 'pass_used':
    case 'pass_used_twice':
      return passBody(entry, language);
    case 'evidence_destroyed':
      return { title: said.destroyed, text: said.files(entry.files), look: '', alarm: '' };
    case 'entry_missing':
      return { title: said.missing, text: said.missingText, look: '', alarm: said.missingAlarm };
    case 'card_looked_up':
      return { title: said.kinds[entry.kind], text: said.roles[entry.role], look: '', alarm: '' };
    case 'card_held':
    case 'card_ended':
      return { title: said.kinds[entry.kind], text: said.reasons[entry.reason], look: '', alarm: said.counter };
    case 'card_stopped': {
      const { reason } = entry;
      const title = said.ended[endReasonTable[reason].status];
      return { title, text: endReason(reason, language), look: '', alarm: '' };
    }
    case 'card_minted':
    case 'card_renewed':
    case 'card_moved': {
      const parts = [said.fingerprints[entry.fingerprint], said.faceTemplates[entry.faceTemplate]];
      const alarm = entry.kind === 'card_moved' ? said.movedAlarm : '';
      return { title: said.mintings[entry.kind], text: parts.join(language === 'zh' ? '，' : ', '), look: '', alarm };
    }
    case 'face_checked': {
      const alarm = entry.outcome === 'refused' ? said.faceAlarm : '';
      return { title: said.faces[entry.outcome], text: said.faceText, look: '', alarm };
    }
    case 'card_suspended':
    case 'card_resumed':
    case 'card_reinstated':
    case 'kill_code_made':
    case 'data_exported':
    case 'fingerprint_renewed':
    case 'face_template_deleted':
    case 'card_revoked':
    case 'credential_renewed':
    case 'card_released':
    case 'tier_raised':
      return { title: said.kinds[entry.kind], text: '', look: '', alarm: '' };
  }
};

const listed = (entry: HistoryEntry, at: number | null, language: Language): ListedEntry => ({
  id: 'id' in entry ? entry.id : `missing-${String(entry.number)}`,
  icon: icons[entry.kind],
  time: at === null ? '' : inChina(at).time,
  ...bodyOf(entry, language),
});

const isDated = (entry: HistoryEntry): entry is Dated => entry.kind !== 'entry_missing';

/**
 * The history by days, newest first; an entry that is missing stands with its neighbour.
 * @param now milliseconds since 1970, for the name of the present day
 */
export const listDays = (entries: readonly HistoryEntry[], now: number, language: Language): ListedDay[] => {
  const days = new Map<string, ListedEntry[]>();
  let last = entries.find(isDated)?.at ?? now;
  for (const entry of entries) {
    if (isDated(entry)) last = entry.at;
    const { date } = inChina(last);
    days.set(date, [...(days.get(date) ?? []), listed(entry, isDated(entry) ? entry.at : null, language)]);
  }
  const today = inChina(now).date;
  return [...days].map(([date, ofDay]) => ({
    date,
    name: date === today ? words[language].today : showDate(date, language),
    entries: ofDay,
  }));
};
