import fc from 'fast-check';
import { createKeyProof, enrolmentChallenge } from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import {
  DOCUMENT_TRIES,
  FACE_TRIES,
  FINGERPRINT_TRIES,
  REVIEW_FROM_TRY,
} from '../../cloudfunctions/_core/enrolment/case';
import { mintCard } from '../../cloudfunctions/_core/enrolment/mint-card';
import { phoneOf, pictures, vouched, type Phone } from './enrolment-steps';
import { newKeyPair, type KeyPair } from './key-pair';
import { accountAt, ACCOUNTS, codeOf, command, oneOf, PERSONS, type Command, type Service } from './service-actors';
import {
  cardOfAccount,
  endTimedOut,
  isLive,
  isProofed,
  mint,
  newCase,
  type Model,
  type ModelCase,
} from './service-model';

const CASES = 8;

const phone = ({ world }: Service, account: number): Phone => phoneOf(world, accountAt(account), world.ports);

const noNonce = 'AAAAAAAAAAAAAAAAAAAAAA';

const nonceOf = ({ world }: Service, { id }: ModelCase): string => {
  const stored = world.cases.all().find((one) => one.id === id);
  return stored && 'nonce' in stored ? stored.nonce : noNonce;
};

export const startCase = (account: number): Command =>
  command(
    `start by ${account}`,
    async (model, service) => {
      model.cases.push(newCase(model, await phone(service, account).start(), account));
      return { due: 'ok', heard: 'ok' };
    },
    ({ cases }) => cases.length < CASES,
  );

/** A call on one of the cases so far, by its own account or by the next. */
const onCase = (
  name: string,
  { at, isOwn }: { readonly at: number; readonly isOwn: boolean },
  call: (model: Model, service: Service, found: ModelCase, by: Phone) => Promise<string>,
  decide: (model: Model, found: ModelCase) => string,
): Command =>
  command(
    `${name} case ${at}${isOwn ? '' : ' by a stranger'}`,
    async (model, service) => {
      const found = oneOf(model.cases, at);
      if (!found) return { due: 'none', heard: 'none' };
      const account = isOwn ? found.account : (found.account + 1) % ACCOUNTS;
      const heard = await call(model, service, found, phone(service, account));
      return { heard, due: isOwn && found.state !== 'gone' ? decide(model, found) : 'not_found' };
    },
    ({ cases }) => cases.length > 0,
  );

export interface Whose {
  readonly at: number;
  readonly isOwn: boolean;
}

export const readDocument = (whose: Whose, person: number): Command =>
  onCase(
    `read of ${person} for`,
    whose,
    async (_, __, { id }, by) => codeOf(await by.readDocument(id, pictures.document(person))),
    (model, found) => {
      endTimedOut(model, found);
      if (found.state !== 'started' && found.state !== 'documentRead') return 'wrong_step';
      if (found.documentTries >= DOCUMENT_TRIES) return 'too_many_tries';
      found.documentTries += 1;
      found.state = 'documentRead';
      found.readAt = model.now;
      found.person = person;
      found.proofs.add('document');
      return 'ok';
    },
  );

/** Who stands before the camera: the document's person, somebody who may be that, or somebody else. */
export type Before = 'the face' | 'a face half like it' | 'another face';

const likeness = { 'the face': 0.7, 'a face half like it': 0.5, 'another face': 0.1 } as const;

export const matchFace = (whose: Whose, before: Before): Command =>
  onCase(
    `match ${before} for`,
    whose,
    async (_, __, { id }, by) => codeOf(await by.matchFace(id, pictures.face(likeness[before], vouched))),
    (model, found) => {
      endTimedOut(model, found);
      if (isProofed(found)) return 'ok';
      if (found.state !== 'documentRead') return 'wrong_step';
      found.faceTries += 1;
      if (before === 'a face half like it') {
        if (found.faceTries >= REVIEW_FROM_TRY) found.state = 'inReview';
        return 'ok';
      }
      if (before === 'the face') {
        found.state = 'faceMatched';
        found.proofs.add('face');
        return 'ok';
      }
      if (found.faceTries === FACE_TRIES) found.state = 'refused';
      return 'faces_differ';
    },
  );

/** What the phone answers when a finger is asked for: its own, one for another case, or another phone's. */
export type Touch = 'own' | 'for another case' | 'of another phone';

export const bindFinger = (whose: Whose, touch: Touch): Command =>
  onCase(
    `bind the finger ${touch}, for`,
    whose,
    async (model, service, found, by) => {
      const signedFor = touch === 'for another case' ? model.cases.find((one) => one !== found) : found;
      const challenged = { caseId: found.id, nonce: signedFor ? nonceOf(service, signedFor) : noNonce };
      const other = (found.account + 1) % ACCOUNTS;
      const sensor = service.sensors[touch === 'of another phone' ? other : found.account];
      const answer = sensor?.touch(enrolmentChallenge(challenged, sha256));
      if (!answer) throw new Error('no sensor');
      service.touched.push(answer);
      return codeOf(await by.bind(found.id, answer));
    },
    (model, found) => {
      if (!isLive(model, found)) return 'wrong_step';
      if (found.state === 'fingerprintBound') return 'ok';
      if (found.state !== 'faceMatched') return 'wrong_step';
      if (found.fingerTries === FINGERPRINT_TRIES) return 'too_many_tries';
      found.fingerTries += 1;
      if (touch !== 'own') return 'fingerprint_invalid';
      found.state = 'fingerprintBound';
      found.proofs.add('finger');
      return 'ok';
    },
  );

export interface Minting {
  /** Whether the phone signs this case's own nonce. */
  readonly signsOwnNonce: boolean;
  /** Whether the phone shows that it has the key of the card before. */
  readonly showsPrior: boolean;
  /** Whether it asks with the key that the case was minted for, where it was. */
  readonly isAgain: boolean;
}

export const mintFrom = (whose: Whose, { signsOwnNonce, showsPrior, isAgain }: Minting): Command => {
  let key: KeyPair;
  let prior: KeyPair | null;
  let isNonceOwn: boolean;
  let id: string;
  return onCase(
    `mint${signsOwnNonce ? '' : ', another nonce signed,'}${showsPrior ? ' with the key before' : ''}${isAgain ? ' again' : ''} from`,
    whose,
    async (model, service, found) => {
      const account = accountAt(whose.isOwn ? found.account : (found.account + 1) % ACCOUNTS);
      key = (isAgain ? found.key : null) ?? newKeyPair();
      const before = cardOfAccount(model, found.account);
      prior = showsPrior && before ? before.key : null;
      const own = nonceOf(service, found);
      const other = model.cases.find((one) => one !== found);
      const nonce = signsOwnNonce || !other ? own : nonceOf(service, other);
      isNonceOwn = nonce === own && own !== noNonce;
      const proofBy = (by: KeyPair): string => createKeyProof({ nonce, key: by.publicKey, sign: by.sign });
      const minted = await mintCard(service.world.ports, account, {
        action: 'mintCard',
        caseId: found.id,
        proof: proofBy(key),
        ...(prior && { priorProof: proofBy(prior) }),
      });
      id = minted.ok ? minted.value.card.id : '';
      return codeOf(minted);
    },
    (model, found) => {
      if (found.state !== 'minted' && !(isProofed(found) && isLive(model, found))) return 'wrong_step';
      if (!isNonceOwn) return 'key_proof_invalid';
      if (found.state === 'minted') {
        const card = found.person === null ? undefined : model.cardOf.get(found.person);
        if (card?.madeFrom !== found || found.key !== key) return 'wrong_step';
        return card.stops.size === 0 ? 'ok' : 'card_not_active';
      }
      if (found.person === null) throw new Error('a proofed case of nobody');
      return mint(model, found, found.person, { key, prior, id: () => id });
    },
  );
};

const whose = fc.record({
  at: fc.nat(CASES - 1),
  isOwn: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
});
const mostly = fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0);
const seldom = mostly.map((is) => !is);
const account = fc.nat(ACCOUNTS - 1);
const person = fc.nat(PERSONS - 1);

/** The way to a card without detours, for the newest case. */
export const enrol = (who: number, at: number, whom: number, hasFinger = true): Command[] => [
  startCase(who),
  readDocument({ at, isOwn: true }, whom),
  matchFace({ at, isOwn: true }, 'the face'),
  ...(hasFinger ? [bindFinger({ at, isOwn: true }, 'own')] : []),
  mintFrom({ at, isOwn: true }, { signsOwnNonce: true, showsPrior: false, isAgain: false }),
];

/** A face half like the document's, until reviewers have to look. */
export const bringToReview = (who: number, at: number, whom: number): Command[] => [
  startCase(who),
  readDocument({ at, isOwn: true }, whom),
  ...Array.from({ length: REVIEW_FROM_TRY }, () => matchFace({ at, isOwn: true }, 'a face half like it')),
];

export const enrolmentCommands: readonly fc.Arbitrary<Command>[] = [
  account.map(startCase),
  fc.tuple(whose, person).map(([by, whom]) => readDocument(by, whom)),
  fc
    .tuple(whose, fc.constantFrom<Before>('the face', 'the face', 'a face half like it', 'another face'))
    .map(([by, before]) => matchFace(by, before)),
  fc
    .tuple(whose, fc.constantFrom<Touch>('own', 'own', 'for another case', 'of another phone'))
    .map(([by, touch]) => bindFinger(by, touch)),
  fc
    .tuple(whose, fc.record({ signsOwnNonce: mostly, showsPrior: seldom, isAgain: seldom }))
    .map(([by, minting]) => mintFrom(by, minting)),
];
