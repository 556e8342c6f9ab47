import {
  errorTable,
  refusalReasons,
  staffRoles,
  suspensionReasons,
  type ErrorCode,
  type PartnerReply,
  type StaffRole,
} from '../../../protocol';
import { fileNameOf, listPeriods, periodIds, periodOf } from '../../../miniprogram/presenters/export-periods';
import { entriesFor, listGrants, listWanted, tellStanding } from '../../../miniprogram/presenters/partner';
import { staffRoleName, roleRights } from '../../../miniprogram/presenters/partner-names';
import { tellPartnerRefusal } from '../../../miniprogram/presenters/partner-refusal';
import { tellRefusal } from '../../../miniprogram/presenters/refusal';
import {
  listInvitationLines,
  listShopChoices,
  listStaffLines,
  rolesFor,
  terminalsOf,
} from '../../../miniprogram/presenters/staff';
import { foreignTexts, languages } from './languages';

const shop = {
  id: 'yunqi-road',
  names: { zh: '云栖路店', en: 'Yunqi Road' },
  address: '云栖路218号',
  terminals: ['1', '2'],
};
const partner = (change: Partial<PartnerReply> = {}): PartnerReply => ({
  ok: true,
  partner: 'a'.repeat(32),
  state: 'active',
  reason: null,
  names: { zh: '驿站', en: 'Station' },
  details: null,
  member: 'b'.repeat(32),
  role: 'owner',
  wanted: [],
  grants: [{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 500 }],
  shops: [shop],
  ...change,
});
const wanted = [{ purpose: 'age-check' as const, claims: ['age_over_18' as const], why: 'wine' }];

describe('where a business stands', () => {
  const standings: readonly Partial<PartnerReply>[] = [
    { state: 'applied', wanted },
    ...refusalReasons.map((reason) => ({ state: 'refused' as const, reason, wanted })),
    ...suspensionReasons.map((reason) => ({ state: 'suspended' as const, reason })),
    {},
    { wanted },
    ...refusalReasons.map((reason) => ({ reason })),
  ];

  it.each(languages)('is told in other words for each state and reason, in %s', (language) => {
    const told = standings.map((change) => tellStanding(partner(change), language));
    expect(
      foreignTexts(
        told.flatMap(({ title, text }) => [title, text]),
        language,
      ),
    ).toEqual([]);
    expect(new Set(told.map(({ title, text }) => title + text)).size).toBe(standings.length);
  });

  it('looks good only where nothing is to be done', () => {
    const good = standings.filter((change) => tellStanding(partner(change), 'en').tone === 'good');
    expect(good).toEqual([{}]);
  });

  it('lists what is granted with its quota, and what is asked for with its reason', () => {
    expect(listGrants(partner(), 'en')).toEqual([
      {
        id: 'parcel-pickup',
        name: 'Parcel pickup',
        tells: ['Portrait', 'Masked name'],
        note: 'At most 500 checks a day',
      },
    ]);
    expect(listWanted(partner({ wanted }), 'zh')).toEqual([
      { id: 'age-check', name: '年龄核验', tells: ['是否年满 18 岁'], note: 'wine' },
    ]);
  });

  it('opens to each role what the service lets it do', () => {
    const open = (role: StaffRole, state: PartnerReply['state']) => entriesFor(partner({ role, state }));
    expect(open('owner', 'active')).toEqual(['checks', 'staff', 'shops', 'purposes']);
    expect(open('manager', 'active')).toEqual(['checks', 'staff', 'shops']);
    expect(open('clerk', 'active')).toEqual(['checks']);
    expect(open('owner', 'suspended')).toEqual(['checks', 'staff', 'shops']);
    expect(['applied', 'refused'].map((state) => open('owner', state as PartnerReply['state']))).toEqual([
      ['amend'],
      ['amend'],
    ]);
  });
});

describe('a refusal on the pages of a business', () => {
  it.each(languages)('has words for every code, in %s', (language) => {
    const ofService = (Object.keys(errorTable) as ErrorCode[]).map((code) => tellPartnerRefusal({ code }, language));
    const ofPhone = (['unreachable', 'storage_failed'] as const).map((code) => tellPartnerRefusal({ code }, language));
    const told = [...ofService, ...ofPhone];
    expect(
      foreignTexts(
        told.flatMap(({ title, text }) => [title, text]),
        language,
      ),
    ).toEqual([]);
  });

  it('says more narrowly what a code means there, and else the same', () => {
    const narrower = (Object.keys(errorTable) as ErrorCode[]).filter(
      (code) => tellPartnerRefusal({ code }, 'en').text !== tellRefusal({ code }, 'en').text,
    );
    expect(narrower).toEqual(['request_invalid', 'not_permitted', 'not_found', 'wrong_step']);
  });
});

describe('the staff', () => {
  const at = Date.parse('2026-11-22T23:34:00+08:00');
  const member = (id: string, role: StaffRole, isSelf = false) => ({
    ...{ member: id.repeat(32), role, shop: 'yunqi-road', terminal: '1', joinedAt: at, isSelf },
  });
  const staff = [member('1', 'owner'), member('2', 'manager', true), member('3', 'manager'), member('4', 'clerk')];

  it('begins with the own line, and opens the lines that may be changed', () => {
    const lines = listStaffLines({ staff }, [shop], 'manager', 'en');
    expect(lines.map(({ title, isSelf, isOpen }) => [title, isSelf, isOpen])).toEqual([
      ['Manager', true, true],
      ['Owner', false, false],
      ['Manager', false, false],
      ['Clerk', false, true],
    ]);
    expect(lines[0]).toMatchObject({ place: 'Yunqi Road · 1', since: 'Since 22 Nov 2026' });
    expect(listStaffLines({ staff }, [shop], 'owner', 'en').every(({ isOpen }) => isOpen)).toBe(true);
  });

  it.each(languages)('says where nobody works, or where a shop is gone, in %s', (language) => {
    const [nowhere, gone] = listStaffLines(
      {
        staff: [
          { ...member('1', 'owner'), shop: null, terminal: null },
          { ...member('2', 'clerk'), shop: 'other' },
        ],
      },
      [shop],
      'owner',
      language,
    );
    expect(foreignTexts([nowhere?.place ?? '', gone?.place ?? ''], language)).toEqual([]);
  });

  it('has invitations that are withdrawn by who may give the role', () => {
    const invitations = (['manager', 'clerk'] as const).map((role, index) => ({
      ...{ invitation: String(index).repeat(32), role, shop: 'yunqi-road', terminal: '2', expiresAt: at },
    }));
    const lines = listInvitationLines({ invitations }, [shop], 'manager', 'zh');
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    expect(lines[0]?.since).toBe('2026年11月22日 23:34前有效');
  });

  it('is given roles that the service lets somebody give', () => {
    const ids = (by: StaffRole, isOwnMove = false) => rolesFor(by, isOwnMove, 'en').map(({ id }) => id);
    expect([ids('owner'), ids('manager'), ids('clerk')]).toEqual([['owner', 'manager', 'clerk'], ['clerk'], []]);
    expect([ids('owner', true), ids('manager', true)]).toEqual([['owner', 'manager', 'clerk'], ['manager']]);
    for (const language of languages)
      expect(
        foreignTexts(
          staffRoles.flatMap((role) => [staffRoleName(role, language), roleRights(role, language)]),
          language,
        ),
      ).toEqual([]);
  });

  it('works at the terminals of a shop', () => {
    expect(listShopChoices([shop], 'en')).toEqual([{ id: 'yunqi-road', name: 'Yunqi Road', text: '云栖路218号' }]);
    expect(terminalsOf([shop], 'yunqi-road').map(({ id }) => id)).toEqual(['1', '2']);
    expect(terminalsOf([shop], 'other')).toEqual([]);
  });
});

describe('a period of an export', () => {
  const now = Date.parse('2026-11-22T23:34:00+08:00');
  const midnight = Date.parse('2026-11-23T00:00:00+08:00');

  it('is of whole days in China, the present one with them', () => {
    expect(periodOf('today', now)).toEqual({ from: midnight - 86_400_000, to: midnight });
    expect(periodOf('today', midnight).from).toBe(midnight);
    for (const id of periodIds) expect(periodOf(id, now).to).toBe(midnight);
    expect(periodIds.map((id) => (periodOf(id, now).to - periodOf(id, now).from) / 86_400_000)).toEqual([
      1, 7, 31, 366,
    ]);
  });

  it('names its file by its first and last day', () => {
    expect(fileNameOf(periodOf('week', now))).toBe('checks-2026-11-16-to-2026-11-22.csv');
  });

  it.each(languages)('has a name, in %s', (language) => {
    expect(
      foreignTexts(
        listPeriods(language).map(({ name }) => name),
        language,
      ),
    ).toEqual([]);
  });
});
