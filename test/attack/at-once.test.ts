import { sampleStaff } from '../../local/ecosystem/partners';
import { createKeyProof, validators } from '../../protocol';
import { accepted, refusal } from '../support/ecosystem/client';
import { counts, databaseOf } from '../support/ecosystem/database';
import { startEcosystemUnderTest, type EcosystemUnderTest } from '../support/ecosystem/ecosystem-under-test';
import { mint, prove, readCase, upload, type EnrolledHolder, type MatchedCase } from '../support/ecosystem/enrolment';
import { inParallel } from '../support/ecosystem/in-parallel';
import { createKeyPair, type KeyPair } from '../support/ecosystem/keys';
import { picturesOf } from '../support/ecosystem/pictures';
import { callFromProcesses } from '../support/ecosystem/processes';
import { openShowing, PURPOSE, redeem, requestId } from '../support/ecosystem/showing';

const ACCOUNTS = 20;
const REDEMPTIONS = 50;
const PROCESSES = 4;

let world: EcosystemUnderTest;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
}, 30_000);
afterAll(() => world.close());

const proofOf = ({ nonce }: MatchedCase, { publicKey, sign }: KeyPair): string =>
  createKeyProof({ nonce, key: publicKey, sign });

const codes = (replies: readonly unknown[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const reply of replies) {
    const code = validators.RefusedReply(reply) ? reply.error.code : 'ok';
    found[code] = (found[code] ?? 0) + 1;
  }
  return found;
};

describe('one identity number, proofed by twenty accounts at once', () => {
  let matched: readonly MatchedCase[];
  let winner: Pick<EnrolledHolder, 'client' | 'caseId' | 'nonce'> & { readonly key: KeyPair };

  beforeAll(async () => {
    // Each account has a case, uploads, a reading and a face match of its own; two at a time, since a reading takes a core.
    const accounts = Array.from({ length: ACCOUNTS }, (_, at) => world.client(`oOneOfTwenty${String(at)}`));
    matched = await inParallel(2, accounts, (client) => prove(client, picturesOf('lin-zhiyuan')));
  }, 240_000);

  it('gets exactly one card', async () => {
    const keys = matched.map(() => createKeyPair());
    const proofs = matched.map((found, at) => proofOf(found, keys[at] ?? createKeyPair()));
    const replies = await Promise.all(matched.map(({ client, caseId }, at) => mint(client, caseId, proofs[at] ?? '')));
    expect(codes(replies)).toEqual({ ok: 1, identity_has_card: ACCOUNTS - 1 });
    expect((await counts(world.cloud))['identities']).toBe(1);

    const at = replies.findIndex((reply) => validators.MintCardReply(reply));
    const [found, key] = [matched[at], keys[at]];
    if (!found || !key) throw new Error('nobody won');
    winner = { ...found, key };
    for (const { client } of matched.filter((other) => other !== found)) {
      expect(await refusal(client.ask('holder', { action: 'getCard' }))).toEqual({ code: 'not_found' });
    }
    const won = await accepted(winner.client.ask('holder', { action: 'getCard' }), validators.CardReply);
    expect(replies[at]).toMatchObject({ card: { id: won.card.id } });
    // However often the others ask, the card stays where it is.
    const again = await Promise.all(
      matched.map((other, index) => mint(other.client, other.caseId, proofs[index] ?? '')),
    );
    expect(codes(again)).toEqual({ ok: 1, identity_has_card: ACCOUNTS - 1 });
    expect((await counts(world.cloud))['identities']).toBe(1);
  });

  it('has its code redeemed by exactly one of fifty calls from four processes', async () => {
    const showing = await openShowing(winner.client, winner.key);
    const code = showing.code();
    const staff = sampleStaff.filter(({ partner }) => partner === 'sample-parcel-shop').map(({ openId }) => openId);
    expect(new Set(staff).size).toBeGreaterThan(1);
    const share = (process: number): number =>
      Math.floor(REDEMPTIONS / PROCESSES) + (process < REDEMPTIONS % PROCESSES ? 1 : 0);
    const before = (await counts(world.cloud))['events'] ?? 0;
    const replies = await callFromProcesses(
      Array.from({ length: PROCESSES }, (_, process) => ({
        url: world.cloud.url,
        openId: staff[process % staff.length] ?? '',
        name: 'verifier',
        events: Array.from({ length: share(process) }, () => ({
          action: 'redeemCode',
          code,
          purpose: PURPOSE,
          requestId: requestId(),
        })),
      })),
    );
    expect(replies).toHaveLength(REDEMPTIONS);
    expect(codes(replies)).toEqual({ ok: 1, code_already_used: REDEMPTIONS - 1 });
    // The check, and what is told of refused looks: five of one showing at most.
    expect(((await counts(world.cloud))['events'] ?? 0) - before).toBe(1 + 5);
  });

  it('is braked and checked at once: either the check came first or it hears the brake', async () => {
    const staff = world.client(sampleStaff[0]?.openId ?? '');
    for (let round = 0; round < 5; round += 1) {
      const showing = await openShowing(winner.client, winner.key);
      const [, checked] = await Promise.all([
        winner.client.ask('holder', { action: 'suspendCard' }),
        redeem(staff, showing.code()),
      ]);
      expect(['ok', 'suspended']).toContain(Object.keys(codes([checked]))[0]);
      expect(codes([await redeem(staff, showing.code())])).not.toHaveProperty('ok');
      await accepted(winner.client.ask('holder', { action: 'resumeCard' }), validators.CardReply);
    }
  });
});

describe('one case', () => {
  it('that is minted with ten keys at once is bound to one of them', async () => {
    const found = await prove(world.client('oOneCaseManyKeys'), picturesOf('shen-ruoxi'));
    const keys = Array.from({ length: 10 }, createKeyPair);
    const replies = await Promise.all(keys.map((key) => mint(found.client, found.caseId, proofOf(found, key))));
    expect(codes(replies)).toEqual({ ok: 1, wrong_step: keys.length - 1 });
    const key = keys[replies.findIndex((reply) => validators.MintCardReply(reply))];
    await openShowing(found.client, key ?? createKeyPair());
  });

  it('is matched once, however many selfies come at once', async () => {
    const client = world.client('oManySelfies');
    const { front, back, selfie } = picturesOf('he-huilan');
    const caseId = await readCase(client, { front, back });
    const files = await Promise.all(Array.from({ length: 4 }, () => upload(client, caseId, selfie)));
    const replies = await Promise.all(
      files.map((file) => client.ask('holder', { action: 'matchFace', caseId, selfie: file })),
    );
    const isMatched = (reply: unknown): boolean => validators.MatchFaceReply(reply) && reply.outcome === 'matched';
    // Whoever counts a try last outdates the looks before it: one verdict stands.
    expect(replies.filter(isMatched)).toHaveLength(1);
    const { data } = (await databaseOf(world.cloud).collection('cases').where({ _id: caseId }).get()) as {
      data: { state: string; tries: { face: number } }[];
    };
    expect(data).toMatchObject([{ state: 'faceMatched' }]);
    expect(data[0]?.tries.face).toBeLessThanOrEqual(4);
    expect(codes(replies)['internal']).toBeUndefined();
  });
});
