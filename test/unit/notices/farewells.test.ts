import { createOrderStatement, instant } from '../../../protocol';
import { deleteAccount, prepareDeletion } from '../../../cloudfunctions/_core/card/delete-account';
import type { LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { finishErasures } from '../../../cloudfunctions/_core/jobs/finish-erasures';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { accountOf } from '../../support/enrolment-world';
import { createLifeWorld, enrolPerson, identityOf, laterDeletionPorts } from '../../support/life-world';
import { DAY_MS } from '../../support/notice-world';

const account = accountOf(1);

/** A card that a bank and a railway may ask after, one of the consents withdrawn and not told of yet. */
const lent = async () => {
  const world = createLifeWorld();
  for (const client of ['bank', 'railway']) world.notices.register(client);
  const key = await enrolPerson(world, account, 1);
  const found = identityOf(world, account);
  if (!found) throw new Error('nobody');
  const at = world.clock.now();
  const consent = (number: number, client: string, change: Partial<LastingConsent> = {}): LastingConsent => ({
    ...{ number, client, partner: `partner-of-${client}`, purpose: 'bank-account-opening', withdrawnAt: null },
    until: instant(at + DAY_MS),
    ...change,
  });
  const consents = [
    consent(1, 'bank'),
    consent(2, 'railway', { withdrawnAt: at }),
    consent(3, 'railway', { until: at }),
    consent(4, 'bank', { withdrawnAt: at }),
  ];
  world.identities.put({ ...found, consents, unannounced: { since: 1, isCard: true, withdrawn: [2] } });
  const { challenge } = await prepareDeletion(world.ports, account).then((prepared) => {
    if (!prepared.ok) throw new Error(prepared.error.code);
    return prepared.value;
  });
  const statement = createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: key.sign });
  const remove = (ports = world.ports) => deleteAccount(ports, account, { action: 'deleteAccount', statement });
  const told = () =>
    world.notices
      .waiting()
      .map(({ names, ...rest }) => rest)
      .sort((one, other) => one.partner.localeCompare(other.partner));
  const expected = () => [
    {
      ...{ partner: 'partner-of-bank', until: instant(at + DAY_MS) },
      happened: { kind: 'card-status-changed', status: 'unknown', at: world.clock.now() },
    },
    { partner: 'partner-of-railway', until: instant(at + DAY_MS), happened: { kind: 'consent-withdrawn', at } },
  ];
  return { ...world, found, remove, told, expected };
};

describe('a deletion', () => {
  it('is told to whom the holder consented, by the names that they have for the holder', async () => {
    const { found, remove, told, expected, notices, erasures } = await lent();
    expect(await remove()).toMatchObject({ ok: true });
    expect(told()).toEqual(expected());
    for (const { names, partner } of notices.waiting()) {
      expect(names).toEqual(notices.ports.drawNames(found, partner));
    }
    expect(erasures()).toEqual([]);
  });

  it('is told nobody where nobody may ask, or nobody hears', async () => {
    const { remove: by, ports, notices } = await lent();
    const sealed = jest.fn(ports.sealNotice);
    const remove = () => by({ ...ports, sealNotice: sealed });
    for (const client of ['bank', 'railway']) notices.register(client, { events: null });
    await remove();
    expect(notices.lines()).toEqual([]);
    expect(sealed).not.toHaveBeenCalled();
    const alone = createLifeWorld();
    const key = await enrolPerson(alone, account, 1);
    const prepared = await prepareDeletion(alone.ports, account);
    if (!prepared.ok) throw new Error('not prepared');
    const { challenge } = prepared.value;
    const statement = createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: key.sign });
    expect(await deleteAccount(alone.ports, account, { action: 'deleteAccount', statement })).toMatchObject({
      ok: true,
    });
    expect(alone.notices.lines()).toEqual([]);
  });

  it('is in the log, and its proof is kept, also where nothing can be put into the lines', async () => {
    const { remove, ports, erasures, deletions, events } = await lent();
    const loadNoticeLine = () => Promise.reject(new Error('not there'));
    await expect(remove({ ...ports, loadNoticeLine })).rejects.toThrow('not there');
    const [erasure] = erasures();
    expect(deletions()).toMatchObject([{ id: erasure?.id }]);
    expect(events.ofKind('account_deleted')).toMatchObject([{ deletion: erasure?.id }]);
  });

  it('seals nothing for who does not hear', async () => {
    const { remove, ports, notices, erasures } = await lent();
    notices.register('railway', { state: 'ended' });
    await remove({ ...ports, forgetErasure: () => Promise.resolve() });
    const [erasure] = erasures();
    if (!erasure?.farewells) throw new Error('no farewells');
    const kept = ports.openFarewells(erasure.id, erasure.farewells);
    expect(kept.map(({ client }) => client)).toEqual(['bank']);
  });

  it('says in what is left of it neither to whom nor what', async () => {
    const { remove, ports, found, notices, erasures } = await lent();
    const never = { ...ports, forgetErasure: () => Promise.resolve() };
    await remove(never);
    const text = JSON.stringify(erasures());
    const { holder } = notices.ports.drawNames(found, 'partner-of-bank');
    for (const secret of ['bank', 'railway', 'unknown', holder]) expect(text).not.toContain(secret);
  });

  it('is told once wherever it is interrupted, and the job has finished it', async () => {
    const { remove, ports } = await lent();
    const { ports: counted, calls } = failing(ports, laterDeletionPorts, null);
    await remove(counted);
    for (let at = 1; at <= calls(); at += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = await lent();
        const plan: FaultPlan = { at, when };
        await world
          .remove(failing(world.ports, laterDeletionPorts, plan).ports)
          .catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
        await finishErasures({ ...world.ports, forgetDeletions: () => Promise.resolve(0) });
        // Where it came to nothing it is asked for again.
        await world.remove();
        expect(world.told()).toEqual(world.expected());
        expect(world.erasures()).toEqual([]);
      }
    }
  });
});
