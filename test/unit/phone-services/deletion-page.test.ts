import {
  createDeletionProof,
  destroyedParts,
  parseOrderStatement,
  publicKeyToBase64url,
  type PublicKey,
} from '../../../protocol';
import { verifySignature } from '../../../cloudfunctions/_adapters/crypto/es256';
import type * as CardKey from '../../../miniprogram/services/card-key';
import { issuer } from '../../support/issuer';
import { newKeyPair } from '../../support/key-pair';
import { giveFiles, type FakeFiles } from './fake-files';
import { givePhone, offer, WxFailure, type FakePhone, type FunctionCall } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, NONCE, refused } from './replies';

const ID = 'd'.repeat(32);
const signer = newKeyPair('issuer-1');
const stranger = newKeyPair('issuer-1');
let phone: FakePhone;
let files: FakeFiles;
let isAgreed: boolean;
let holderKey: PublicKey;
let deletions: number;

const actions = (): unknown[] => phone.calls.map(({ data }) => data['action']);
/** The service: it gives the same proof again for an order that it has carried out. */
const serve =
  (by = signer) =>
  ({ data }: FunctionCall): unknown => {
    if (data['action'] === 'prepareDeletion') {
      const keys = [{ kid: 'issuer-1', key: publicKeyToBase64url(signer.publicKey) }];
      return { ok: true, challenge: NONCE, expiresAt: 1_795_000_300_000, keys };
    }
    const statement = parseOrderStatement('deletion', String(data['statement']));
    if (statement?.challenge !== NONCE || !statement.isSignedBy(holderKey, verifySignature)) {
      return refused('key_proof_invalid');
    }
    deletions += 1;
    const content = { issuer, id: ID, deletedAt: 1_795_000_000, destroyed: destroyedParts, unreadableEvents: 3 };
    const proof = createDeletionProof({ ...content, kid: 'issuer-1', sign: by.sign });
    return { ok: true, id: ID, deletedAt: 1_795_000_000_000, unreadableEvents: 3, proof };
  };

const opened = async (query: object = {}): Promise<OpenPage> => {
  const page = openPage('packages/card/deletion/deletion');
  await page.tell('onLoad', query);
  return page;
};

beforeEach(async () => {
  phone = givePhone();
  startScreens();
  files = giveFiles();
  isAgreed = true;
  deletions = 0;
  offer({ showModal: () => Promise.resolve({ confirm: isAgreed }), showToast: () => undefined });
  openPage('packages/card/deletion/deletion');
  const cards = jest.requireActual<typeof CardKey>('../../../miniprogram/services/card-key');
  const key = await cards.keyForCase(CASE);
  await cards.adoptKeyOfCase(CASE, key);
  holderKey = key.publicKey;
  for (const kept of ['credential', 'passes', 'followed-case']) phone.kept.set(kept, { data: 'x', encrypt: true });
  phone.answer = serve();
});

describe('the page on which everything is deleted', () => {
  it('deletes nothing before it was asked twice', async () => {
    const page = await opened();
    isAgreed = false;
    await page.tell('onDelete');
    expect([phone.calls, page.data['state']]).toEqual([[], 'start']);
  });

  it('orders it with the card’s key, verifies the proof, and leaves nothing on the phone', async () => {
    const page = await opened();
    await page.tell('onDelete');
    expect(page.data).toMatchObject({ state: 'done', deletion: { isProved: true } });
    expect(actions()).toEqual(['prepareDeletion', 'deleteAccount']);
    expect([...phone.kept.keys()]).toEqual([]);
    await page.tell('onKeep');
    expect(files.written.get('deletion-proof.txt')).toContain(ID);
    await page.tell('onUnload');
    expect(files.written.size).toBe(0);
    await page.tell('onHome');
    expect(moves).toEqual(['restart /pages/home/home']);
  });

  it('says so where the proof is not signed by a published key', async () => {
    phone.answer = serve(stranger);
    const page = await opened();
    await page.tell('onDelete');
    expect(page.data).toMatchObject({ state: 'done', deletion: { isProved: false } });
  });

  it('sends the same order again where the answer was lost', async () => {
    phone.answer = (call) => {
      const reply = serve()(call);
      return call.data['action'] === 'deleteAccount' ? Promise.reject(new WxFailure('fail timeout')) : reply;
    };
    const page = await opened();
    await page.tell('onDelete');
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'try-again' } });
    expect(phone.kept.has('card-key')).toBe(true);
    phone.answer = serve();
    await page.tell('onNext');
    expect(page.data).toMatchObject({ state: 'done', deletion: { isProved: true } });
    expect(actions()).toEqual(['prepareDeletion', 'deleteAccount', 'deleteAccount']);
    const [, first, second] = phone.calls;
    expect(second?.data['statement']).toBe(first?.data['statement']);
    expect([deletions, phone.kept.size]).toEqual([2, 0]);
  });

  it('signs anew where an order that was kept is over', async () => {
    phone.answer = (call) => (call.data['action'] === 'deleteAccount' ? undefined : serve()(call));
    const page = await opened();
    await page.tell('onDelete');
    let isOver = true;
    phone.answer = (call) => {
      if (call.data['action'] !== 'deleteAccount' || !isOver) return serve()(call);
      isOver = false;
      return refused('wrong_step');
    };
    await page.tell('onNext');
    expect(page.data['state']).toBe('done');
    expect(actions().slice(2)).toEqual(['deleteAccount', 'prepareDeletion', 'deleteAccount']);
  });

  it('fetches the proof of a deletion that was made, and orders none by being opened otherwise', async () => {
    phone.answer = (call) => (call.data['action'] === 'deleteAccount' ? undefined : serve()(call));
    await (await opened()).tell('onDelete');
    phone.answer = serve();
    const before = phone.calls.length;
    await opened();
    expect(phone.calls).toHaveLength(before);
    const page = await opened({ for: 'proof' });
    expect(page.data).toMatchObject({ state: 'done', deletion: { isProved: true } });
  });

  it('is refused on a phone without the card’s key', async () => {
    phone.kept.delete('card-key');
    const page = await opened();
    await page.tell('onDelete');
    expect([page.data['state'], phone.calls]).toEqual(['refused', []]);
  });

  it('sends nothing that it could not keep', async () => {
    phone.isFullFor = (key) => key === 'deletion-order';
    const page = await opened();
    await page.tell('onDelete');
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'try-again' } });
    expect(actions()).toEqual(['prepareDeletion']);
  });
});
