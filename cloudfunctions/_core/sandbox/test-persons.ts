import {
  calendarDate,
  cardId,
  checkedIdNumber,
  identityKey,
  instant,
  type CardStatus,
  type IdentityKey,
  type Tier,
} from '../../../protocol';
import type { Identity, Person } from '../card/identity';
import type { Stops } from '../card/stops';
import type { SealedKey } from '../sealed-key';
import { testPortrait } from './test-portrait';

/** Somebody who is not, and whose card the sandbox tells of: as much of an identity as answers and statuses are made of. */
export interface TestPerson extends Pick<Identity, 'key' | 'dataKey' | 'person'> {
  /** How inputs name the person. */
  readonly id: string;
  /** What the person is there for. */
  readonly names: { readonly zh: string; readonly en: string };
  /** How the card stands when it is asked after later: whoever answers has a valid one meanwhile. */
  readonly later: CardStatus['status'];
  /** Whether the person withdraws what lasts, soon after agreeing. */
  readonly withdraws: boolean;
  readonly card: Pick<Identity['card'], 'id' | 'tier' | 'mintedAt' | 'validTo' | 'stops'>;
}

const MINTED_AT = instant(Date.UTC(2026, 0, 5, 2));
const LAST_DAY = calendarDate('2099-12-31');
const OVER = calendarDate('2026-01-31');

const stopsOf = (later: TestPerson['later']): Stops => {
  if (later === 'suspended') return [{ reason: 'by_holder', at: MINTED_AT }];
  return later === 'revoked' ? [{ reason: 'ended_by_holder', at: MINTED_AT }] : [];
};

interface Row {
  readonly id: string;
  readonly names: TestPerson['names'];
  readonly tier: Tier;
  readonly later: TestPerson['later'];
  readonly withdraws?: true;
  readonly person: Pick<Person, 'name' | 'sex' | 'birthDate' | 'ethnicity' | 'validTo'> & { readonly number: string };
}

/**
 * The region 990101 is nobody's (GB/T 2260 gives out none that begin with 99), so that no number is a person's; their check characters hold, since
 * servers look at them.
 */
const rows: readonly Row[] = [
  {
    id: 'adult',
    names: { zh: '成年人，full 级', en: 'an adult with a full card' },
    ...{ tier: 'full', later: 'valid' },
    person: {
      ...{ name: '林样例', sex: 'male', birthDate: '1990-03-15', number: '990101199003159917' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'light',
    names: { zh: '成年人，light 级', en: 'an adult with a light card' },
    ...{ tier: 'light', later: 'valid' },
    person: {
      ...{ name: '沈样例', sex: 'female', birthDate: '1998-09-05', number: '990101199809059923' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'child',
    names: { zh: '儿童，light 级', en: 'a child with a light card' },
    ...{ tier: 'light', later: 'valid' },
    person: {
      ...{ name: '林小样', sex: 'female', birthDate: '2020-05-20', number: '990101202005209927' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'sparse',
    names: {
      zh: '证件长期有效、民族未读出',
      en: 'an adult whose document has no end, and no ethnicity that could be read',
    },
    ...{ tier: 'full', later: 'valid' },
    person: {
      ...{ name: '周样例', sex: 'male', birthDate: '1956-06-23', number: '990101195606239934' },
      ...{ ethnicity: null, validTo: null },
    },
  },
  {
    id: 'suspended-later',
    names: { zh: '同意后卡片停用', en: 'an adult whose card is suspended afterwards' },
    ...{ tier: 'full', later: 'suspended' },
    person: {
      ...{ name: '何样例', sex: 'female', birthDate: '1978-03-11', number: '990101197803119949' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'revoked-later',
    names: { zh: '同意后卡片撤销', en: 'an adult whose card is revoked afterwards' },
    ...{ tier: 'full', later: 'revoked' },
    person: {
      ...{ name: '高样例', sex: 'male', birthDate: '1985-11-08', number: '990101198511089957' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'expired-later',
    names: { zh: '同意后卡片到期', en: 'an adult whose card expires afterwards' },
    ...{ tier: 'full', later: 'expired' },
    person: {
      ...{ name: '马样例', sex: 'female', birthDate: '1972-01-27', number: '990101197201279961' },
      ...{ ethnicity: '回', validTo: '2099-12-31' },
    },
  },
  {
    id: 'deleted-later',
    names: { zh: '同意后注销账户', en: 'an adult who deletes the account afterwards' },
    ...{ tier: 'full', later: 'unknown' },
    person: {
      ...{ name: '罗样例', sex: 'male', birthDate: '1994-12-30', number: '990101199412309971' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
  {
    id: 'withdrawn-later',
    names: { zh: '同意后撤回授权', en: 'an adult who withdraws the consent afterwards' },
    ...{ tier: 'full', later: 'valid', withdraws: true },
    person: {
      ...{ name: '谢样例', sex: 'female', birthDate: '1989-08-14', number: '990101198908149989' },
      ...{ ethnicity: '汉', validTo: '2099-12-31' },
    },
  },
];

const keyOf = (ordinal: number): IdentityKey => identityKey(String(ordinal).padStart(64, '0'));

/** The key of the first of them. */
export const adultKey = keyOf(1);

/** Everybody whom the sandbox knows. */
export const testPersons: readonly TestPerson[] = rows.map(
  ({ id, names, tier, later, withdraws = false, person }, at) => ({
    ...{ id, names, later, withdraws },
    key: keyOf(at + 1),
    // Stands for a data key: from it the sandbox draws what it names the person by, and nothing is sealed under it.
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- a brand that no sealing has made, since none is needed
    dataKey: `test person ${id}` as SealedKey,
    card: {
      ...{ id: cardId(String(at + 1).padStart(32, '0')), tier, mintedAt: MINTED_AT, stops: stopsOf(later) },
      validTo: later === 'expired' ? OVER : LAST_DAY,
    },
    person: {
      ...person,
      number: checkedIdNumber(person.number),
      address: '沙盒省测试市样例路1号',
      issuingAuthority: '测试市公安局样例分局',
      validFrom: '2020-01-01',
      portrait: testPortrait,
    },
  }),
);

/** The test person of a key; null for none. */
export const testPersonOf = (key: IdentityKey): TestPerson | null =>
  testPersons.find((person) => person.key === key) ?? null;
