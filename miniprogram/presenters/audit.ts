import type { ListAuditReply } from '../protocol';
import { actName } from './critical-acts';
import { inChina, showDate } from './days';
import type { Language } from './guidance';
import { isReason, reasonName } from './operator-reasons';
import { shortReference } from './reference';

type Words = Readonly<Record<Language, string>>;

/** Whatever operators, businesses and their staff do, by the log's name for it; a newer one is shown as the log has it. */
const kinds: Readonly<Record<string, Words>> = {
  act_proposed: { zh: '提议', en: 'Proposed' },
  act_confirmed: { zh: '确认提议', en: 'Confirmed a proposal' },
  act_withdrawn: { zh: '撤回提议', en: 'Withdrew a proposal' },
  act_carried_out: { zh: '提议已执行', en: 'A proposal was carried out' },
  review_opened: { zh: '查看复核案件', en: 'Looked at a case' },
  review_accepted: { zh: '复核通过', en: 'Accepted a case' },
  review_refused: { zh: '复核拒绝', en: 'Refused a case' },
  card_looked_up: { zh: '查找虚拟身份卡', en: 'Looked a card up' },
  card_held: { zh: '停用虚拟身份卡', en: 'Held a card' },
  card_released: { zh: '恢复虚拟身份卡', en: 'Released a card' },
  visitor_received: { zh: '接待来访者', en: 'Received a visitor' },
  visitor_raised: { zh: '为来访者升级', en: "Raised a visitor's card" },
  audit_read: { zh: '查看操作记录', en: 'Read the audit' },
  alarm_closed: { zh: '关闭告警', en: 'Closed an alarm' },
  partner_applied: { zh: '商户申请', en: 'A business applied' },
  partner_approved: { zh: '批准商户', en: 'Approved a business' },
  partner_refused: { zh: '拒绝商户申请', en: 'Refused a business' },
  partner_suspended: { zh: '暂停商户', en: 'Suspended a business' },
  partner_resumed: { zh: '恢复商户', en: 'Resumed a business' },
  shop_saved: { zh: '保存门店', en: 'Saved a shop' },
  shop_closed: { zh: '关闭门店', en: 'Closed a shop' },
  staff_invited: { zh: '邀请员工', en: 'Invited staff' },
  invitation_withdrawn: { zh: '撤回邀请', en: 'Withdrew an invitation' },
  staff_joined: { zh: '员工加入', en: 'Staff joined' },
  staff_changed: { zh: '调整员工', en: 'Changed staff' },
  staff_removed: { zh: '移除员工', en: 'Removed staff' },
  account_deleted: { zh: '持证人的一切已删除', en: 'All of a holder was deleted' },
};

/** One act as the list shows it. */
export interface ListedAct {
  readonly id: string;
  readonly time: string;
  readonly title: string;
  /** By whom, about what and why, in short. */
  readonly text: string;
  /** The whole entry as the log has it, and the salt with which its leaf is made. */
  readonly content: string;
  readonly salt: string;
}

/** The acts of one day in China. */
export interface AuditDay {
  readonly date: string;
  readonly name: string;
  readonly acts: readonly ListedAct[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What happened, out of the text that the log keeps of it. */
const parse = (content: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(content);
    const happening = isRecord(value) ? value['happening'] : null;
    return isRecord(happening) ? happening : {};
  } catch {
    return {};
  }
};

const actorOf = (entry: Readonly<Record<string, unknown>>): unknown => {
  const { operator, by } = entry;
  if (operator !== undefined || !isRecord(by)) return operator;
  return by['operator'] ?? by['member'];
};

/** A target in short: of an act on a server, its name without all that was decided about it. */
const named = (word: string): string => (word.startsWith('client:') ? (word.split(' ')[0] ?? word) : word);

const spoken = (word: string, language: Language): string =>
  isReason(word) ? reasonName(word, language) : (actName(word, language) ?? shortReference(named(word)));

/** What of an entry stands in the short line, after who acted. */
const told = ['act', 'target', 'case', 'partner', 'proposal', 'alarm', 'shop', 'reason', 'outcome'] as const;

const listed = ({ id, at, salt, content }: ListAuditReply['entries'][number], language: Language): ListedAct => {
  const entry = parse(content);
  const kind = typeof entry['kind'] === 'string' ? entry['kind'] : '';
  const parts = [actorOf(entry), ...told.map((name) => entry[name])].filter((part) => typeof part === 'string');
  return {
    id,
    time: inChina(at).time,
    title: kinds[kind]?.[language] ?? (kind || content),
    text: parts.map((part) => spoken(part, language)).join(' · '),
    content,
    salt,
  };
};

/** The audit by days, newest first. */
export const auditDays = (entries: ListAuditReply['entries'], language: Language): AuditDay[] => {
  const days = new Map<string, ListedAct[]>();
  for (const entry of entries) {
    const { date } = inChina(entry.at);
    days.set(date, [...(days.get(date) ?? []), listed(entry, language)]);
  }
  return [...days].map(([date, acts]) => ({ date, name: showDate(date, language), acts }));
};
