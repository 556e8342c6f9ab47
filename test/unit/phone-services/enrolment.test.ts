import { validators, verifyKeyProof } from '../../../protocol';
import { begin, readSides, submitSelfie } from '../../../miniprogram/services/enrolment';
import { loadCardKey } from '../../../miniprogram/services/card-key';
import { mint } from '../../../miniprogram/services/minting';
import { verifySignature } from '../protocol/support';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { CASE, mintReply, NONCE, refused } from './replies';

const enrolment = { caseId: CASE, evidenceFolder: `evidence/${CASE}` };
const pictures = { front: 'wxfile://front.jpg', back: 'wxfile://back.jpg' };
let phone: FakePhone;
const proofs = () =>
  phone.calls.map(({ data }) =>
    verifyKeyProof(String(data['proof']), { expectedNonce: NONCE, verify: verifySignature }),
  );

beforeEach(() => {
  phone = givePhone();
});

describe('an enrolment as the phone asks for it', () => {
  it('names both consents and the text that was read', async () => {
    phone.answer = () => ({ ok: true, ...enrolment, expiresAt: 1_795_000_000_000 });
    expect(await begin()).toEqual({ ok: true, reply: enrolment });
    expect(validators.StartEnrolmentRequest(phone.calls[0]?.data)).toBe(true);
    expect(phone.calls[0]?.data['consents']).toMatchObject([{ subject: 'document' }, { subject: 'face' }]);
  });

  it('uploads each picture under a name that nobody can guess, and has those read', async () => {
    const order: string[] = [];
    phone.answer = ({ data }) => {
      order.push('asked');
      expect(validators.ReadDocumentRequest(data)).toBe(true);
      return refused('wrong_side', { picture: 'back' });
    };
    const called = await readSides(enrolment, pictures, () => order.push('uploaded'));
    expect(called).toEqual(refused('wrong_side', { picture: 'back' }));
    expect(order).toEqual(['uploaded', 'asked']);
    expect(phone.uploads.map(({ filePath }) => filePath)).toEqual([pictures.front, pictures.back]);
    const paths = phone.uploads.map(({ cloudPath }) => cloudPath);
    for (const path of paths) expect(path).toMatch(new RegExp(`^evidence/${CASE}/[0-9a-f]{32}\\.jpg$`));
    expect(new Set(paths).size).toBe(2);
    const { front, back } = phone.calls[0]?.data ?? {};
    expect([front, back]).toEqual(paths.map((path) => `cloud://env.bucket/${path}`));
  });

  it('asks for no reading and no comparison where a picture did not arrive', async () => {
    phone.isOffline = true;
    const onUploaded = jest.fn();
    expect(await readSides(enrolment, pictures, onUploaded)).toEqual(refused('unreachable'));
    expect(await submitSelfie(enrolment, 'wxfile://selfie.jpg', onUploaded)).toEqual(refused('unreachable'));
    expect(onUploaded).not.toHaveBeenCalled();
    expect(phone.calls).toEqual([]);
  });
});

describe('the minting of a card', () => {
  it('keeps the credential and the key, encrypted, and nothing else', async () => {
    phone.answer = () => mintReply;
    expect(await mint(enrolment, NONCE)).toEqual({ ok: true, reply: mintReply });
    expect([...phone.kept.keys()].sort()).toEqual(['card-key', 'credential']);
    expect(phone.kept.get('credential')).toEqual({ data: mintReply.credential, encrypt: true });
    expect(phone.kept.get('card-key')?.encrypt).toBe(true);
    const [proof] = proofs();
    expect(proof).toEqual({ ok: true, key: (await loadCardKey())?.publicKey });
  });

  it('is asked for again with the same key after a lost reply', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await mint(enrolment, NONCE)).toEqual(refused('unreachable'));
    expect(await loadCardKey()).toBeNull();
    phone.answer = () => mintReply;
    expect((await mint(enrolment, NONCE)).ok).toBe(true);
    const [first, second] = proofs();
    expect(first?.ok).toBe(true);
    expect(first).toEqual(second);
  });

  it('is not asked for where the key cannot be kept: no card is bound to a key that is lost', async () => {
    phone.isFullFor = () => true;
    expect(await mint(enrolment, NONCE)).toEqual(refused('storage_failed'));
    expect(phone.calls).toEqual([]);
  });

  it('is asked for again with the same key where the credential could not be kept', async () => {
    phone.answer = () => mintReply;
    phone.isFullFor = (key) => key === 'credential';
    expect(await mint(enrolment, NONCE)).toEqual(refused('storage_failed'));
    phone.isFullFor = () => false;
    expect((await mint(enrolment, NONCE)).ok).toBe(true);
    const [first, second] = proofs();
    expect(first).toEqual(second);
    expect([...phone.kept.keys()].sort()).toEqual(['card-key', 'credential']);
  });

  it('on a phone that holds a card proves the key of that one too: it is renewed and does not move', async () => {
    phone.answer = () => mintReply;
    await mint(enrolment, NONCE);
    const before = (await loadCardKey())?.publicKey;
    await mint({ ...enrolment, caseId: 'd'.repeat(32) }, NONCE);
    const [first, second] = phone.calls.map(({ data }) => data);
    expect(first).not.toHaveProperty('priorProof');
    expect(validators.MintCardRequest(second)).toBe(true);
    const prior = verifyKeyProof(String(second?.['priorProof']), { expectedNonce: NONCE, verify: verifySignature });
    expect(prior).toEqual({ ok: true, key: before });
    expect((await loadCardKey())?.publicKey).not.toEqual(before);
  });

  it('goes on without that proof where the key before is damaged', async () => {
    phone.kept.set('card-key', { data: Buffer.alloc(8).toString('base64url'), encrypt: true });
    phone.answer = () => mintReply;
    expect((await mint(enrolment, NONCE)).ok).toBe(true);
    expect(phone.calls[0]?.data).not.toHaveProperty('priorProof');
  });

  it('that is refused costs the present card neither key nor credential', async () => {
    phone.answer = () => mintReply;
    await mint(enrolment, NONCE);
    const before = [phone.kept.get('card-key'), phone.kept.get('credential')];
    phone.answer = () => refused('identity_has_card');
    await mint({ ...enrolment, caseId: 'd'.repeat(32) }, NONCE);
    expect([phone.kept.get('card-key'), phone.kept.get('credential')]).toEqual(before);
  });
});
