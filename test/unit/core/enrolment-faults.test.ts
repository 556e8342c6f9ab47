import { failing, InjectedFault, type FaultPlan } from '../../support/asynchronous';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { numberOf, phoneOf, pictures, proofFace, valueOf, vouched, type Phone } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld, laterPorts, type EnrolmentWorld } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';

const key = newKeyPair();
const newKey = newKeyPair();
const whens = ['before', 'after'] as const;

/** One act of a phone after a beginning without fault, and how the phone goes on after the act was interrupted. */
interface Scene<Begun> {
  readonly begin: (phone: Phone, world: EnrolmentWorld) => Promise<Begun>;
  readonly act: (phone: Phone, begun: Begun) => Promise<unknown>;
  readonly goOn: (phone: Phone, begun: Begun, world: EnrolmentWorld) => Promise<void>;
}

const mintFrom = async (phone: Phone, caseId: string): Promise<void> => {
  const matched = valueOf(await phone.matchFace(caseId, pictures.face(0.9, vouched)));
  if (matched.outcome !== 'matched') throw new Error('the face did not match');
  valueOf(await phone.mint(caseId, key, matched.nonce));
};

/** Plays the scene once for each call of a port, failing there once, before or after the call has done its work. */
const failEverywhere = async <Begun>({ begin, act, goOn }: Scene<Begun>): Promise<number> => {
  const play = async (plan: FaultPlan | null): Promise<number> => {
    const world = createEnrolmentWorld();
    const phone = phoneOf(world, accountOf(0));
    const begun = await begin(phone, world);
    const { ports, calls } = failing(world.ports, laterPorts, plan);
    const acted = act(phoneOf(world, accountOf(0), ports), begun);
    if (plan) await expect(acted).rejects.toThrow(InjectedFault);
    else await acted;
    checkEnrolmentInvariantsAtFault(world);
    await goOn(phone, begun, world);
    checkEnrolmentInvariants(world);
    return calls();
  };
  const calls = await play(null);
  for (let at = 1; at <= calls; at += 1) for (const when of whens) await play({ at, when });
  return calls;
};

/** In the middle of a fault pictures may wait to be destroyed or moved, but each of them is still known to its case. */
const checkEnrolmentInvariantsAtFault = ({ cases, evidence }: EnrolmentWorld): void => {
  for (const { id, evidence: known, state } of cases.all()) {
    const named = new Set(
      cases.written
        .filter((written) => written.id === id)
        .flatMap((written) => written.evidence.map(({ file }) => file)),
    );
    const left = evidence.files(id).filter((file) => [...named].some((one) => one === file));
    expect(known.map(({ file }) => file)).toEqual(expect.arrayContaining(left));
    if (state !== 'inReview') expect(evidence.files(id).filter((file) => file.includes('/review/'))).toEqual([]);
  }
};

describe('an interruption at any point', () => {
  it('of the start leaves an enrolment that can be begun again', async () => {
    const calls = await failEverywhere({
      begin: () => Promise.resolve(null),
      act: (phone) => phone.start(),
      goOn: async (phone) => {
        const { caseId, nonce } = await proofFace(phone, 0);
        valueOf(await phone.mint(caseId, key, nonce));
      },
    });
    expect(calls).toBe(2);
  });

  it('of the reading leaves a case that can be read again', async () => {
    const calls = await failEverywhere({
      begin: async (phone) => {
        const caseId = await phone.start();
        valueOf(await phone.readDocument(caseId, pictures.document(0)));
        await phone.matchFace(caseId, pictures.face(0.1, vouched));
        return caseId;
      },
      act: (phone, caseId) => phone.readDocument(caseId, pictures.document(0)),
      goOn: async (phone, caseId) => {
        valueOf(await phone.readDocument(caseId, pictures.document(0)));
        await mintFrom(phone, caseId);
      },
    });
    expect(calls).toBe(7);
  });

  it('of the matching leaves a case that can be matched again, or is matched', async () => {
    const calls = await failEverywhere({
      begin: async (phone) => {
        const caseId = await phone.start();
        valueOf(await phone.readDocument(caseId, pictures.document(0)));
        return caseId;
      },
      act: (phone, caseId) => phone.matchFace(caseId, pictures.face(0.9, vouched)),
      goOn: async (phone, caseId, world) => {
        const found = world.cases.present(caseId);
        // The reply with the nonce was lost with the very last write: the phone begins anew.
        if (found.state === 'faceMatched')
          await proofFace(phone, 0).then(({ caseId: id, nonce }) => phone.mint(id, key, nonce));
        else await mintFrom(phone, caseId);
        expect(world.identities.all()).toHaveLength(1);
      },
    });
    expect(calls).toBe(7);
  });

  it('of a refusal leaves no picture for longer than the next deciding call', async () => {
    const calls = await failEverywhere({
      begin: async (phone) => {
        const caseId = await phone.start();
        valueOf(await phone.readDocument(caseId, pictures.document(0)));
        return caseId;
      },
      act: (phone, caseId) => phone.matchFace(caseId, pictures.face(0.9, { kind: 'no_record' })),
      goOn: async (phone, caseId, world) => {
        await phone.matchFace(caseId, pictures.face(0.9, { kind: 'no_record' }));
        expect(world.cases.present(caseId).state).toBe('refused');
      },
    });
    expect(calls).toBe(7);
  });
});

describe('an interruption of the mint at any point', () => {
  const onlyCard = ({ identities, events }: EnrolmentWorld, caseId: string): void => {
    const [identity, ...more] = identities.all();
    expect(more).toEqual([]);
    expect(identity).toMatchObject({ caseId, person: { number: numberOf(0) }, account: accountOf(0) });
    const cards = new Set(identities.written.map(({ card }) => card.id)).size;
    expect([...events.ofKind('card_minted'), ...events.ofKind('card_moved')]).toHaveLength(cards);
    expect(identity?.eventCount).toBe(2 * cards);
  };

  it('leaves what the same proof finishes, with one card and one event', async () => {
    const calls = await failEverywhere({
      begin: (phone) => proofFace(phone, 0),
      act: (phone, { caseId, nonce }) => phone.mint(caseId, key, nonce),
      goOn: async (phone, { caseId, nonce }, world) => {
        const { card } = valueOf(await phone.mint(caseId, key, nonce));
        expect(valueOf(await phone.mint(caseId, key, nonce)).card).toEqual(card);
        onlyCard(world, caseId);
        expect(world.identities.all()[0]?.card).toMatchObject({ id: card.id, holderKey: key.publicKey });
        expect(world.events.ofKind('card_minted')).toHaveLength(1);
        expect(world.cases.present(caseId)).toMatchObject({ state: 'minted', cardId: card.id });
      },
    });
    // Five of them for a place in a status list, which is the first and is opened.
    expect(calls).toBe(13);
  });

  it('on a new phone leaves what the new phone finishes, in the place of the old card', async () => {
    const calls = await failEverywhere({
      begin: async (phone) => {
        const old = await proofFace(phone, 0);
        valueOf(await phone.mint(old.caseId, key, old.nonce));
        return { old, anew: await proofFace(phone, 0) };
      },
      act: (phone, { anew }) => phone.mint(anew.caseId, newKey, anew.nonce),
      goOn: async (phone, { old, anew }, world) => {
        const { card } = valueOf(await phone.mint(anew.caseId, newKey, anew.nonce));
        onlyCard(world, anew.caseId);
        expect(world.identities.all()[0]?.card).toMatchObject({ id: card.id, holderKey: newKey.publicKey });
        expect(await phone.mint(old.caseId, key, old.nonce)).toMatchObject({ error: { code: 'wrong_step' } });
      },
    });
    // Four more than a first mint's: the two events of the card that is superseded, a load and a replacement.
    // Three of them for a place in a status list.
    expect(calls).toBe(14);
  });

  it('keeps the card from every other account and every other number of the account', async () => {
    await failEverywhere({
      begin: async (phone, world) => ({
        own: await proofFace(phone, 0),
        otherNumber: await proofFace(phone, 1),
        otherAccount: await proofFace(phoneOf(world, accountOf(1)), 0),
      }),
      act: (phone, { own }) => phone.mint(own.caseId, key, own.nonce),
      goOn: async (phone, { own, otherNumber, otherAccount }, world) => {
        const isBound = world.identities.all().length === 1;
        const thief = await phoneOf(world, accountOf(1)).mint(otherAccount.caseId, newKey, otherAccount.nonce);
        if (!isBound) return;
        expect(thief).toEqual({ ok: false, error: { code: 'identity_has_card' } });
        const second = await phone.mint(otherNumber.caseId, newKey, otherNumber.nonce);
        expect(second).toEqual({ ok: false, error: { code: 'account_has_card' } });
        valueOf(await phone.mint(own.caseId, key, own.nonce));
        onlyCard(world, own.caseId);
      },
    });
  });
});
