import { mayDoForPartner, purposeTable, refusalReasons, suspensionReasons, type PartnerReply } from '../protocol';
import { toldByName } from './disclosure';
import type { Language } from './guidance';
import { applicationRefusal, staffRoleName, suspensionReason } from './partner-names';

/** Where a business stands, and what its people can do about it. */
export interface ToldStanding {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
}

/** A purpose as the page of a business lists it. */
export interface ListedGrant {
  readonly id: string;
  readonly name: string;
  /** What a check tells. */
  readonly tells: readonly string[];
  /** How many checks a day, or why it is asked for. */
  readonly note: string;
}

/** What somebody may open from the page of a business. */
export type PartnerEntry = 'amend' | 'purposes' | 'shops' | 'staff' | 'checks';

const words = {
  zh: {
    applied: ['申请审核中', '平台会核对营业执照和用途。通过后即可开店、邀请员工。在此之前可以修改申请。'],
    refused: ['申请没有通过', ''],
    suspended: ['查验已被平台暂停', (why: string) => `原因：${why}。全部店铺暂时不能查验，请负责人联系平台处理。`],
    active: ['正常', '可以查验下列用途。'],
    asking: ['正在申请其他用途', '审核期间，已登记的用途照常使用。'],
    declined: ['上次申请的用途没有通过', (why: string) => `${why}已登记的用途照常使用。`],
    perDay: (count: string) => `每天最多查验 ${count} 次`,
  },
  en: {
    applied: [
      'The application is being looked at',
      'The service compares the licence and the purposes. Once it is approved you open shops and invite staff. Until then you can amend it.',
    ],
    refused: ['The application was refused', ''],
    suspended: [
      'The service has stopped your checks',
      (why: string) => `The reason: ${why}. No shop can check cards for now. The owner contacts the service.`,
    ],
    active: ['Active', 'Cards can be checked for these purposes.'],
    asking: ['Further purposes are asked for', 'Those that you have go on meanwhile.'],
    declined: ['The purposes that you asked for were refused', (why: string) => `${why} Those that you have go on.`],
    perDay: (count: string) => `At most ${count} checks a day`,
  },
} as const;

const refusalOf = ({ reason }: Pick<PartnerReply, 'reason'>, language: Language): string => {
  const known = refusalReasons.find((one) => one === reason);
  return known ? applicationRefusal(known, language) : '';
};

/** Where a business stands. */
export const tellStanding = (partner: PartnerReply, language: Language): ToldStanding => {
  const said = words[language];
  switch (partner.state) {
    case 'applied':
      return { tone: 'info', title: said.applied[0], text: said.applied[1] };
    case 'refused':
      return { tone: 'warn', title: said.refused[0], text: refusalOf(partner, language) };
    case 'suspended': {
      const why = suspensionReasons.find((one) => one === partner.reason);
      const text = why ? said.suspended[1](suspensionReason(why, language)) : '';
      return { tone: 'bad', title: said.suspended[0], text };
    }
    case 'active':
      if (partner.wanted.length > 0) return { tone: 'info', title: said.asking[0], text: said.asking[1] };
      if (partner.reason !== null) {
        return { tone: 'warn', title: said.declined[0], text: said.declined[1](refusalOf(partner, language)) };
      }
      return { tone: 'good', title: said.active[0], text: said.active[1] };
  }
};

const listed = (
  { purpose, claims }: Pick<PartnerReply['grants'][number], 'purpose' | 'claims'>,
  note: string,
  language: Language,
): ListedGrant => ({
  id: purpose,
  name: purposeTable[purpose].names[language],
  tells: toldByName(claims, purposeTable[purpose].look, language),
  note,
});

/** What a business is registered for. */
export const listGrants = ({ grants }: PartnerReply, language: Language): ListedGrant[] =>
  grants.map((grant) => listed(grant, words[language].perDay(String(grant.perDay)), language));

/** What it asks for, with the reason that it gives. */
export const listWanted = ({ wanted }: PartnerReply, language: Language): ListedGrant[] =>
  wanted.map((one) => listed(one, one.why, language));

/** What the one who is logged in may open. */
export const entriesFor = ({ role, state }: PartnerReply): PartnerEntry[] => {
  const isRegistered = state === 'active' || state === 'suspended';
  const entries: PartnerEntry[] = [];
  if (!isRegistered && mayDoForPartner(role, 'askForPurposes')) entries.push('amend');
  if (isRegistered && mayDoForPartner(role, 'seeOwnChecks')) entries.push('checks');
  if (isRegistered && mayDoForPartner(role, 'manageStaff')) entries.push('staff');
  if (isRegistered && mayDoForPartner(role, 'manageShops')) entries.push('shops');
  if (state === 'active' && mayDoForPartner(role, 'askForPurposes')) entries.push('purposes');
  return entries;
};

/** The line under the name: in which role somebody works there. */
export const tellRole = ({ role }: PartnerReply, language: Language): string => staffRoleName(role, language);
