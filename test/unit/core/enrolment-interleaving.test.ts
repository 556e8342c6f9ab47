import fc from 'fast-check';
import { FACE_TRIES } from '../../../cloudfunctions/_core/enrolment/case';
import { interleaved } from '../../support/asynchronous';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { phoneOf, pictures, proofFace, valueOf, vouched, type Phone } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld, laterPorts } from '../../support/enrolment-world';
import { newKeyPair } from '../../support/key-pair';

const keys = [newKeyPair(), newKeyPair()];
const noNonce = 'AAAAAAAAAAAAAAAAAAAAAA';

const faces = {
  good: pictures.face(0.8, vouched),
  doubtful: pictures.face(0.5, vouched),
  foreign: pictures.face(0.1, vouched),
  unknown: pictures.face(0.8, { kind: 'no_record' }),
  unanswered: pictures.face(0.8, { kind: 'unavailable' }),
  blurred: pictures.blurred,
};

/** What one phone does, one call after the other, on one of three cases: two of account 0, one of account 1. */
const script = fc.record({
  caseAt: fc.nat(2),
  /** Whether the calls come from the other account. */
  isStranger: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  key: fc.nat(1),
  calls: fc.array(
    fc.oneof(
      fc.constantFrom('read 0', 'read 1', 'read blurred', 'mint', 'mint'),
      fc.constantFrom<keyof typeof faces>(
        'good',
        'good',
        'good',
        'doubtful',
        'foreign',
        'unknown',
        'unanswered',
        'blurred',
      ),
    ),
    { minLength: 1, maxLength: 7 },
  ),
});

describe('phones that call at the same time', () => {
  it('come to no card without its proofs, to no second card, to no try too many and to no lost picture', async () => {
    let minted = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(script, { minLength: 2, maxLength: 5 }), async (scheduler, scripts) => {
        const world = createEnrolmentWorld();
        const owners = [0, 0, 1];
        const ids: string[] = [];
        for (const owner of owners) {
          const phone = phoneOf(world, accountOf(owner));
          const id = await phone.start();
          valueOf(await phone.readDocument(id, pictures.document(0)));
          ids.push(id);
        }
        const ports = interleaved(world.ports, laterPorts, scheduler);
        const cardsOf = new Map<string, Set<string>>();

        const run = async ({
          caseAt,
          isStranger,
          key,
          calls,
        }: typeof script extends fc.Arbitrary<infer S> ? S : never) => {
          const owner = owners[caseAt] ?? 0;
          const id = ids[caseAt] ?? '';
          const phone: Phone = phoneOf(world, accountOf(isStranger ? 1 - owner : owner), ports);
          for (const call of calls) {
            if (call === 'read blurred') await phone.readDocument(id, pictures.blurred);
            else if (call === 'read 0' || call === 'read 1')
              await phone.readDocument(id, pictures.document(Number(call.at(-1))));
            else if (call === 'mint') {
              const found = world.cases.present(id);
              const result = await phone.mint(id, keys[key] ?? newKeyPair(), 'nonce' in found ? found.nonce : noNonce);
              if (!result.ok) continue;
              expect(isStranger).toBe(false);
              const cards = cardsOf.get(id) ?? new Set();
              cardsOf.set(id, cards.add(result.value.card.id));
            } else {
              const result = await phone.matchFace(id, faces[call]);
              if (!result.ok || result.value.outcome !== 'matched') continue;
              const { nonce } = result.value;
              expect(world.cases.written.some((one) => one.state === 'faceMatched' && one.nonce === nonce)).toBe(true);
            }
          }
        };
        await scheduler.waitFor(Promise.all(scripts.map(run)));

        checkEnrolmentInvariants(world);
        for (const cards of cardsOf.values()) expect(cards.size).toBe(1);
        minted += world.identities.all().length;
      }),
      { numRuns: 150 },
    );
    expect(minted).toBeGreaterThan(0);
  });

  it('cannot dodge a final word of the authority', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
        async (scheduler, reads) => {
          const world = createEnrolmentWorld();
          const caseId = await phoneOf(world, accountOf(0)).start();
          valueOf(await phoneOf(world, accountOf(0)).readDocument(caseId, pictures.document(0)));
          const phone = phoneOf(world, accountOf(0), interleaved(world.ports, laterPorts, scheduler));
          const others = reads.map((isGood) =>
            phone.readDocument(caseId, isGood ? pictures.document(0) : pictures.blurred),
          );
          const [heard] = await scheduler.waitFor(Promise.all([phone.matchFace(caseId, faces.unknown), ...others]));
          checkEnrolmentInvariants(world);
          fc.pre(!heard.ok && heard.error.code === 'authority_no_record');
          expect(world.cases.present(caseId).state).toBe('refused');
        },
      ),
      { numRuns: 80 },
    );
  });

  it('cannot go on after the last failed try', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createEnrolmentWorld();
        const straight = phoneOf(world, accountOf(0));
        const caseId = await straight.start();
        valueOf(await straight.readDocument(caseId, pictures.document(0)));
        for (let tries = 1; tries < FACE_TRIES; tries += 1) await straight.matchFace(caseId, faces.foreign);
        const phone = phoneOf(world, accountOf(0), interleaved(world.ports, laterPorts, scheduler));
        const [heard] = await scheduler.waitFor(
          Promise.all([phone.matchFace(caseId, faces.foreign), phone.readDocument(caseId, pictures.document(0))]),
        );
        checkEnrolmentInvariants(world);
        fc.pre(!heard.ok && heard.error.code === 'faces_differ');
        expect(world.cases.present(caseId).state).toBe('refused');
      }),
      { numRuns: 50 },
    );
  });

  it('share no try', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createEnrolmentWorld();
        const caseId = await phoneOf(world, accountOf(0)).start();
        valueOf(await phoneOf(world, accountOf(0)).readDocument(caseId, pictures.document(0)));
        const phone = phoneOf(world, accountOf(0), interleaved(world.ports, laterPorts, scheduler));
        const calls = Array.from({ length: 12 }, () => phone.matchFace(caseId, faces.foreign));
        await scheduler.waitFor(Promise.all(calls));
        checkEnrolmentInvariants(world);
        const looks = world.looks.filter(({ at }) => at === 'face');
        expect(looks.length).toBe(world.cases.present(caseId).tries.face);
        expect(looks.length).toBeLessThanOrEqual(FACE_TRIES);
      }),
      { numRuns: 50 },
    );
  });
});

describe('mints at the same time', () => {
  it.each([
    ['two accounts that proofed one number', [0, 1], [0, 0]],
    ['one account that proofed two numbers', [0, 0], [0, 1]],
    ['one account that proofed one number twice', [0, 0], [0, 0]],
  ])('of %s leave one card', async (_, accounts, persons) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createEnrolmentWorld();
        const ports = interleaved(world.ports, laterPorts, scheduler);
        const proofed: { caseId: string; nonce: string; account: number }[] = [];
        for (const [at, account] of accounts.entries()) {
          const face = await proofFace(phoneOf(world, accountOf(account)), persons[at] ?? 0);
          proofed.push({ ...face, account });
        }
        const results = await scheduler.waitFor(
          Promise.all(
            proofed.map(({ caseId, nonce, account }, at) =>
              phoneOf(world, accountOf(account), ports).mint(caseId, keys[at] ?? newKeyPair(), nonce),
            ),
          ),
        );
        checkEnrolmentInvariants(world);
        const [identity, ...more] = world.identities.all();
        expect(more).toEqual([]);
        const cards = results.flatMap((result) => (result.ok ? [result.value.card.id] : []));
        expect(cards).toContain(identity?.card.id);
      }),
      { numRuns: 60 },
    );
  });

  it('of one case by two phones leave the card of one key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createEnrolmentWorld();
        const { caseId, nonce } = await proofFace(phoneOf(world, accountOf(0)), 0);
        const phone = phoneOf(world, accountOf(0), interleaved(world.ports, laterPorts, scheduler));
        const results = await scheduler.waitFor(Promise.all(keys.map((key) => phone.mint(caseId, key, nonce))));
        expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
        const won = keys[results.findIndex(({ ok }) => ok)];
        expect(world.identities.all().map(({ card }) => card.holderKey)).toEqual([won?.publicKey]);
        expect(world.events.ofKind('card_minted')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
