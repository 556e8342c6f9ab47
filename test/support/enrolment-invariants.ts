import type { Case } from '../../cloudfunctions/_core/enrolment/case';
import { DOCUMENT_TRIES, FACE_TRIES, FINGERPRINT_TRIES } from '../../cloudfunctions/_core/enrolment/case';
import type { EnrolmentWorld } from './enrolment-world';

type Checked = Omit<EnrolmentWorld, 'ports'>;

/** The arrows of the enrolment; an arrow to the same state counts a try or clears its pictures. */
const arrows: Readonly<Record<Case['state'], readonly Case['state'][]>> = {
  started: ['started', 'documentRead', 'refused', 'expired'],
  documentRead: ['documentRead', 'faceMatched', 'inReview', 'refused', 'expired'],
  faceMatched: ['faceMatched', 'fingerprintBound', 'minted', 'refused', 'expired'],
  fingerprintBound: ['minted', 'refused', 'expired'],
  inReview: ['inReview'],
  appealable: [],
  minted: [],
  refused: [],
  expired: [],
};

const checkHistory = (history: readonly Case[]): void => {
  expect(history.map(({ revision }) => revision)).toEqual(history.map((_, at) => at));
  history.slice(1).forEach((next, at) => {
    const prior = history[at];
    expect(prior && arrows[prior.state]).toContain(next.state);
    expect(next.tries.fingerprint - (prior?.tries.fingerprint ?? 0)).toBeGreaterThanOrEqual(0);
    expect(next.tries.document - (prior?.tries.document ?? 0)).toBeGreaterThanOrEqual(0);
    if (prior && next.tries.face < prior.tries.face) {
      // A try is given back after an outage of the authority's, its selfie goes, and nothing else changes.
      const tries = { ...prior.tries, face: prior.tries.face - 1 };
      expect(next).toEqual({ ...prior, revision: prior.revision + 1, tries, evidence: next.evidence });
      expect(prior.evidence).toEqual(expect.arrayContaining([...next.evidence]));
      expect(next.state).toBe('documentRead');
    }
    expect(next.consents).toEqual(prior?.consents);
    expect(next.account).toBe(prior?.account);
  });
};

const checkTries = ({ looks }: Checked, history: readonly Case[], present: Case): void => {
  const looksAt = (at: 'document' | 'face'): number =>
    looks.filter((look) => look.at === at && look.subject.includes(present.id)).length;
  expect(present.tries.document).toBeLessThanOrEqual(DOCUMENT_TRIES);
  expect(present.tries.face).toBeLessThanOrEqual(FACE_TRIES);
  expect(present.tries.fingerprint).toBeLessThanOrEqual(FINGERPRINT_TRIES);
  expect(looksAt('document')).toBeLessThanOrEqual(present.tries.document);
  const givenBack = history.filter(({ tries }, at) => tries.face < (history[at - 1]?.tries.face ?? 0)).length;
  expect(looksAt('face')).toBeLessThanOrEqual(present.tries.face + givenBack);
};

/** Of the pictures that the case was ever told of: none exists once it is decided, and for a review its copies alone. */
const checkEvidence = ({ evidence }: Checked, history: readonly Case[], present: Case): void => {
  const known = new Set<string>(history.flatMap((state) => state.evidence.map(({ file }) => file)));
  const kept = evidence.files(present.id).filter((file) => known.has(file) || file.includes('/review/'));
  const named = present.evidence.map(({ file }) => file);
  if (present.state === 'inReview') expect([...kept].sort()).toEqual([...named].sort());
  else if (present.state === 'started' || present.state === 'documentRead') {
    expect(named).toEqual(expect.arrayContaining(kept));
    expect(kept.filter((file) => file.includes('/review/'))).toEqual([]);
  } else expect([...kept, ...named]).toEqual([]);
};

/** Whether the test's person of a document is a child: none turns 14 while a world lasts. */
const isChild = (birthDate: string): boolean => birthDate > '2012-12-31';

/** A child's case comes past its document with the consent of a guardian whom somebody has confirmed; nobody else's has one. */
const checkGuardian = (history: readonly Case[]): void => {
  for (const state of history) {
    if (!('document' in state)) continue;
    if (!isChild(state.document.fields.birthDate.value)) expect(state.guardian).toBeNull();
    else if (state.state !== 'documentRead') expect(['authority', 'counter']).toContain(state.guardian?.confirmedBy);
  }
};

const checkIdentities = ({ identities, cases, looks, events }: Checked): void => {
  const all = identities.all();
  expect(new Set(all.map(({ account }) => account)).size).toBe(all.length);
  expect(new Set(all.map(({ person }) => person.number)).size).toBe(all.length);
  for (const { caseId, account, person, card, stepUp, guardian } of all) {
    const history = cases.written.filter(({ id }) => id === caseId);
    expect(history.map(({ state }) => state)).toEqual(expect.arrayContaining(['documentRead', 'faceMatched']));
    expect(history.every((written) => written.account === account)).toBe(true);
    const subjects = history[0]?.consents.map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['document', 'face']));
    // A card has no finger but the one that its case has seen proved. It may have none, where the card was made at the same time.
    const bound = history.find((written) => written.state === 'fingerprintBound');
    expect([null, bound?.fingerprint]).toContainEqual(stepUp.fingerprint);
    expect(stepUp.template === null).toBe(subjects?.includes('faceTemplate') !== true);
    const matched = history.find((written) => written.state === 'faceMatched');
    expect(matched?.document.fields.number.value).toBe(person.number);
    // No card of a child without a guardian's consent, and the consent is that of its own case.
    if (isChild(person.birthDate)) {
      expect(guardian).toMatchObject({ key: matched?.guardian?.key, text: matched?.guardian?.text });
      expect(matched?.guardian?.confirmedBy).toEqual(expect.any(String));
    } else expect(guardian).toBeNull();
    const satisfied = (at: string, of: string): boolean =>
      looks.some((look) => look.at === at && look.satisfied && look.subject.includes(of));
    expect(satisfied('document', caseId) && satisfied('face', caseId) && satisfied('authority', person.number)).toBe(
      true,
    );
    expect(events.ofKind('card_minted').filter(({ id }) => id === String(card.id)).length).toBeLessThanOrEqual(1);
  }
};

/** What holds of an enrolment's world at every rest, whatever was called and in which order. */
export const checkEnrolmentInvariants = (world: Checked): void => {
  for (const present of world.cases.all()) {
    const history = world.cases.written.filter(({ id }) => id === present.id);
    checkHistory(history);
    checkTries(world, history, present);
    checkEvidence(world, history, present);
    checkGuardian(history);
  }
  checkIdentities(world);
};
