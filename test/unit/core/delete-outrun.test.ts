import { deletionId } from '../../../protocol';
import { deleteAtCounter } from '../../../cloudfunctions/_core/card/delete-account';
import { prepareExport } from '../../../cloudfunctions/_core/card/export-data';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, type LifePorts } from '../../support/life-world';

const account = accountOf(1);

describe('a deletion', () => {
  it('at a counter is not outrun by whoever has the phone and changes the identity without a pause', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    const card = identityOf(world, account)?.card.id;
    if (!card) throw new Error('no card');
    let left = 30;
    const outrun: LifePorts = {
      ...world.ports,
      loadIdentityByCard: async (id) => {
        const found = await world.ports.loadIdentityByCard(id);
        left -= 1;
        if (left > 0) valueOf(await prepareExport(world.ports, account));
        return found;
      },
    };
    const reply = valueOf(await deleteAtCounter(outrun, card, deletionId('d'.repeat(32))));
    expect([world.identities.all(), world.erasures(), world.cases.all()]).toEqual([[], [], []]);
    expect(world.deletions()).toMatchObject([{ id: reply.id, proof: reply.proof }]);
  });
});
