import { mayManageRole, staffRoles, type ListStaffReply, type PartnerShop, type StaffRole } from '../protocol';
import { inChina, showDate } from './days';
import type { Language } from './guidance';
import { staffRoleName, roleRights } from './partner-names';

/** A member of staff, or somebody invited, as a list shows them: nobody's name is known. */
export interface ListedPlace {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly since: string;
  readonly isSelf: boolean;
  /** Whether the one who looks may change it. */
  readonly isOpen: boolean;
}

/** Something to be chosen. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

const words = {
  zh: {
    nowhere: '没有安排柜台',
    gone: '已关闭的店铺',
    since: (date: string) => `${date}加入`,
    until: (date: string) => `${date}前有效`,
  },
  en: {
    nowhere: 'At no terminal',
    gone: 'a shop that is closed',
    since: (date: string) => `Since ${date}`,
    until: (date: string) => `Until ${date}`,
  },
} as const;

const placeOf = (
  { shop, terminal }: { readonly shop: string | null; readonly terminal: string | null },
  shops: readonly PartnerShop[],
  language: Language,
): string => {
  if (shop === null || terminal === null) return words[language].nowhere;
  return `${shops.find(({ id }) => id === shop)?.names[language] ?? words[language].gone} · ${terminal}`;
};

/** The staff, the own line first. @param by the role of the one who looks */
export const listStaffLines = (
  { staff }: Pick<ListStaffReply, 'staff'>,
  shops: readonly PartnerShop[],
  by: StaffRole,
  language: Language,
): ListedPlace[] =>
  [...staff]
    .sort((one, other) => Number(other.isSelf) - Number(one.isSelf))
    .map(({ member, role, shop, terminal, joinedAt, isSelf }) => ({
      id: member,
      title: staffRoleName(role, language),
      place: placeOf({ shop, terminal }, shops, language),
      since: words[language].since(showDate(inChina(joinedAt).date, language)),
      isSelf,
      isOpen: isSelf || mayManageRole(by, role),
    }));

/** The invitations that nobody has accepted. */
export const listInvitationLines = (
  { invitations }: Pick<ListStaffReply, 'invitations'>,
  shops: readonly PartnerShop[],
  by: StaffRole,
  language: Language,
): ListedPlace[] =>
  invitations.map(({ invitation, role, shop, terminal, expiresAt }) => ({
    id: invitation,
    title: staffRoleName(role, language),
    place: placeOf({ shop, terminal }, shops, language),
    since: words[language].until(showMoment(expiresAt, language)),
    isSelf: false,
    isOpen: mayManageRole(by, role),
  }));

/** An instant as a day and a time in China. */
export const showMoment = (at: number, language: Language): string => {
  const { date, time } = inChina(at);
  return `${showDate(date, language)} ${time}`;
};

/** The roles that somebody may give: those below the own one, an owner all. Who moves to another place keeps the own role. */
export const rolesFor = (by: StaffRole, isOwnMove: boolean, language: Language): Choice[] =>
  staffRoles
    .filter((role) => (isOwnMove && by !== 'owner' ? role === by : mayManageRole(by, role)))
    .map((role) => ({ id: role, name: staffRoleName(role, language), text: roleRights(role, language) }));

export const listShopChoices = (shops: readonly PartnerShop[], language: Language): Choice[] =>
  shops.map(({ id, names, address }) => ({ id, name: names[language], text: address }));

/** The terminals of a shop. */
export const terminalsOf = (shops: readonly PartnerShop[], shop: string): Choice[] =>
  (shops.find(({ id }) => id === shop)?.terminals ?? []).map((terminal) => ({
    id: terminal,
    name: terminal,
    text: '',
  }));
