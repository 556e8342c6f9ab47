import { nextRevisionOf } from '../../../cloudfunctions/_core/card/change-identity';
import { grantedClaims, type Staff } from '../../../cloudfunctions/_core/showing/staff';
import { createShowingWorld, firstTerminal } from '../../support/showing-world';

const staff: Staff = {
  ...firstTerminal,
  grants: [
    { purpose: 'parcel-pickup', claims: ['masked_name', 'masked_number'] },
    { purpose: 'age-check', claims: ['age_over_18'] },
  ],
  quotaUsed: ['age-check'],
};
const refused = (code: string) => ({ ok: false, error: { code } });

describe('what a terminal may be told', () => {
  it('is what it asks for within its registration, or all of it', () => {
    expect(grantedClaims(staff, 'parcel-pickup', undefined)).toEqual({
      ok: true,
      value: ['masked_name', 'masked_number'],
    });
    expect(grantedClaims(staff, 'parcel-pickup', ['masked_name'])).toEqual({ ok: true, value: ['masked_name'] });
    expect(grantedClaims(staff, 'parcel-pickup', [])).toEqual({ ok: true, value: [] });
  });

  it('is nothing beyond its registration, and nothing above the quota of its purpose', () => {
    expect(grantedClaims(staff, 'parcel-pickup', ['masked_name', 'address'])).toEqual(refused('claims_not_granted'));
    expect(grantedClaims(staff, 'train-ticket', undefined)).toEqual(refused('purpose_not_registered'));
    expect(grantedClaims(staff, 'age-check', undefined)).toEqual(refused('quota_used'));
    expect(grantedClaims(staff, 'age-check', ['age_over_18'])).toEqual(refused('quota_used'));
  });
});

it('the next state of an identity is one revision on', () => {
  const identity = createShowingWorld().identity();
  expect(nextRevisionOf(identity, {})).toMatchObject({ revision: identity.revision + 1, key: identity.key });
});
