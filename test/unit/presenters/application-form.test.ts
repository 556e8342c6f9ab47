import fc from 'fast-check';
import { purposeIds, purposeTable, validators, type PartnerReply } from '../../../protocol';
import {
  applicationOf,
  draftOf,
  emptyDraft,
  faultsOfDraft,
  faultsOfWanted,
  tidyCode,
  toggledClaim,
  toggledPurpose,
  wantedOf,
  withPurpose,
  type Draft,
} from '../../../miniprogram/presenters/application-form';
import { drawPurposes, listCategories, listContacts } from '../../../miniprogram/presenters/drawn-application';
import {
  faultsOfShop,
  newShop,
  shopOf,
  withoutTerminal,
  withTerminal,
  withTerminalName,
} from '../../../miniprogram/presenters/shop-form';
import { foreignTexts, languages } from './languages';

const filled: Draft = {
  zh: ' 听雨路  快递驿站 ',
  en: 'Tingyu Road Parcel Station',
  creditCode: '9135 0100 m000 100y 43',
  category: 'parcel',
  address: '杭州市听雨路36号',
  contactRole: 'manager',
  wanted: [{ purpose: 'parcel-pickup', claims: ['masked_number', 'masked_name'], why: 'handing out\nparcels' }],
};

const reply = (change: Partial<PartnerReply> = {}): PartnerReply => ({
  ok: true,
  partner: 'a'.repeat(32),
  state: 'applied',
  reason: null,
  names: { zh: '驿站', en: 'Station' },
  details: {
    names: { zh: '驿站', en: 'Station' },
    creditCode: '91350100M000100Y43',
    category: 'parcel',
    address: '听雨路36号',
    contactRole: 'manager',
  },
  member: 'b'.repeat(32),
  role: 'owner',
  wanted: [{ purpose: 'age-check', claims: ['age_over_18'], why: 'wine' }],
  grants: [],
  shops: [],
  ...change,
});

describe('an application', () => {
  it('is sent tidied, as the service takes it', () => {
    expect(faultsOfDraft(filled, 'en')).toEqual({});
    const application = applicationOf(filled);
    expect(application).toMatchObject({
      names: { zh: '听雨路 快递驿站', en: 'Tingyu Road Parcel Station' },
      creditCode: '91350100M000100Y43',
      wanted: [{ purpose: 'parcel-pickup', claims: ['masked_name', 'masked_number'], why: 'handing out parcels' }],
    });
    expect(validators.ApplyAsPartnerRequest({ action: 'applyAsPartner', ...application })).toBe(true);
    expect(applicationOf({ ...filled, category: null })).toBeNull();
    expect(applicationOf({ ...filled, contactRole: null })).toBeNull();
  });

  it.each(languages)('marks all that is missing, in %s', (language) => {
    const faults = faultsOfDraft(emptyDraft, language);
    const fields = ['zh', 'en', 'creditCode', 'category', 'address', 'contactRole', 'purposes'];
    expect(Object.keys(faults)).toEqual(fields);
    expect(foreignTexts(Object.values(faults), language)).toEqual([]);
  });

  it.each([
    ['9135', '4'],
    ['9135O100M000100Y43', 'I, O, S'],
    ['91350A00M000100Y43', 'third'],
    ['91350100M000100Y44', 'licence'],
  ])('says what is wrong with the code %s', (creditCode, words) => {
    expect(faultsOfDraft({ ...filled, creditCode }, 'en')).toEqual({
      creditCode: expect.stringContaining(words) as string,
    });
  });

  it('passes what it finds no fault with through the service’s schema, whatever is typed', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('=1+1', '@a', '<b>', '云栖', 'a.b', "O'Hara & Co"),
    );
    fc.assert(
      fc.property(text, text, text, (name, address, why) => {
        const draft = withPurpose({ ...filled, zh: name, address }, 'parcel-pickup', { why });
        const sent = { action: 'applyAsPartner', ...applicationOf(draft) };
        expect(validators.ApplyAsPartnerRequest(sent)).toBe(Object.keys(faultsOfDraft(draft, 'zh')).length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('chooses a purpose with all that its policy gives, and never more', () => {
    for (const purpose of purposeIds) {
      const chosen = toggledPurpose(emptyDraft, purpose);
      expect(chosen.wanted).toEqual([{ purpose, claims: purposeTable[purpose].claims, why: '' }]);
      expect(toggledPurpose(chosen, purpose).wanted).toEqual([]);
    }
    const chosen = toggledPurpose(emptyDraft, 'parcel-pickup');
    const fewer = toggledClaim(chosen, 'parcel-pickup', 'masked_number');
    expect(fewer.wanted[0]?.claims).toEqual(['masked_name']);
    expect(wantedOf(toggledClaim(chosen, 'parcel-pickup', 'address'))[0]?.claims).toEqual([
      'masked_name',
      'masked_number',
    ]);
    const none = toggledClaim(fewer, 'parcel-pickup', 'masked_name');
    expect(Object.keys(faultsOfWanted(none, 'en'))).toEqual(['claims:parcel-pickup', 'why:parcel-pickup']);
  });

  it('is amended from what was sent, and asks for further purposes beside those that there are', () => {
    const draft = draftOf(reply(), 'en');
    expect(faultsOfDraft(draft, 'en')).toEqual({});
    expect(applicationOf(draft)).toMatchObject({ names: { zh: '驿站' }, wanted: reply().wanted });
    const grants = [
      { purpose: 'parcel-pickup' as const, claims: ['masked_name' as const], perDay: 5 },
      { purpose: 'age-check' as const, claims: ['age_over_18' as const], perDay: 5 },
    ];
    for (const language of languages) {
      const further = draftOf(reply({ state: 'active', grants }), language);
      expect(further.wanted.map(({ purpose }) => purpose)).toEqual(['parcel-pickup', 'age-check']);
      expect(faultsOfWanted(further, language)).toEqual({});
    }
  });

  it.each(languages)('lists what can be chosen, in %s', (language) => {
    const purposes = drawPurposes(toggledPurpose(emptyDraft, 'hotel-check-in'), {}, language);
    expect(purposes.filter(({ isChosen }) => isChosen).map(({ id }) => id)).toEqual(['hotel-check-in']);
    for (const list of [listCategories(language), listContacts(language), purposes]) {
      const names = list.map(({ name }) => name);
      expect(foreignTexts(names, language)).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('reads a code as licences print it', () => {
    expect(tidyCode(' 9135-0100 m000100y43 ')).toBe('91350100M000100Y43');
  });
});

describe('a shop', () => {
  const shop = { ...newShop, zh: '店', en: 'Shop', address: '听雨路36号', terminals: [{ id: 0, name: ' 1 ' }] };

  it('is sent as the service takes it', () => {
    expect(faultsOfShop(shop, 'en')).toEqual({});
    const old = shopOf(shop, 'yunqi-road');
    expect(old).toMatchObject({ shop: 'yunqi-road', terminals: ['1'] });
    for (const sent of [old, shopOf(shop, null)])
      expect(validators.SaveShopRequest({ action: 'saveShop', ...sent })).toBe(true);
  });

  it('marks what is missing, and a terminal that is there twice', () => {
    expect(Object.keys(faultsOfShop(newShop, 'en')).sort()).toEqual(['0', 'address', 'en', 'zh']);
    const two = withTerminalName(withTerminal(shop), 1, '1');
    for (const language of languages) {
      const faults = faultsOfShop(two, language);
      expect(Object.keys(faults)).toEqual(['1']);
      expect(foreignTexts(Object.values(faults), language)).toEqual([]);
    }
    expect(faultsOfShop(withoutTerminal(two, 0), 'en')).toEqual({});
    // A terminal that is added later is none of those that were there.
    expect(withTerminal(withoutTerminal(two, 0)).terminals.map(({ id }) => id)).toEqual([1, 2]);
  });
});
