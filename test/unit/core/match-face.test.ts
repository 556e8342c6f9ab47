import { FACE_TRIES, REVIEW_FROM_TRY } from '../../../cloudfunctions/_core/enrolment/case';
import type { AuthorityAnswer } from '../../../cloudfunctions/_core/enrolment/authority';
import { matchFace } from '../../../cloudfunctions/_core/enrolment/match-face';
import { readDocument } from '../../../cloudfunctions/_core/enrolment/read-document';
import { FACE_ACCEPT, FACE_REFUSE, SAME_PICTURE } from '../../../cloudfunctions/_core/proofing/thresholds';
import { phoneOf, pictures, valueOf, vouched } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../../support/enrolment-world';

const withDocument = async () => {
  const world = createEnrolmentWorld();
  const phone = phoneOf(world, accountOf(1));
  const caseId = await phone.start();
  valueOf(await phone.readDocument(caseId, pictures.document(1)));
  return { world, phone, caseId };
};
const compared = (similarity: number): AuthorityAnswer => ({ kind: 'compared', similarity });
/** The least step below a threshold that 32-bit floats keep. */
const BELOW = 1e-6;

describe('a selfie', () => {
  it.each<[string, number, AuthorityAnswer, string, string]>([
    ['accepted twice', FACE_ACCEPT + BELOW, compared(70), 'matched', 'faceMatched'],
    ['just below the acceptance', FACE_ACCEPT - BELOW, compared(100), 'retake', 'documentRead'],
    ['just above the refusal', FACE_REFUSE + BELOW, compared(100), 'retake', 'documentRead'],
    ['just below the refusal', FACE_REFUSE - BELOW, compared(100), 'faces_differ', 'documentRead'],
    ['that is the portrait itself', SAME_PICTURE + BELOW, compared(100), 'not_live', 'documentRead'],
    ['very like the portrait', SAME_PICTURE - BELOW, compared(100), 'matched', 'faceMatched'],
    ['opposite', -1, compared(100), 'faces_differ', 'documentRead'],
    ['whom the authority half knows', 0.9, compared(69.99), 'retake', 'documentRead'],
    ['whom the authority barely knows', 0.9, compared(50), 'retake', 'documentRead'],
    ['whom the authority takes for another', 0.9, compared(49.99), 'authority_faces_differ', 'refused'],
    ['without a record', 0.9, { kind: 'no_record' }, 'authority_no_record', 'refused'],
    ['without a photo', 0.9, { kind: 'no_photo' }, 'retake', 'documentRead'],
    ['that the authority cannot use', 0.9, { kind: 'selfie_unusable' }, 'selfie_unusable', 'documentRead'],
    ['while the authority is away', 0.9, { kind: 'unavailable' }, 'authority_unavailable', 'documentRead'],
  ])('%s', async (_, similarity, authority, heard, state) => {
    const { world, phone, caseId } = await withDocument();
    const result = await phone.matchFace(caseId, pictures.face(similarity, authority));
    expect(result.ok ? result.value.outcome : result.error.code).toBe(heard);
    expect(world.cases.present(caseId).state).toBe(state);
    const wasAsked = world.looks.some(({ at }) => at === 'authority');
    expect(wasAsked).toBe(similarity >= FACE_ACCEPT && similarity < SAME_PICTURE);
  });

  it('tells no score, in no reply', async () => {
    const { phone, caseId } = await withDocument();
    const replies = [
      await phone.matchFace(caseId, pictures.face(0.123456, vouched)),
      await phone.matchFace(caseId, pictures.face(0.456789, vouched)),
      await phone.matchFace(caseId, pictures.face(0.8, compared(61.2345))),
    ];
    expect(JSON.stringify(replies)).not.toMatch(/0\.|61/);
  });

  it.each<[string, AuthorityAnswer]>([
    ['the authority knows no record', { kind: 'no_record' }],
    ['the authority takes it for another', compared(10)],
  ])('has no second try where %s', async (_, authority) => {
    const { phone, caseId } = await withDocument();
    expect(await phone.matchFace(caseId, pictures.face(0.9, authority))).toMatchObject({ error: { triesLeft: 0 } });
    expect(await phone.matchFace(caseId, pictures.face(0.9, vouched))).toMatchObject({ error: { code: 'wrong_step' } });
  });

  it.each<[string, number, AuthorityAnswer, readonly string[]]>([
    ['a face half like the portrait', FACE_ACCEPT - 0.05, compared(100), ['portrait_unsure']],
    ['a face that the authority half knows', 0.9, compared(60), ['authority_unsure']],
    ['either', FACE_ACCEPT - 0.05, compared(60), ['portrait_unsure', 'authority_unsure']],
    ['a person without a photo', 0.9, { kind: 'no_photo' }, ['authority_no_photo']],
  ])('brings %s before reviewers with the reason, of the last try alone', async (_, similarity, answer, causes) => {
    const { world, phone, caseId } = await withDocument();
    for (let tries = 1; tries < REVIEW_FROM_TRY; tries += 1)
      await phone.matchFace(caseId, pictures.face(FACE_ACCEPT - 0.01, compared(51)));
    await phone.matchFace(caseId, pictures.face(similarity, answer));
    expect(world.cases.present(caseId)).toMatchObject({ state: 'inReview', causes });
  });

  it.each<[string, AuthorityAnswer, string, string]>([
    ['whose name and number are nobody’s', { kind: 'no_record' }, 'authority_no_record', 'refused'],
    ['whose number is another’s', compared(10), 'authority_faces_differ', 'refused'],
    ['while the authority is away', { kind: 'unavailable' }, 'authority_unavailable', 'documentRead'],
    ['that the authority cannot use', { kind: 'selfie_unusable' }, 'selfie_unusable', 'documentRead'],
    ['whom the authority half knows', compared(60), 'inReview', 'inReview'],
    ['whom the authority knows', compared(100), 'inReview', 'inReview'],
    ['without a photo', { kind: 'no_photo' }, 'inReview', 'inReview'],
  ])(
    'half like the portrait, %s, comes to a reviewer by the authority’s leave alone',
    async (_, answer, heard, state) => {
      const { world, phone, caseId } = await withDocument();
      const half = FACE_ACCEPT - 0.05;
      for (let tries = 1; tries < REVIEW_FROM_TRY; tries += 1) {
        expect(await phone.matchFace(caseId, pictures.face(half, answer))).toMatchObject({
          value: { outcome: 'retake' },
        });
      }
      const result = await phone.matchFace(caseId, pictures.face(half, answer));
      expect(result.ok ? result.value.outcome : result.error.code).toBe(heard);
      expect(world.cases.present(caseId).state).toBe(state);
    },
  );

  it(`is taken ${FACE_TRIES} times, and the last failure ends the case`, async () => {
    const { world, phone, caseId } = await withDocument();
    const left: (number | undefined)[] = [];
    for (let tries = 0; tries < FACE_TRIES; tries += 1) {
      const result = await phone.matchFace(caseId, pictures.face(0.1, vouched));
      left.push(result.ok ? undefined : result.error.triesLeft);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(world.cases.present(caseId)).toMatchObject({ state: 'refused', reason: 'faces_differ', evidence: [] });
    expect(await phone.matchFace(caseId, pictures.face(0.9, vouched))).toMatchObject({ error: { code: 'wrong_step' } });
  });

  it('that matched answers again with the same nonce, since the first reply may be lost', async () => {
    const { world, phone, caseId } = await withDocument();
    const first = await phone.matchFace(caseId, pictures.face(0.9, vouched));
    const looks = world.looks.length;
    expect(await phone.matchFace(caseId, pictures.face(0.1, vouched))).toEqual(first);
    expect(world.looks).toHaveLength(looks);
  });

  it('costs no try where the authority does not answer', async () => {
    const { world, phone, caseId } = await withDocument();
    for (let outage = 0; outage <= FACE_TRIES; outage += 1) {
      expect(await phone.matchFace(caseId, pictures.face(0.9, { kind: 'unavailable' }))).toEqual({
        ok: false,
        error: { code: 'authority_unavailable', triesLeft: FACE_TRIES },
      });
    }
    expect(world.cases.present(caseId)).toMatchObject({ state: 'documentRead', tries: { face: 0 } });
    expect(await phone.matchFace(caseId, pictures.face(0.9, vouched))).toMatchObject({ value: { outcome: 'matched' } });
  });

  it('is not taken over the last try, though the case was left open by an interrupted call', async () => {
    const { world, phone, caseId } = await withDocument();
    const lost = { ...world.ports, checkSelfie: () => Promise.reject(new Error('gone')) };
    for (let tries = 0; tries < FACE_TRIES; tries += 1) {
      await expect(phoneOf(world, accountOf(1), lost).matchFace(caseId, pictures.blurred)).rejects.toThrow('gone');
    }
    expect(await phone.matchFace(caseId, pictures.face(0.9, vouched))).toMatchObject({
      error: { code: 'too_many_tries' },
    });
    expect(world.looks.filter(({ at }) => at === 'face')).toEqual([]);
  });
});

describe('a file that is not in the case’s own folder', () => {
  const folder = (caseId: string): string => `cloud://env.bucket/evidence/${caseId}`;
  const foreign = (caseId: string): string[] => [
    `${folder('f'.repeat(32))}/selfie.jpg`,
    `${folder(caseId)}x/selfie.jpg`,
    `${folder(caseId)}/../${'f'.repeat(32)}/selfie.jpg`,
    `${folder(caseId)}/deeper/selfie.jpg`,
    `${folder(caseId)}/.jpg`,
    `${folder(caseId)}/`,
    `cloud://env.bucket/review/${caseId}/0`,
    `cloud://env.bucket/x/evidence/${caseId}/selfie.jpg`,
    `${folder(caseId)}/selfie.jpg\n`,
  ];

  it('is no selfie of it, and costs no try', async () => {
    const { world, caseId } = await withDocument();
    for (const selfie of foreign(caseId)) {
      const result = await matchFace(world.ports, accountOf(1), { action: 'matchFace', caseId, selfie });
      expect(result).toEqual({ ok: false, error: { code: 'file_not_found', picture: 'selfie' } });
    }
    expect(world.cases.present(caseId).tries.face).toBe(0);
  });

  it('is no side of a document either', async () => {
    const { world, caseId } = await withDocument();
    const own = `${folder(caseId)}/own.jpg`;
    for (const file of foreign(caseId)) {
      for (const picture of ['front', 'back'] as const) {
        const request = { action: 'readDocument', caseId, front: own, back: own, [picture]: file } as const;
        const result = await readDocument(world.ports, accountOf(1), request);
        expect(result).toEqual({ ok: false, error: { code: 'file_not_found', picture } });
      }
    }
    expect(world.cases.present(caseId).tries.document).toBe(1);
  });
});
