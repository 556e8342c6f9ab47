import { randomBytes } from 'node:crypto';
import { accountKey, caseId, eventId, fileId, instant, type CaseId } from '../../../protocol';
import type { Cases } from '../../../cloudfunctions/_adapters/cloudbase/cases';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import { now } from '../../../cloudfunctions/_adapters/runtime/ambient';
import type { Case, RefusedCase } from '../../../cloudfunctions/_core/enrolment/case';
import type {
  DestroyEvidence,
  KeepForReview,
  OpenReviewCopy,
} from '../../../cloudfunctions/_core/enrolment/case-ports';
import { nextRevision } from '../../../cloudfunctions/_core/enrolment/end-case';
import { unnamedCopiesOf } from '../../../cloudfunctions/_core/enrolment/review-copies';
import { resources } from '../../../cloudfunctions/resources';
import { startCloudUnderTest, type CloudUnderTest } from './cloud-under-test';

let world: CloudUnderTest;
let cases: Cases;
let files: {
  readonly keepForReview: KeepForReview;
  readonly openReviewCopy: OpenReviewCopy;
  readonly destroyEvidence: DestroyEvidence;
};

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => name === 'cases');
  world = await startCloudUnderTest({ collections, storage: [...resources.storage] });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  const { createCases } = await import('../../../cloudfunctions/_adapters/cloudbase/cases');
  const evidence = await import('../../../cloudfunctions/_adapters/cloudbase/evidence');
  const sealing = createSealing(randomBytes(32));
  cases = createCases(sealing);
  files = {
    keepForReview: evidence.createKeepForReview(sealing),
    openReviewCopy: evidence.createOpenReviewCopy(sealing),
    destroyEvidence: evidence.destroyEvidence,
  };
});
afterAll(() => world.close());

const freshId = (): CaseId => caseId(randomBytes(16).toString('hex'));
const account = accountKey('a'.repeat(64));

const refused = (more: Partial<RefusedCase> = {}): RefusedCase => ({
  id: freshId(),
  account,
  state: 'refused',
  reason: 'not_live',
  revision: 0,
  createdAt: now(),
  expiresAt: now(),
  consents: [],
  tries: { document: 1, face: 3, fingerprint: 0 },
  evidence: [{ file: fileId('cloud://env.bucket/review/0/0'), shows: 'selfie' }],
  outbox: [],
  ...more,
});

const soon = () => instant(now() + 1);
const listed = async (): Promise<readonly Case[]> => cases.listUnsettledCases(soon(), 100);

describe('a case of which something is left to do', () => {
  it('is listed, the longest unwritten first, until nothing is left', async () => {
    const [first, second, third] = [refused(), refused(), refused()];
    for (const one of [first, second, third, refused({ evidence: [] })]) {
      await cases.createCase(one);
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
    }
    expect((await listed()).map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(await cases.listUnsettledCases(instant(first.createdAt - 1), 100)).toEqual([]);
    expect(await cases.listUnsettledCases(soon(), 1)).toEqual([first]);
    expect(await cases.replaceCase(first, { ...first, revision: 1 })).toBe(true);
    expect(await cases.replaceCase(second, { ...second, revision: 1, evidence: [] })).toBe(true);
    expect((await listed()).map(({ id }) => id)).toEqual([third.id, first.id]);
    for (const one of await listed())
      await cases.replaceCase(one, { ...one, revision: one.revision + 1, evidence: [] });
    expect(await listed()).toEqual([]);
  });

  it('comes back with its words, and is not forgotten with the account before it is finished', async () => {
    const happening = { kind: 'review_refused', final: true, reason: 'not_live', operator: 'd'.repeat(32) } as const;
    const id = freshId();
    const word = { id: eventId('e'.repeat(32)), at: now(), happening: { ...happening, case: id } };
    const owner = accountKey('b'.repeat(64));
    const found = refused({ id, account: owner, evidence: [], outbox: [word] });
    await cases.createCase(found);
    await cases.createCase(refused({ account: owner, evidence: [] }));
    expect(await listed()).toEqual([found]);
    expect(await cases.forgetCases(owner)).toBe(false);
    expect(await cases.loadCase(id, owner)).toEqual(found);
    await cases.replaceCase(found, { ...found, revision: 1, outbox: [] });
    expect(await cases.forgetCases(owner)).toBe(true);
    expect(await cases.loadCase(id, owner)).toBeNull();
  });
});

it('a refusal is listed once its time to appeal is over, the longest over first', async () => {
  const appealable = (expiresAt: number) =>
    ({
      ...refused({ evidence: [] }),
      state: 'appealable',
      expiresAt: instant(expiresAt),
      firstRefusal: { reviewer: 'd'.repeat(32), reason: 'not_live' },
    }) as unknown as Case; // without a document, which no list looks at
  const at = now();
  const [late, early, running] = [appealable(at - 1), appealable(at - 2), appealable(at + 1)];
  for (const one of [late, early, running]) await cases.createCase(one);
  expect((await cases.listEndedAppeals(at, 100)).map(({ id }) => id)).toEqual([early.id, late.id]);
});

it('a case that nobody went on with is listed once its time is over, behind those that are left out', async () => {
  const at = now();
  const started = (expiresAt: number): Case => ({
    ...nextRevision(refused({ evidence: [] })),
    state: 'started',
    expiresAt: instant(expiresAt),
  });
  const [late, early, running] = [started(at - 1), started(at - 2), started(at + 1)];
  for (const one of [late, early, running]) await cases.createCase(one);
  expect(await cases.loadTimedOutCases(at, 100, 0)).toEqual([early, late]);
  expect(await cases.loadTimedOutCases(at, 100, 1)).toEqual([late]);
});

describe('copies for reviewers', () => {
  it('lie where a case that does not name them yet looks for them, and leave the originals', async () => {
    const id = freshId();
    const evidence = await Promise.all(
      (['front', 'selfie'] as const).map(async (shows) => {
        const fileContent = Buffer.from(shows);
        const { fileID } = await world.app.uploadFile({ cloudPath: `evidence/${id}/${shows}.jpg`, fileContent });
        return { file: fileId(fileID), shows };
      }),
    );
    const copies = await files.keepForReview(id, evidence);
    expect(copies.map(({ file }) => file)).toEqual(unnamedCopiesOf({ id, evidence }));
    // An interrupted call is begun anew.
    expect(await files.keepForReview(id, evidence)).toEqual(copies);
    const opened = await Promise.all(copies.map(({ file }) => files.openReviewCopy(file)));
    expect(opened.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(['front', 'selfie']);
    expect(await files.destroyEvidence(evidence.map(({ file }) => file))).toBe(2);
    expect(await files.destroyEvidence(unnamedCopiesOf({ id, evidence }))).toBe(2);
  });
});
