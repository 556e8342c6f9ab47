import {
  base64urlEncode,
  createDeletionStatement,
  LIMITED_MS,
  statusType,
  verifyDeletionProof,
  type DeleteAccountReply,
} from '../../../protocol';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import {
  deleteAccount,
  deleteAtCounter,
  DELETION_LIFE_MS,
  prepareDeletion,
} from '../../../cloudfunctions/_core/card/delete-account';
import { suspendCard } from '../../../cloudfunctions/_core/card/holder-card';
import { issueKillCode, killCard } from '../../../cloudfunctions/_core/card/kill-card';
import { suspendIdentity } from '../../../cloudfunctions/_core/card/revoke-card';
import { finishErasures } from '../../../cloudfunctions/_core/jobs/finish-erasures';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { issuer, issuerPublicKey } from '../../support/issuer';
import { newKeyPair, type KeyPair } from '../../support/key-pair';
import {
  createLifeWorld,
  enrolPerson,
  identityOf,
  laterDeletionPorts,
  tryEnrol,
  type LifePorts,
  type LifeWorld,
} from '../../support/life-world';

const account = accountOf(1);
const stranger = accountOf(2);

const order = (challenge: string, key: KeyPair, by = key) =>
  ({
    action: 'deleteAccount',
    statement: createDeletionStatement({ challenge, holderKey: key.publicKey, sign: by.sign }),
  }) as const;

const prepared = async () => {
  const world = createLifeWorld();
  const key = await enrolPerson(world, account, 1);
  const { challenge } = valueOf(await prepareDeletion(world.ports, account));
  return { world, key, challenge };
};

/** Nothing of a person is left, and one event says that something was deleted. */
const expectGone = (world: LifeWorld, reply: DeleteAccountReply): void => {
  expect([world.identities.all(), world.erasures(), world.cases.all()]).toEqual([[], [], []]);
  expect(world.events.ofKind('account_deleted')).toMatchObject([
    { deletion: reply.id, unreadableEvents: reply.unreadableEvents },
  ]);
  expect(world.deletions()).toMatchObject([{ id: reply.id, proof: reply.proof }]);
};

describe('the deletion of an account', () => {
  it('leaves nothing of the person, and proves it', async () => {
    const { world, key, challenge } = await prepared();
    const { eventCount, card } = identityOf(world, account) ?? {};
    const reply = valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
    expectGone(world, reply);
    const { list, index } = card?.credential ?? {};
    expect(world.entries).toEqual([{ place: { list, index }, value: statusType.invalid }]);
    expect([...world.touched]).toEqual([list]);
    const keys = new Map([['issuer-1', issuerPublicKey]]);
    expect(verifyDeletionProof(reply.proof, { keys, verify: verifySignature })).toMatchObject({
      issuer,
      id: reply.id,
      unreadableEvents: eventCount,
      deletedAt: Math.floor(world.clock.now() / 1000),
    });
  });

  it('is answered alike when it is asked for again', async () => {
    const { world, key, challenge } = await prepared();
    const reply = valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
    world.clock.advance(60_000);
    expect(valueOf(await deleteAccount(world.ports, account, order(challenge, key)))).toEqual(reply);
    expect(world.events.ofKind('account_deleted')).toHaveLength(1);
  });

  it('lets the person enrol again as somebody new', async () => {
    const { world, key, challenge } = await prepared();
    const before = identityOf(world, account);
    valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
    await enrolPerson(world, stranger, 1);
    expect(identityOf(world, stranger)).toMatchObject({ key: before?.key, eventCount: 2, killCode: null });
    expect(identityOf(world, stranger)?.dataKey).not.toBe(before?.dataKey);
  });

  it.each<[string, (given: Awaited<ReturnType<typeof prepared>>) => ReturnType<typeof deleteAccount>, string]>([
    [
      'another key',
      ({ world, challenge }) => deleteAccount(world.ports, account, order(challenge, newKeyPair())),
      'key_proof_invalid',
    ],
    [
      'a foreign signature over the right key',
      ({ world, key, challenge }) => deleteAccount(world.ports, account, order(challenge, key, newKeyPair())),
      'key_proof_invalid',
    ],
    [
      'another challenge',
      ({ world, key }) => deleteAccount(world.ports, account, order(base64urlEncode(new Uint8Array(16)), key)),
      'wrong_step',
    ],
    [
      'no statement',
      ({ world }) => deleteAccount(world.ports, account, { action: 'deleteAccount', statement: 'AAAA' }),
      'key_proof_invalid',
    ],
    [
      'another account',
      ({ world, key, challenge }) => deleteAccount(world.ports, stranger, order(challenge, key)),
      'not_found',
    ],
    [
      'a signature that comes late',
      ({ world, key, challenge }) => {
        world.clock.advance(DELETION_LIFE_MS);
        return deleteAccount(world.ports, account, order(challenge, key));
      },
      'wrong_step',
    ],
  ])('is not made by %s', async (_, act, code) => {
    const given = await prepared();
    expect(await act(given)).toEqual({ ok: false, error: { code } });
    expect(identityOf(given.world, account)).not.toBeNull();
  });

  it('does not get round a suspension, and is not had by who has just moved the card', async () => {
    const { world, key, challenge } = await prepared();
    const identity = identityOf(world, account);
    if (!identity) throw new Error('no card');
    valueOf(await suspendIdentity(world.ports, identity.key, 'inquiry'));
    for (const call of [
      prepareDeletion(world.ports, account),
      deleteAccount(world.ports, account, order(challenge, key)),
    ])
      expect(await call).toEqual({ ok: false, error: { code: 'card_not_active' } });

    const moved = createLifeWorld();
    await enrolPerson(moved, account, 1);
    await enrolPerson(moved, account, 1);
    expect(await prepareDeletion(moved.ports, account)).toMatchObject({ error: { code: 'card_limited' } });
    moved.clock.advance(LIMITED_MS);
    valueOf(await prepareDeletion(moved.ports, account));
  });

  it('is open to a holder who pulled the brake', async () => {
    const { world, key, challenge } = await prepared();
    valueOf(await suspendCard(world.ports, account));
    expectGone(world, valueOf(await deleteAccount(world.ports, account, order(challenge, key))));
  });

  it('is had at a counter with the kill code, the card being stopped by it', async () => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    const { code } = valueOf(await issueKillCode(world.ports, account));
    valueOf(await killCard(world.ports, null, code));
    expect(await deleteAtCounter(world.ports, '0000-0000-0000-0000-0000')).toMatchObject({
      error: { code: 'kill_code_unknown' },
    });
    expectGone(world, valueOf(await deleteAtCounter(world.ports, code)));
  });
});

it('a deletion leaves every event in the log, also one whose call was interrupted before it was appended', async () => {
  const world = createLifeWorld();
  await enrolPerson(world, account, 1);
  const { code } = valueOf(await issueKillCode(world.ports, account));
  // The first append is of the kill code's event, which is there already.
  const { ports } = failing<LifePorts>(world.ports, ['appendEvent'], { at: 2, when: 'before' });
  await expect(suspendCard(ports, account)).rejects.toThrow(InjectedFault);
  const { unreadableEvents } = valueOf(await deleteAtCounter(world.ports, code));
  expect(world.events.ofKind('card_suspended')).toHaveLength(1);
  // Those of the card; beside them two of no person, of pictures and of this deletion.
  expect(world.events.all()).toHaveLength(unreadableEvents + 2);
});

describe('a deletion that was interrupted at any point', () => {
  const everywhere = async (goOn: (world: LifeWorld, act: () => ReturnType<typeof deleteAccount>) => Promise<void>) => {
    const play = async (plan: FaultPlan | null): Promise<number> => {
      const { world, key, challenge } = await prepared();
      const { ports, calls } = failing<LifePorts>(world.ports, laterDeletionPorts, plan);
      const act = (used: LifePorts) => deleteAccount(used, account, order(challenge, key));
      if (plan) await expect(act(ports)).rejects.toThrow(InjectedFault);
      else await act(ports);
      await goOn(world, () => act(world.ports));
      return calls();
    };
    const calls = await play(null);
    for (let at = 1; at <= calls; at += 1) for (const when of ['before', 'after'] as const) await play({ at, when });
    return calls;
  };

  it('is finished by the phone that asks again', async () => {
    const calls = await everywhere(async (world, act) => {
      expectGone(world, valueOf(await act()));
    });
    expect(calls).toBeGreaterThanOrEqual(6);
  });

  it('is finished by the timer, or was not begun', async () => {
    const forgetDeletions = () => Promise.resolve(0);
    await everywhere(async (world) => {
      await finishErasures({ ...world.ports, forgetDeletions });
      const [deletion] = world.deletions();
      if (!deletion) {
        expect(identityOf(world, account)).not.toBeNull();
        return;
      }
      expectGone(world, { ok: true, ...deletion });
    });
  });

  it('keeps the place of the person until it is finished', async () => {
    const { world, key, challenge } = await prepared();
    const { ports } = failing<LifePorts>(world.ports, ['forgetErasure'], { at: 1, when: 'before' });
    await expect(deleteAccount(ports, account, order(challenge, key))).rejects.toThrow(InjectedFault);
    const { minted } = await tryEnrol(world, stranger, 1);
    expect(minted).toEqual({ ok: false, error: { code: 'wrong_step' } });
    await finishErasures({ ...world.ports, forgetDeletions: () => Promise.resolve(0) });
    await enrolPerson(world, stranger, 1);
  });
});
