import { endReasonTable, purposeTable, type HistoryEntry } from '../protocol';
import { inChina, showMoment } from './days';
import { toldByName } from './disclosure';
import { endReason } from './end-reason';
import { guardianEntry } from './guardian';
import type { Language } from './guidance';
import { refusedBecause } from './refused-check';
import { rightsBody } from './rights';

/** One thing that happened, as the history lists it. */
export interface ListedEntry {
  readonly id: string;
  /** Its place in the history. */
  readonly number: number;
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly time: string;
  /** What staff said, where it was a check. */
  readonly look: string;
  /** What to do, where something may be wrong. */
  readonly alarm: string;
}

type Body = Omit<ListedEntry, 'id' | 'number' | 'icon' | 'time'>;

const words = {
  zh: {
    kinds: {
      tier_raised: '虚拟身份卡已在柜台升级',
      card_looked_up: '平台人员查看了您的资料',
      card_suspended: '您停用了虚拟身份卡',
      card_resumed: '您恢复了虚拟身份卡',
      kill_code_made: '生成了停用码',
      data_exported: '导出了您的数据',
      credential_renewed: '虚拟身份卡换发了新的签名',
      fingerprint_renewed: '重新绑定了指纹',
      face_template_deleted: '人脸特征已删除',
    },
    stopped: { suspended: '虚拟身份卡被停用', revoked: '虚拟身份卡被吊销' },
    released: '发证方解除了停用',
    movedAlarm: '如果不是您本人换的手机，请立即停用虚拟身份卡并到柜台反映。',
    mintings: {
      card_minted: '办好虚拟身份卡',
      card_renewed: '在本机重新办好虚拟身份卡',
      card_moved: '虚拟身份卡换到了另一部手机',
    },
    fingerprints: { bound: '已绑定指纹', skipped: '未绑定指纹' },
    faceTemplates: { kept: '保存了人脸特征', none: '未保存人脸特征' },
    faces: { same: '人脸核验通过', refused: '人脸核验未通过' },
    faceText: '自拍已销毁',
    faceAlarm: '如果不是您本人，请停用虚拟身份卡。',
    roles: { reviewer: '审核员', counter: '柜台', partners: '商户管理', security: '安全管理', auditor: '审计' },
    counter: '如有疑问，请到柜台咨询。',
    looks: { same: '工作人员：是本人', unsure: '工作人员：不能确定', different: '工作人员：不是本人' },
    unsaid: '工作人员未填写核对结果',
    told: '告知：',
    destroyed: '办证照片已销毁',
    files: (count: number) => `共 ${String(count)} 张，已彻底删除`,
    refused: '未通过的查验',
    missing: '一条记录缺失',
    missingText: '这条记录曾经写入，现在找不到了。',
    alarm: '如果当时不是您本人，请停用虚拟身份卡并到柜台反映。',
    missingAlarm: '记录不会自行消失，请到柜台反映。',
    issued: '已领取离线通行码',
    passes: (count: number, until: string) => `${String(count)} 个，每个只能用一次，${until} 失效`,
    usedOffline: (at: string) => `离线查验于 ${at}`,
    usedTwice: (at: string) => `同一个离线通行码在 ${at} 被再次使用`,
    twiceAlarm: '如果您没有出示两次，有人复制了它：请停用虚拟身份卡并到柜台反映。',
  },
  en: {
    kinds: {
      tier_raised: 'The card was upgraded at a counter',
      card_looked_up: 'The service looked at your data',
      card_suspended: 'You suspended the card',
      card_resumed: 'You resumed the card',
      kill_code_made: 'Kill code made',
      data_exported: 'Your data exported',
      credential_renewed: 'The card was signed anew',
      fingerprint_renewed: 'Fingerprint bound anew',
      face_template_deleted: 'Measure of your face deleted',
    },
    stopped: { suspended: 'Card suspended', revoked: 'Card revoked' },
    released: 'The issuer lifted a suspension',
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
  },
} as const;

const icons = {
  card_minted: 'card',
  card_renewed: 'card',
  card_moved: 'card',
  card_suspended: 'pause',
  card_resumed: 'play',
  card_stopped: 'pause',
  kill_code_made: 'lock',
  data_exported: 'document',
  fingerprint_renewed: 'person',
  face_template_deleted: 'face',
  face_checked: 'face',
  credential_renewed: 'card',
  card_checked: 'shop',
  check_refused: 'shop',
  passes_issued: 'qr',
  pass_used: 'offline',
  pass_used_twice: 'offline',
  evidence_destroyed: 'check',
  card_looked_up: 'person',
  card_released: 'play',
  tier_raised: 'card',
  partner_reported: 'warn',
  deletion_asked: 'document',
  deletion_answered: 'document',
  consent_withdrawn: 'pause',
  guardian_consented: 'check',
  guardian_withdrew: 'pause',
  entry_missing: 'clock',
} as const satisfies Record<HistoryEntry['kind'], string>;

type Dated = Exclude<HistoryEntry, { readonly kind: 'entry_missing' }>;

type PassEntry = Extract<HistoryEntry, { readonly kind: 'pass_used' | 'pass_used_twice' }>;

const passBody = (entry: PassEntry, language: Language): Body => {
  const said = words[language];
  const place = `${purposeTable[entry.purpose].names[language]} · ${entry.terminal}`;
  const accepted = showMoment(entry.acceptedAt, language);
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

const bodyOf = (entry: HistoryEntry, language: Language): Body => {
  const said = words[language];
  switch (entry.kind) {
    case 'card_checked': {
      // Nobody stands before a server who could compare a portrait.
      const isCompared = entry.mode !== 'asked';
      const told = toldByName(entry.claims, isCompared && purposeTable[entry.purpose].look, language);
      const place = `${purposeTable[entry.purpose].names[language]} · ${entry.terminal}`;
      return {
        title: entry.partner[language],
        text: `${place} · ${said.told}${told.join(language === 'zh' ? '、' : ', ')}`,
        look: entry.look ? said.looks[entry.look] : isCompared ? said.unsaid : '',
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
        text: said.passes(entry.count, showMoment(entry.expiresAt, language)),
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
    case 'card_stopped': {
      const { reason } = entry;
      const { status, by } = endReasonTable[reason];
      const alarm = by === 'operator' ? said.counter : '';
      return { title: said.stopped[status], text: endReason(reason, language), look: '', alarm };
    }
    case 'card_released': {
      const reasons = entry.reasons.map((reason) => endReason(reason, language));
      return { title: said.released, text: reasons.join(language === 'zh' ? '、' : ', '), look: '', alarm: '' };
    }
    case 'card_minted':
    case 'card_renewed':
    case 'card_moved': {
      const parts = [said.fingerprints[entry.fingerprint], said.faceTemplates[entry.faceTemplate]];
      const alarm = entry.kind === 'card_moved' ? said.movedAlarm : '';
      return { title: said.mintings[entry.kind], text: parts.join(language === 'zh' ? '，' : ', '), look: '', alarm };
    }
    case 'guardian_consented':
    case 'guardian_withdrew':
      return { ...guardianEntry(entry, language), look: '', alarm: '' };
    case 'face_checked': {
      const alarm = entry.outcome === 'refused' ? said.faceAlarm : '';
      return { title: said.faces[entry.outcome], text: said.faceText, look: '', alarm };
    }
    case 'partner_reported':
    case 'deletion_asked':
    case 'deletion_answered':
    case 'consent_withdrawn':
      return rightsBody(entry, language);
    case 'card_suspended':
    case 'card_resumed':
    case 'kill_code_made':
    case 'data_exported':
    case 'fingerprint_renewed':
    case 'face_template_deleted':
    case 'credential_renewed':
    case 'tier_raised':
      return { title: said.kinds[entry.kind], text: '', look: '', alarm: '' };
  }
};

/** An entry by itself. */
export const tellEntry = (entry: HistoryEntry, language: Language): ListedEntry =>
  listed(entry, isDated(entry) ? entry.at : null, language);

const listed = (entry: HistoryEntry, at: number | null, language: Language): ListedEntry => ({
  number: entry.number,
  id: 'id' in entry ? entry.id : `missing-${String(entry.number)}`,
  icon: icons[entry.kind],
  time: at === null ? '' : inChina(at).time,
  ...bodyOf(entry, language),
});

/** Whether it is stored, and has a time. */
export const isDated = (entry: HistoryEntry): entry is Dated => entry.kind !== 'entry_missing';
