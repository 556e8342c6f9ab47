import fc from 'fast-check';
import { claimNames, purposeIds, purposeTable, validators, type WantedPurpose } from '../../../protocol';
import {
  draftGrants,
  listGrants,
  readGrants,
  toggleClaim,
  togglePurpose,
  typePerDay,
} from '../../../miniprogram/presenters/grant-draft';

const wantedOf = fc.uniqueArray(
  fc.record({
    purpose: fc.constantFrom(...purposeIds),
    claims: fc.uniqueArray(fc.constantFrom(...claimNames), { minLength: 1 }),
    why: fc.constant('because'),
  }),
  { minLength: 1, maxLength: 8, selector: ({ purpose }) => purpose },
);
const taps = fc.array(
  fc.oneof(
    fc.record({ tap: fc.constant('purpose' as const), purpose: fc.constantFrom(...purposeIds) }),
    fc.record({
      tap: fc.constant('claim' as const),
      purpose: fc.constantFrom(...purposeIds),
      claim: fc.constantFrom(...claimNames, 'constructor'),
    }),
    fc.record({
      tap: fc.constant('perDay' as const),
      purpose: fc.constantFrom(...purposeIds),
      text: fc.constantFrom('1', '0', '1e9', '999999', '', '12345678'),
    }),
  ),
);

describe('what is granted', () => {
  it('is never more than was asked for and policy gives, whatever is tapped, and fits the wire', () => {
    fc.assert(
      fc.property(wantedOf, taps, (wanted: WantedPurpose[], tapped) => {
        let drafts = draftGrants(wanted, []);
        for (const one of tapped) {
          if (one.tap === 'purpose') drafts = togglePurpose(drafts, one.purpose);
          else if (one.tap === 'claim') drafts = toggleClaim(drafts, wanted, one.purpose, one.claim);
          else drafts = typePerDay(drafts, one.purpose, one.text);
        }
        const grants = readGrants(drafts);
        if (typeof grants === 'string') return;
        expect(validators.ApprovePartnerRequest({ action: 'approvePartner', partner: 'p', askedAt: 0, grants })).toBe(
          true,
        );
        for (const { purpose, claims } of grants) {
          const want = wanted.find((one) => one.purpose === purpose);
          for (const claim of claims) {
            expect(want?.claims).toContain(claim);
            expect(purposeTable[purpose].claims).toContain(claim);
          }
        }
      }),
    );
  });

  it('begins with all that may be granted, and with what the business has', () => {
    const wanted: WantedPurpose[] = [
      { purpose: 'parcel-pickup', claims: ['address', 'masked_name'], why: 'w' },
      { purpose: 'age-check', claims: ['name'], why: 'w' },
    ];
    const had = [{ purpose: 'parcel-pickup' as const, claims: ['masked_name' as const], perDay: 77 }];
    const drafts = draftGrants(wanted, had);
    expect(readGrants(drafts)).toEqual([{ purpose: 'parcel-pickup', claims: ['masked_name'], perDay: 77 }]);
    expect(listGrants(drafts, wanted, 'en')).toMatchObject([
      {
        isGranted: true,
        canGrant: true,
        claims: [
          { id: 'address', isBeyond: true },
          { id: 'masked_name', isBeyond: false },
        ],
      },
      { isGranted: false, canGrant: false },
    ]);
  });

  it('is refused with what is wrong', () => {
    const wanted: WantedPurpose[] = [{ purpose: 'age-check', claims: ['age_over_18'], why: 'w' }];
    const drafts = draftGrants(wanted, []);
    expect(readGrants(togglePurpose(drafts, 'age-check'))).toBe('nothing');
    expect(readGrants(toggleClaim(drafts, wanted, 'age-check', 'age_over_18'))).toBe('claims');
    for (const text of ['', '0', '-3', '1.5', '1000000', 'many']) {
      expect(readGrants(typePerDay(drafts, 'age-check', text))).toBe('per-day');
    }
  });
});
