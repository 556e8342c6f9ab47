import { instant } from '../../../protocol';
import { resources } from '../../../cloudfunctions/resources';
import type { Operators } from '../../../cloudfunctions/_adapters/cloudbase/operators';
import type { Proposal } from '../../../cloudfunctions/_core/operators/critical-act';
import { startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

let under: CloudUnderTest;
let operators: Operators;

beforeAll(async () => {
  under = await startCloudUnderTest({ collections: resources.collections.filter(({ name }) => name === 'proposals') });
  // The adapter's SDK finds the cloud by the environment that has just been set.
  operators = (await import('../../../cloudfunctions/_adapters/cloudbase/operators')).createOperators();
});
afterAll(() => under.close());

it('a proposal is stored once under its id, and the first one stays', async () => {
  const proposal = (proposedBy: string): Proposal => ({
    ...{ id: 'a'.repeat(32), hash: 'b'.repeat(64), proposedBy, proposedAt: instant(1), outbox: [] },
    act: { kind: 'delete_at_counter', target: 'c'.repeat(32), reason: 'number_and_card_seen' },
    state: 'proposed',
  });
  const names = ['one', 'two', 'three'];
  const stored = await Promise.all(names.map((name) => operators.createProposal(proposal(name))));
  expect(stored.filter(Boolean)).toHaveLength(1);
  const [winner = ''] = names.filter((_, at) => stored[at]);
  expect(await operators.createProposal(proposal('late'))).toBe(false);
  expect(await operators.loadProposal('a'.repeat(32))).toEqual(proposal(winner));
});
