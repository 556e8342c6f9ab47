import {
  base64urlEncode,
  cardId,
  createOrderStatement,
  deletionId,
  endReasons,
  endReasonTable,
  fileId,
  LIMITED_MS,
  publicKeyToBase64url,
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
import { issueKillCode } from '../../../cloudfunctions/_core/card/kill-card';
import { ENROLMENTS_OF_ACCOUNT } from '../../../cloudfunctions/_core/enrolment/start-enrolment';
import { stopIdentity } from '../../../cloudfunctions/_core/card/stop-card';
import { refuse } from '../../../cloudfunctions/_core/result';
import { finishErasures } from '../../../cloudfunctions/_core/jobs/finish-erasures';
import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { phoneOf, valueOf } from '../../support/enrolment-steps';
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
    statement: createOrderStatement('deletion', { challenge, holderKey: key.publicKey, sign: by.sign }),
  }) as const;

const prepared = async () => {
  const world = createLifeWorld();
  const key = await enrolPerson(world, account, 1);
  const { challenge, keys } = valueOf(await prepareDeletion(world.ports, account));
  return { world, key, challenge, keys };
};

/** Nothing of a person is left, and one event says that something was deleted. */
const expectGone = (world: LifeWorld, reply: DeleteAccountReply): void => {
  expect([world.identities.all(), world.erasures(), world.cases.all()]).toEqual([[], [], []]);
  expect(world.events.ofKind('account_deleted')).toMatchObject([
    { deletion: reply.id, unreadableEvents: reply.unreadableEvents },
  ]);
  expect(world.deletions()).toMatchObject([{ id: reply.id, proof: reply.proof }]);
  expect(world.unqueued.size).toBe(1);
  expect([...world.unreminded]).toEqual([account]);
};

describe('the deletion of an account', () => {
  it('leaves nothing of the person, and proves it', async () => {
    const { world, key, challenge, keys: told } = await prepared();
    const { eventCount, card } = identityOf(world, account) ?? {};
    const reply = valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
    expectGone(world, reply);
    const { list, index } = card?.credential ?? {};
    expect(world.entries).toEqual([{ place: { list, index }, value: statusType.invalid }]);
    expect([...world.touched]).toEqual([list]);
    expect(told).toEqual([{ kid: 'issuer-1', key: publicKeyToBase64url(issuerPublicKey) }]);
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
    expect(identityOf(world, stranger)).toMatchObject({ key: before?.key, eventCount: 2, killCodes: [] });
    expect(identityOf(world, stranger)?.dataKey).not.toBe(before?.dataKey);
  });

  it('begins no enrolment more of the day’s', async () => {
    const { world, key, challenge } = await prepared();
    valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
    const phone = phoneOf(world, account, world.ports);
    for (let begun = 1; begun < ENROLMENTS_OF_ACCOUNT.most; begun += 1) await phone.start();
    await expect(phone.start()).rejects.toThrow('too_many_tries');
    world.clock.advance(ENROLMENTS_OF_ACCOUNT.windowMs);
    await phone.start();
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
    valueOf(await stopIdentity(world.ports, identity.key, 'inquiry'));
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

  it('is had at a counter for the very card that was decided about, once', async () => {
    const { world } = await prepared();
    const [id, other] = [deletionId('d'.repeat(32)), deletionId('e'.repeat(32))];
    const found = identityOf(world, account);
    if (!found) throw new Error('no card');
    const { card } = found;
    expect(await deleteAtCounter(world.ports, cardId('0'.repeat(32)), id)).toEqual(refuse('not_found'));
    valueOf(await stopIdentity(world.ports, found.key, 'kill_code'));
    const reply = valueOf(await deleteAtCounter(world.ports, card.id, id));
    expectGone(world, reply);
    expect(valueOf(await deleteAtCounter(world.ports, card.id, id))).toEqual(reply);
    // Whoever enrols again has another card, which the decision was not about.
    await enrolPerson(world, account, 1);
    expect(valueOf(await deleteAtCounter(world.ports, card.id, id))).toEqual(reply);
    expect(await deleteAtCounter(world.ports, card.id, other)).toEqual(refuse('not_found'));
    expect(identityOf(world, account)).not.toBeNull();
  });

  it.each(endReasons)('at a counter forgets nothing that no enrolment asks for anew: %s', async (reason) => {
    const world = createLifeWorld();
    await enrolPerson(world, account, 1);
    const found = identityOf(world, account);
    if (!found) throw new Error('no card');
    valueOf(await stopIdentity(world.ports, found.key, 'by_holder'));
    valueOf(await stopIdentity(world.ports, found.key, reason));
    const deleted = await deleteAtCounter(world.ports, found.card.id, deletionId('d'.repeat(32)));
    const mayGo = ['holder', 'face', 'guardian'].includes(endReasonTable[reason].remedy);
    expect(deleted.ok ? 'ok' : deleted.error.code).toBe(mayGo ? 'ok' : 'card_not_active');
    expect(identityOf(world, account) === null).toBe(mayGo);
  });
});

it('a deletion leaves every event in the log, also one whose call was interrupted before it was appended', async () => {
  const world = createLifeWorld();
  await enrolPerson(world, account, 1);
  const { card } = identityOf(world, account) ?? {};
  if (!card) throw new Error('no card');
  valueOf(await issueKillCode(world.ports, account));
  // The first append is of the kill code's event, which is there already.
  const { ports } = failing<LifePorts>(world.ports, ['appendEvent'], { at: 2, when: 'before' });
  await expect(suspendCard(ports, account)).rejects.toThrow(InjectedFault);
  const { unreadableEvents } = valueOf(await deleteAtCounter(world.ports, card.id, deletionId('d'.repeat(32))));
  expect(world.events.ofKind('card_suspended')).toHaveLength(1);
  // Those of the card; beside them two of no person, of pictures and of this deletion.
  expect(world.events.all()).toHaveLength(unreadableEvents + 2);
});

it('a deletion is proved at once, and is over once no enrolment names a picture any more', async () => {
  const { world, key, challenge } = await prepared();
  const [minted] = world.cases.all();
  if (!minted) throw new Error('no enrolment');
  const file = fileId(`cloud://env.bucket/review/${minted.id}/0`);
  const named = { ...minted, revision: minted.revision + 1, evidence: [{ file, shows: 'selfie' }] } as const;
  await world.ports.replaceCase(minted, named);
  const reply = valueOf(await deleteAccount(world.ports, account, order(challenge, key)));
  expect([world.cases.all(), world.erasures().length, world.deletions().length]).toEqual([[named], 1, 1]);
  await world.ports.replaceCase(named, { ...named, revision: named.revision + 1, evidence: [] });
  await finishErasures({ ...world.ports, forgetDeletions: () => Promise.resolve(0) });
  expectGone(world, reply);
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
