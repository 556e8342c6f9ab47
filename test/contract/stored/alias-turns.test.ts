import { accountKey, instant, type AccountKey } from '../../../protocol';
import { resources } from '../../../cloudfunctions/resources';
import type { Members } from '../../../cloudfunctions/_adapters/cloudbase/members';
import { startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

let under: CloudUnderTest;
let members: Members;
let terminals = 0;

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: resources.collections.filter(({ name }) => name === 'staff') });
  // The adapter's SDK finds the cloud by the environment that has just been set.
  members = (await import('../../../cloudfunctions/_adapters/cloudbase/members')).createMembers();
});
afterAll(() => under.close());

/** A terminal that has never looked a number up. */
const newTerminal = async (): Promise<AccountKey> => {
  terminals += 1;
  const key = accountKey(String(terminals).padStart(64, 'a'));
  await members.createMember(
    {
      ...{ account: key, partner: 'courier', member: 'm'.repeat(32), role: 'clerk' },
      ...{ place: { shop: 'yunqi', terminal: '1' }, state: 'active', joinedAt: instant(1) },
    },
    { partner: 'courier', partnerState: 'active', grants: [], asOf: instant(1) },
  );
  return key;
};

const MOST = 20;
/** How many of so many turns are had, taken at once. */
const take = async (key: AccountKey, minute: number, many: number): Promise<number> => {
  const taken = await Promise.all(Array.from({ length: many }, () => members.takeAliasTurn(key, minute, MOST)));
  return taken.filter(Boolean).length;
};

describe('a terminal’s turns at looking numbers up', () => {
  it('are as many as there are in a minute, whatever comes at once', async () => {
    const key = await newTerminal();
    for (const minute of [5, 6, 9]) expect(await take(key, minute, 60)).toBe(MOST);
    expect(await take(key, 9, 3)).toBe(0);
  });

  it('of an earlier minute are those of the minute that has begun', async () => {
    const key = await newTerminal();
    expect(await take(key, 7, MOST - 2)).toBe(MOST - 2);
    expect(await take(key, 6, 5)).toBe(2);
    expect(await take(key, 7, 5)).toBe(0);
  });

  it('come back into their own minute alone, and no more than were taken', async () => {
    const key = await newTerminal();
    await members.returnAliasTurn(key, 7);
    expect(await take(key, 7, MOST + 5)).toBe(MOST);
    await members.returnAliasTurn(key, 6);
    expect(await take(key, 7, 5)).toBe(0);
    await members.returnAliasTurn(key, 7);
    expect(await take(key, 7, 5)).toBe(1);
    for (let turn = 0; turn < MOST + 5; turn += 1) await members.returnAliasTurn(key, 7);
    expect(await take(key, 7, MOST + 5)).toBe(MOST);
  });

  it('are nobody’s who is no staff', async () => {
    expect(await take(accountKey('f'.repeat(64)), 7, 3)).toBe(0);
  });
});
