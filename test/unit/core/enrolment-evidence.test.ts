import { DOCUMENT_TRIES, FACE_TRIES, REVIEW_FROM_TRY, type Case } from '../../../cloudfunctions/_core/enrolment/case';
import { matchFace } from '../../../cloudfunctions/_core/enrolment/match-face';
import { checkEnrolmentInvariants } from '../../support/enrolment-invariants';
import { phoneOf, pictures, valueOf, vouched } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../../support/enrolment-world';

const filesOf = ({ evidence }: Case) => evidence.map(({ file }) => file);

const started = async () => {
  const world = createEnrolmentWorld();
  const phone = phoneOf(world, accountOf(1));
  const caseId = await phone.start();
  const destroyed = (): number =>
    world.events
      .ofKind('evidence_destroyed')
      .reduce((sum, event) => sum + ('case' in event && event.case === caseId ? event.files : 0), 0);
  return { world, phone, caseId, destroyed };
};
const readOnce = async () => {
  const begun = await started();
  valueOf(await begun.phone.readDocument(begun.caseId, pictures.document(1)));
  return begun;
};

describe('the pictures of a case', () => {
  it('are known to the case from the call that names them', async () => {
    const { world, caseId } = await readOnce();
    expect(filesOf(world.cases.present(caseId))).toEqual(world.evidence.files(caseId));
    expect(world.evidence.files(caseId)).toHaveLength(2);
  });

  it('are destroyed in the call that matches the face', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    await phone.matchFace(caseId, pictures.face(0.1, vouched));
    expect(world.evidence.files(caseId)).toHaveLength(3);
    await phone.matchFace(caseId, pictures.face(0.9, vouched));
    expect(world.evidence.files(caseId)).toEqual([]);
    expect(destroyed()).toBe(4);
    checkEnrolmentInvariants(world);
  });

  it('are destroyed where they come after the decision', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    await phone.matchFace(caseId, pictures.face(0.9, vouched));
    await phone.matchFace(caseId, pictures.face(0.9, vouched));
    await phone.readDocument(caseId, pictures.document(1));
    expect(world.evidence.files(caseId)).toEqual([]);
    // Two of the document, the selfie that matched; then what came late.
    expect(destroyed()).toBe(3 + 1 + 2);
  });

  it('are said to be destroyed where there were any, and not where a name was made up', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    await phone.matchFace(caseId, pictures.face(0.9, vouched));
    const before = destroyed();
    const selfie = `cloud://env.bucket/evidence/${caseId}/never-uploaded.jpg`;
    for (let call = 0; call < 3; call += 1) {
      valueOf(await matchFace(world.ports, accountOf(1), { action: 'matchFace', caseId, selfie }));
    }
    expect(destroyed()).toBe(before);
  });

  it('are destroyed in the call that hears the authority’s final word', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    await phone.matchFace(caseId, pictures.face(0.9, { kind: 'no_record' }));
    expect(world.evidence.files(caseId)).toEqual([]);
    expect(destroyed()).toBe(3);
    expect(world.cases.present(caseId)).not.toHaveProperty('document');
  });

  it('are destroyed with the last failed selfie', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    for (let tries = 1; tries <= FACE_TRIES; tries += 1) await phone.matchFace(caseId, pictures.blurred);
    expect(world.evidence.files(caseId)).toEqual([]);
    expect(destroyed()).toBe(2 + FACE_TRIES);
  });

  it('are destroyed with the next try at the document, and with the last one that failed', async () => {
    const { world, phone, caseId, destroyed } = await started();
    for (let tries = 1; tries < DOCUMENT_TRIES; tries += 1) {
      await phone.readDocument(caseId, pictures.blurred);
      expect(world.evidence.files(caseId)).toHaveLength(2);
      expect(filesOf(world.cases.present(caseId))).toEqual(world.evidence.files(caseId));
      expect(destroyed()).toBe(2 * (tries - 1));
    }
    await phone.readDocument(caseId, pictures.blurred);
    expect(world.evidence.files(caseId)).toEqual([]);
    expect(destroyed()).toBe(2 * DOCUMENT_TRIES);
    expect(world.cases.present(caseId).state).toBe('refused');
  });

  it('take the selfies of the document before with them', async () => {
    const { world, phone, caseId } = await readOnce();
    await phone.matchFace(caseId, pictures.face(0.1, vouched));
    valueOf(await phone.readDocument(caseId, pictures.document(1)));
    expect(world.evidence.files(caseId)).toHaveLength(2);
  });

  it('are kept for a review, as copies alone', async () => {
    const { world, phone, caseId, destroyed } = await readOnce();
    for (let tries = 1; tries < REVIEW_FROM_TRY; tries += 1) {
      expect(await phone.matchFace(caseId, pictures.face(0.5, vouched))).toMatchObject({
        value: { outcome: 'retake', triesLeft: FACE_TRIES - tries },
      });
    }
    expect(valueOf(await phone.matchFace(caseId, pictures.face(0.5, vouched)))).toEqual({
      ok: true,
      outcome: 'inReview',
    });
    const present = world.cases.present(caseId);
    expect(present.state).toBe('inReview');
    expect(filesOf(present)).toEqual(world.evidence.files(caseId));
    const selfies = Array.from({ length: REVIEW_FROM_TRY }, () => 'selfie');
    expect(present.evidence.map(({ shows }) => shows)).toEqual(['front', 'back', ...selfies]);
    expect(filesOf(present).every((file) => file.includes(`/review/${caseId}/`))).toBe(true);
    expect(destroyed()).toBe(0);
  });

  it('of another case stay untouched', async () => {
    const { world, phone, caseId } = await readOnce();
    const other = await phone.start();
    valueOf(await phone.readDocument(other, pictures.document(1)));
    await phone.matchFace(caseId, pictures.face(0.9, vouched));
    expect(world.evidence.files(other)).toHaveLength(2);
  });
});
