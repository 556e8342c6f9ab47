import { identityKey, instant } from '../../../protocol';
import { resources } from '../../../cloudfunctions/resources';
import type { createVisits } from '../../../cloudfunctions/_adapters/cloudbase/visits';
import type { Visit } from '../../../cloudfunctions/_core/operators/visit';
import { startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

let under: CloudUnderTest;
let visits: ReturnType<typeof createVisits>;

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: resources.collections.filter(({ name }) => name === 'visits') });
  // The adapter's SDK finds the cloud by the environment that has just been set.
  visits = (await import('../../../cloudfunctions/_adapters/cloudbase/visits')).createVisits();
});
afterAll(() => under.close());

const visit = (identity: string, expiresAt: number): Visit => ({
  ...{ id: 'one number', by: 'killCode', expiresAt: instant(expiresAt), operator: null, tries: 0 },
  subject: { kind: 'card', identity: identityKey(identity.repeat(64)) },
});

it('a number is in use while its visit lives, and the next visit at it is whole and one', async () => {
  const begun = visit('a', 100);
  expect(await visits.createVisit(begun, instant(0))).toBe(true);
  const claimed = await visits.claimVisit(begun.id, 'operator', instant(1));
  expect(claimed).toEqual({ ...begun, operator: 'operator' });
  if (claimed) expect(await visits.countTry(claimed)).toBe(true);
  expect(await visits.createVisit(visit('b', 199), instant(99))).toBe(false);
  expect(await visits.claimVisit(begun.id, 'operator', instant(99))).toMatchObject({ tries: 1 });

  const next = ['c', 'd', 'e'].map((identity) => visit(identity, 200));
  const created = await Promise.all(next.map((one) => visits.createVisit(one, instant(100))));
  expect(created.filter(Boolean)).toHaveLength(1);
  const expected = next.find((_, at) => created[at]);
  expect(await visits.claimVisit(begun.id, 'colleague', instant(101))).toEqual({ ...expected, operator: 'colleague' });
});
