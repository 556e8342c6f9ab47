import fc from 'fast-check';
import {
  DELETION_ANSWER_MS,
  eventId,
  instant,
  validators,
  type AccountKey,
  type DeletionAnswer,
  type ListDeletionRequestsReply,
} from '../../../protocol';
import {
  answerDeletionRequest,
  listDeletionRequests,
  type DeletionRequestPorts,
} from '../../../cloudfunctions/_core/partners/deletion-requests';
import type { DeletionRequest } from '../../../cloudfunctions/_core/rights/deletion-request';
import { removeStaff } from '../../../cloudfunctions/_core/partners/staff';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { joined, registered } from '../../support/partner-steps';
import { createPartnerWorld } from '../../support/partner-store';
import { createRequestStore } from '../../support/rights-world';

const [owner, manager, clerk] = [accountOf(1), accountOf(2), accountOf(3)];
const refused = (code: string) => ({ ok: false, error: { code } });
const idOf = (number: number) => eventId(number.toString(16).padStart(32, '0'));

/** A partner with staff, and requests to it and to another. @param ages how long before now each was asked */
const asked = async (ages: readonly number[]) => {
  const world = createPartnerWorld();
  const { partner, shop } = await registered(world, owner);
  const managing = await joined(world.ports, owner, manager, 'manager', shop);
  await joined(world.ports, owner, clerk, 'clerk', shop);
  const store = createRequestStore();
  const make = (id: number, of: string, age: number): DeletionRequest => ({
    ...{ id: idOf(id), check: idOf(1000 + id), checkedAt: instant(0), partner: of, shop, terminal: 'counter-1' },
    ...{ purpose: 'parcel-pickup', claims: ['masked_name'], receipt: 'a.receipt.signed' },
    ...{ askedAt: instant(world.clock.now() - age), answered: null },
  });
  for (const [index, age] of ages.entries()) {
    await store.ports.keepDeletionRequest(make(2 * index + 1, partner, age));
    await store.ports.keepDeletionRequest(make(2 * index + 2, 'another', age));
  }
  const ports: DeletionRequestPorts = { now: world.clock.now, loadMember: world.ports.loadMember, ...store.ports };
  const all = async (state: 'open' | 'answered', by: AccountKey = owner) => {
    const seen: ListDeletionRequestsReply['requests'] = [];
    let after: ListDeletionRequestsReply['next'] = null;
    do {
      const reply: ListDeletionRequestsReply = valueOf(
        await listDeletionRequests(ports, by, { action: 'listDeletionRequests', state, ...(after && { after }) }),
      );
      expect(validators.ListDeletionRequestsReply(reply)).toBe(true);
      seen.push(...reply.requests);
      after = reply.next;
    } while (after);
    return seen;
  };
  const answer = (id: number, said: DeletionAnswer, by: AccountKey = owner) =>
    answerDeletionRequest(ports, by, { action: 'answerDeletionRequest', request: idOf(id), answer: said });
  return { world, ports, store, managing, all, answer };
};

describe('the requests to a partner', () => {
  it('are listed page by page, the oldest first, each once, and none of another’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { maxLength: 50 }), async (ages) => {
        const { all } = await asked(ages);
        const seen = await all('open');
        expect(new Set(seen.map(({ request }) => request)).size).toBe(ages.length);
        expect(seen).toHaveLength(ages.length);
        const times = seen.map(({ askedAt }) => askedAt);
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }),
      { numRuns: 30 },
    );
  });

  it('are for owner and manager, not for a clerk, a stranger or who was removed', async () => {
    const { world, ports, answer, managing, all } = await asked([0]);
    expect(await all('open', manager)).toHaveLength(1);
    for (const by of [clerk, accountOf(9)]) {
      const list = { action: 'listDeletionRequests', state: 'open' } as const;
      expect(await listDeletionRequests(ports, by, list)).toEqual(refused('not_permitted'));
      expect(await answer(1, 'deleted', by)).toEqual(refused('not_permitted'));
    }
    valueOf(await removeStaff(world.ports, owner, { action: 'removeStaff', member: managing }));
    expect(await answer(1, 'deleted', manager)).toEqual(refused('not_permitted'));
  });

  it('are answered once; the same again is harmless, another answer refused', async () => {
    const { answer, all, store } = await asked([0]);
    valueOf(await answer(1, 'legal_dispute', manager));
    valueOf(await answer(1, 'legal_dispute'));
    expect(await answer(1, 'deleted')).toEqual(refused('wrong_step'));
    expect(await answer(1, 'cannot_erase')).toEqual(refused('wrong_step'));
    expect(await all('open')).toEqual([]);
    expect(await all('answered')).toMatchObject([{ answered: { answer: 'legal_dispute' } }]);
    // Who answered stays with the service: the holder has no business with the staff's names.
    expect(store.all()[0]?.answered?.member).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(await all('answered'))).not.toContain('member');
  });

  it('are not answered for another partner, nor where there is none', async () => {
    const { answer, store } = await asked([0]);
    for (const id of [2, 99]) expect(await answer(id, 'deleted')).toEqual(refused('not_found'));
    expect(store.all().every(({ answered }) => answered === null)).toBe(true);
  });

  it('are overdue after fifteen days, until they are answered', async () => {
    const { all, answer } = await asked([DELETION_ANSWER_MS, DELETION_ANSWER_MS + 1]);
    expect((await all('open')).map(({ isOverdue }) => isOverdue)).toEqual([true, false]);
    valueOf(await answer(3, 'deleted'));
    expect((await all('answered'))[0]).toMatchObject({ isOverdue: false });
  });
});
