import fc from 'fast-check';
import { openGuardianCall } from '../../../cloudfunctions/_core/guardian/consent';
import { callGuardian } from '../../../cloudfunctions/_core/guardian/guardian-call';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import type { AuthorityAnswer } from '../../../cloudfunctions/_core/enrolment/authority';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { enrolmentChallenge } from '../../../protocol';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { bind, consent, match, mint, read, type Model } from '../../support/enrolment-model';
import { FIRST_CHILD, numberOf, phoneOf, pictures } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { createGuardianWorld, heard, openGuardian } from '../../support/guardian-world';
import { newKeyPair } from '../../support/key-pair';
import { createSensor } from '../../support/soter';

/** One call on one of the cases so far, which `caseAt` counts from the first, by its own account or by a stranger. */
type Step =
  | { readonly call: 'start'; readonly account: number }
  | { readonly call: 'read'; readonly isOwn: boolean; readonly caseAt: number; readonly person: number | null }
  | {
      readonly call: 'match';
      readonly isOwn: boolean;
      readonly caseAt: number;
      readonly similarity: number | null;
      readonly authority: AuthorityAnswer;
    }
  | {
      readonly call: 'bind';
      readonly isOwn: boolean;
      readonly caseAt: number;
      /** What the phone answers: the finger's signature, one for another case, or one that WeChat does not know. */
      readonly shows: 'genuine' | 'forged' | 'malformed' | number;
    }
  | {
      readonly call: 'mint';
      readonly isOwn: boolean;
      readonly caseAt: number;
      readonly key: number;
      /** Whose nonce the key signs: that of the case itself, or of another. */
      readonly nonceOf: number | 'own';
    }
  | {
      readonly call: 'consent';
      readonly caseAt: number;
      readonly word: 'confirmed' | 'not_guardian' | 'unknown' | 'unavailable';
    }
  | { readonly call: 'wait'; readonly ms: number };

const keys = [newKeyPair(), newKeyPair()];
/** The adult who consents for every child. */
const ADULT = 9;
const noNonce = 'AAAAAAAAAAAAAAAAAAAAAA';

const isOwn = fc.integer({ min: 0, max: 5 }).map((chance) => chance > 0);
const caseAt = fc.nat(3);
const person = fc.constantFrom(0, 1, FIRST_CHILD, FIRST_CHILD + 1);
const authority = fc.oneof(
  fc.constantFrom<AuthorityAnswer>(
    { kind: 'no_record' },
    { kind: 'no_photo' },
    { kind: 'selfie_unusable' },
    { kind: 'unavailable' },
  ),
  fc.constantFrom(0, 49.9, 50, 69.9, 70, 100).map((similarity): AuthorityAnswer => ({ kind: 'compared', similarity })),
);
const vouching = fc.constant<AuthorityAnswer>({ kind: 'compared', similarity: 88 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ call: fc.constant('start'), account: fc.nat(1) }) },
  {
    weight: 4,
    arbitrary: fc.record({ call: fc.constant('read'), isOwn, caseAt, person: fc.option(person, { freq: 3 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      call: fc.constant('match'),
      isOwn,
      caseAt,
      similarity: fc.option(fc.constantFrom(-0.2, 0.419, 0.43, 0.549, 0.56, 0.7, 0.9, 1), { freq: 6 }),
      authority: fc.oneof(authority, vouching),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      call: fc.constant('bind'),
      isOwn,
      caseAt,
      shows: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('genuine' as const, 'forged' as const, 'malformed' as const) },
        { weight: 1, arbitrary: caseAt },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      call: fc.constant('mint'),
      isOwn,
      caseAt,
      key: fc.nat(1),
      nonceOf: fc.oneof({ weight: 4, arbitrary: fc.constant('own' as const) }, { weight: 1, arbitrary: caseAt }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constant('consent'),
      caseAt,
      word: fc.constantFrom('confirmed' as const, 'confirmed', 'not_guardian', 'unknown', 'unavailable'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ call: fc.constant('wait'), ms: fc.constantFrom(1, CASE_LIFE_MS / 2, CASE_LIFE_MS) }),
  },
);

/** The straight way to a card, so that random steps also start from where it is interesting. */
const enrolment = (at: number, who: number, whom: number): Step[] => [
  { call: 'start', account: who },
  { call: 'read', isOwn: true, caseAt: at, person: whom },
  { call: 'match', isOwn: true, caseAt: at, similarity: 0.9, authority: { kind: 'compared', similarity: 88 } },
];
const beginnings = fc.constantFrom<Step[]>(
  [],
  enrolment(0, 0, 0).slice(0, 2),
  [...enrolment(0, 0, FIRST_CHILD).slice(0, 2), { call: 'consent', caseAt: 0, word: 'unknown' }],
  [
    ...enrolment(0, 1, FIRST_CHILD).slice(0, 2),
    { call: 'consent', caseAt: 0, word: 'confirmed' },
    ...enrolment(0, 1, FIRST_CHILD).slice(2),
  ],
  [...enrolment(0, 0, 0), ...enrolment(1, 0, 1)],
  [...enrolment(0, 0, 0), ...enrolment(1, 1, 0)],
  [...enrolment(0, 0, 0), { call: 'mint', isOwn: true, caseAt: 0, key: 0, nonceOf: 'own' }, ...enrolment(1, 0, 0)],
);

describe('an enrolment, step by step', () => {
  it('does what the model says, whatever is called by whom on whose case', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(beginnings, fc.array(step, { minLength: 5, maxLength: 40 }), async (beginning, steps) => {
        const world = createGuardianWorld();
        const adult = await openGuardian(world, { person: ADULT });
        // How often a number may be asked for has a test of its own.
        const unlimited = { ...world.ports, takeTurn: () => Promise.resolve(true) };
        const consentTo = async (caseId: string, account: number): Promise<string> => {
          const called = await callGuardian(unlimited, accountOf(account), { action: 'callGuardian', caseId });
          if (!called.ok) return called.error.code;
          const { number } = called.value;
          const opened = await openGuardianCall(unlimited, adult.account, { action: 'openGuardianCall', number });
          if (!opened.ok) return opened.error.code;
          return heard(await adult.consent(number, opened.value), ({ guardian }) => guardian);
        };
        const model: Model = { now: 0, cases: [], cards: new Map(), fingers: new Map() };
        const ids: string[] = [];

        const nonceOf = (at: number): string => {
          const found = world.cases.all().find(({ id }) => id === ids[at]);
          return found && 'nonce' in found ? found.nonce : noNonce;
        };

        for (const taken of [...beginning, ...steps]) {
          if (taken.call === 'wait') {
            world.clock.advance(taken.ms);
            model.now += taken.ms;
            continue;
          }
          if (taken.call === 'start') {
            if (ids.length >= 4) continue;
            ids.push(await phoneOf(world, accountOf(taken.account)).start());
            model.cases.push({
              account: taken.account,
              startedAt: model.now,
              state: 'started',
              person: null,
              guardian: 'none',
              documentTries: 0,
              faceTries: 0,
              key: null,
              fingerTries: 0,
              isFingerBound: false,
            });
            continue;
          }
          const id = ids[taken.caseAt];
          const found = model.cases[taken.caseAt];
          if (id === undefined || !found) continue;
          if (taken.call === 'consent') {
            world.authoritySays(taken.word);
            const said = await consentTo(id, found.account);
            expect(`consent: ${said}`).toBe(`consent: ${consent(model, found, taken.word)}`);
            reached.add(`consent: ${said}`);
            continue;
          }
          const phone = phoneOf(world, accountOf(taken.isOwn ? found.account : 1 - found.account));
          const before = world.cases.present(id);

          let heard: string;
          let due: string;
          if (taken.call === 'read') {
            const shown = taken.person === null ? pictures.blurred : pictures.document(taken.person);
            const result = await phone.readDocument(id, shown);
            heard = result.ok ? 'ok' : result.error.code;
            due = taken.isOwn ? read(model, found, taken.person) : 'not_found';
          } else if (taken.call === 'match') {
            const { similarity } = taken;
            const shown = similarity === null ? pictures.blurred : pictures.face(similarity, taken.authority);
            const result = await phone.matchFace(id, shown);
            heard = result.ok ? result.value.outcome : result.error.code;
            due = taken.isOwn ? match(model, found, similarity, taken.authority) : 'not_found';
          } else if (taken.call === 'bind') {
            const { shows } = taken;
            const signedFor = typeof shows === 'number' ? shows : taken.caseAt;
            const signs = { caseId: ids[signedFor] ?? id, nonce: nonceOf(signedFor) };
            const sensor = createSensor(accountOf(shows === 'forged' ? 7 : found.account));
            const touched = sensor.touch(enrolmentChallenge(signs, sha256));
            const result = await phone.bind(id, shows === 'malformed' ? { ...touched, resultJson: '{' } : touched);
            heard = result.ok ? 'ok' : result.error.code;
            const isGenuine = signs.caseId === id && signs.nonce === nonceOf(taken.caseAt);
            due = taken.isOwn
              ? bind(model, found, isGenuine && shows !== 'forged' && shows !== 'malformed')
              : 'not_found';
          } else {
            const signed = nonceOf(taken.nonceOf === 'own' ? taken.caseAt : taken.nonceOf);
            const signsOwnNonce = signed === nonceOf(taken.caseAt) && signed !== noNonce;
            const result = await phone.mint(id, keys[taken.key] ?? newKeyPair(), signed);
            heard = result.ok ? 'ok' : result.error.code;
            due = taken.isOwn ? mint(model, taken.caseAt, found, taken.key, signsOwnNonce) : 'not_found';
          }
          expect(`${taken.call}: ${heard}`).toBe(`${taken.call}: ${due}`);
          reached.add(`${taken.call}: ${heard}`);

          const after = world.cases.present(id);
          expect(after.state).toBe(found.state);
          expect(after.tries).toEqual({
            document: found.documentTries,
            face: found.faceTries,
            fingerprint: found.fingerTries,
          });
          if (!taken.isOwn) expect(after).toBe(before);
        }

        const cards = [...model.cards].map(([whom, at]) => [numberOf(whom), accountOf(model.cases[at]?.account ?? 9)]);
        const ofHolders = world.identities.all().filter((one) => one.account !== adult.account);
        const minted = ofHolders.map(({ person: { number }, account: holder }) => [number, holder]);
        expect(minted.sort()).toEqual(cards.sort());
        checkEnrolmentInvariants(world);
        const withFinger = ofHolders.filter(({ stepUp }) => stepUp.fingerprint !== null);
        expect(withFinger.map(({ person: { number } }) => String(number)).sort()).toEqual(
          [...model.fingers].flatMap(([whom, has]) => (has ? [numberOf(whom)] : [])).sort(),
        );
      }),
      { numRuns: 400 },
    );
    // The steps are worth nothing where they do not get there.
    expect(
      [
        'read: ok',
        'read: not_found',
        'read: wrong_step',
        'match: matched',
        'match: retake',
        'match: faces_differ',
        'match: not_found',
        'match: guardian_needed',
        'consent: given',
        'consent: unconfirmed',
        'consent: not_guardian',
        'consent: wrong_step',
        'bind: ok',
        'bind: not_found',
        'bind: wrong_step',
        'bind: fingerprint_invalid',
        'mint: ok',
        'mint: not_found',
        'mint: wrong_step',
        'mint: key_proof_invalid',
        'mint: identity_has_card',
        'mint: account_has_card',
      ].filter((outcome) => !reached.has(outcome)),
    ).toEqual([]);
  });
});
