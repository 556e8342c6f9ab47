import { endReasonTable, KILL_CODE_GRACE_DAYS, mayBeForgotten, type Card, type EndReason } from '../protocol';
import { inChina, showDate } from './days';
import { tellEnd } from './end-reason';
import type { Language } from './guidance';

/** What a holder can do about the card. */
export type ManageAct =
  'suspend' | 'resume' | 'kill-code' | 'visit' | 'reminder' | 'consents' | 'wards' | 'data-export' | 'deletion';

/** A row of the page from which the card is managed. */
export interface ManageRow {
  readonly act: ManageAct;
  readonly icon: string;
  readonly title: string;
  /** What it is for, or why it cannot be done now. */
  readonly note: string;
  readonly isOpen: boolean;
}

const icons = {
  suspend: 'pause',
  resume: 'play',
  'kill-code': 'lock',
  visit: 'person',
  reminder: 'clock',
  consents: 'shop',
  wards: 'shield',
  'data-export': 'document',
  deletion: 'cross',
} as const satisfies Record<ManageAct, string>;

const words = {
  zh: {
    titles: {
      suspend: '停用虚拟身份卡',
      resume: '恢复虚拟身份卡',
      'kill-code': '停用码',
      visit: '柜台号码',
      reminder: '到期提醒',
      consents: '谁可以查询我的卡',
      wards: '为孩子同意办证',
      'data-export': '导出我的数据',
      deletion: '删除一切',
    },
    suspend: '停用后谁也不能查验，直到您恢复。',
    resume: '恢复后马上可以再用。',
    noCode: '还没有。手机丢了，凭它不用登录就能停用虚拟身份卡。',
    codeSince: (date: string) => `${date}生成。生成新的，旧的 ${String(KILL_CODE_GRACE_DAYS)} 天后失效。`,
    noNewCode: '虚拟身份卡不是由您停用的，现在不能生成停用码。',
    raise: '在柜台升级为彩卡，或请柜台帮忙。',
    help: '请柜台帮忙时，念给工作人员。',
    noVisit: {
      new_document: '请先用新领的身份证重新办理。',
      operator: '了结之前柜台也办不了，所以没有号码。',
      nothing: '柜台也办不了什么，所以没有号码。',
    },
    remind: '未开启。点开后，到期前一个月由微信发一条消息提醒您。',
    willRemind: '已开启：到期前一个月由微信发一条消息。点一下关闭。',
    consents: '您同意过哪些机构以后查询卡是否有效；随时可以撤回。',
    wards: '您是未满 14 周岁孩子的监护人时，在这里同意或撤回。',
    dataExport: '平台保存的关于您的一切，可以看，也可以留存。',
    deletion: '虚拟身份卡和身份资料全部销毁，并给您证明。',
    noDeletion: {
      counter: '虚拟身份卡不是由您停用的，不能在手机上删除。请领柜台号码，带身份证到柜台删除。',
      new_document: '用新领的身份证重新办理后就能删除，在那之前柜台也不能。',
      operator: '了结之前谁也不能删除，柜台也不能。',
      nothing: '被吊销的原因必须留存，谁也不能删除。',
    },
  },
  en: {
    titles: {
      suspend: 'Suspend the card',
      resume: 'Resume the card',
      'kill-code': 'Kill code',
      visit: 'Number for a counter',
      reminder: 'Reminder of the end',
      consents: 'Who may ask about my card',
      wards: "Consent to a child's card",
      'data-export': 'Get my data',
      deletion: 'Delete everything',
    },
    suspend: 'Nobody can check it until you resume it.',
    resume: 'It works again at once.',
    noCode: 'None yet. If the phone is lost, it stops the card without a login.',
    codeSince: (date: string) => `Made on ${date}. A new one ends it ${String(KILL_CODE_GRACE_DAYS)} days later.`,
    noNewCode: 'It was not you who stopped the card, so no code is made now.',
    raise: 'To have the card upgraded to the colour card, or to get help.',
    help: 'Read it out to staff when you need help.',
    noVisit: {
      new_document: 'Enrol anew with your new identity card first.',
      operator: 'Until that is settled a counter can do nothing, so there is none.',
      nothing: 'A counter can do nothing about it, so there is none.',
    },
    remind: 'Off. Tap to get one WeChat message a month before the card ends.',
    willRemind: 'On: one WeChat message a month before the card ends. Tap to switch it off.',
    consents: 'Whom you let ask for a while whether it is valid. Withdraw it at any time.',
    wards: 'As the guardian of a child under 14 you consent here, or take it back.',
    dataExport: 'All that the service keeps about you, to read and to keep.',
    deletion: 'Card and personal data are destroyed, and you get a proof.',
    noDeletion: {
      counter:
        'It was not you who stopped the card, so not on the phone. Get a number and take your identity card to a counter.',
      new_document: 'Once you have enrolled anew with your new identity card, and not before, at a counter either.',
      operator: 'Until that is settled nobody can delete it, a counter either.',
      nothing: 'Why it was revoked must be kept: nobody can delete it.',
    },
  },
} as const;

/** What keeps a counter from a card, too; null where nothing does. */
const keptBackBy = (reason: EndReason | undefined): 'new_document' | 'operator' | 'nothing' | null => {
  if (reason === undefined || mayBeForgotten(reason)) return null;
  const { remedy } = endReasonTable[reason];
  return remedy === 'new_document' || remedy === 'operator' ? remedy : 'nothing';
};

/**
 * The rows for a card as it stands: what cannot be done stays in its place and says why.
 * @param isReminded whether its holder waits to be told that it ends; null where that is not known
 */
export const manageRows = (card: Card, language: Language, isReminded: boolean | null = null): ManageRow[] => {
  const said = words[language];
  const row = (act: ManageAct, note: string, isOpen = true): ManageRow => ({
    act,
    icon: icons[act],
    title: said.titles[act],
    note,
    isOpen,
  });
  const { canResume, text: stoppedByOthers } = tellEnd(card, language);
  // Whoever holds the phone of a card that something else has stopped may not be its holder.
  const isTheirs = card.status !== 'revoked' && stoppedByOthers === '';
  // A guardian's withdrawal keeps nobody from it: whoever enrols anew needs a guardian again.
  const canDelete = isTheirs || card.ended?.reason === 'guardian_withdrew';
  const since = card.killCodeMadeAt;
  const ownBrake =
    card.status === 'valid' ? [row('suspend', said.suspend)] : canResume ? [row('resume', said.resume)] : [];
  const code = since === undefined ? said.noCode : said.codeSince(showDate(inChina(since).date, language));
  const isRunning = card.status === 'valid' || card.status === 'suspended';
  const reminder =
    isReminded === null || !isRunning ? [] : [row('reminder', isReminded ? said.willRemind : said.remind)];
  const kept = keptBackBy(card.ended?.reason);
  const visit = card.status === 'valid' && card.tier === 'light' ? said.raise : said.help;
  return [
    ...ownBrake,
    row('kill-code', isTheirs ? code : said.noNewCode, isTheirs),
    row('visit', kept ? said.noVisit[kept] : visit, kept === null),
    ...reminder,
    row('consents', said.consents),
    row('wards', said.wards),
    row('data-export', said.dataExport),
    row('deletion', canDelete ? said.deletion : said.noDeletion[kept ?? 'counter'], canDelete),
  ];
};
