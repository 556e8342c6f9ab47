import { verifyKeyProof } from '../../../protocol';
import { adoptKeyOfCase, keyForCase, loadCardKey, proveKey } from '../../../miniprogram/services/card-key';
import { StorageFailure } from '../../../miniprogram/platform/storage';
import { verifySignature } from '../protocol/support';
import { givePhone, type FakePhone } from './fake-wx';
import { CASE, NONCE } from './replies';

const OTHER_CASE = 'd'.repeat(32);
let phone: FakePhone;

beforeEach(() => {
  phone = givePhone();
});

describe('the key of a card', () => {
  it('is none on a phone that never had one', async () => {
    expect(await loadCardKey()).toBeNull();
  });

  it('is made once for an enrolment and found again', async () => {
    const made = await keyForCase(CASE);
    expect((await keyForCase(CASE)).publicKey).toEqual(made.publicKey);
    expect((await keyForCase(CASE)).secret).toEqual(made.secret);
  });

  it('is another for each enrolment', async () => {
    expect((await keyForCase(CASE)).secret).not.toEqual((await keyForCase(OTHER_CASE)).secret);
  });

  it('is kept before it is used, and encrypted', async () => {
    await keyForCase(CASE);
    expect(phone.kept.size).toBe(1);
    expect([...phone.kept.values()].map(({ encrypt }) => encrypt)).toEqual([true]);
    await adoptKeyOfCase(CASE, await keyForCase(CASE));
    expect([...phone.kept.values()].map(({ encrypt }) => encrypt)).toEqual([true]);
  });

  it('takes the old one’s place only once its own card is there, and is then kept once', async () => {
    const first = await keyForCase(CASE);
    await adoptKeyOfCase(CASE, first);
    const second = await keyForCase(OTHER_CASE);
    expect((await loadCardKey())?.publicKey).toEqual(first.publicKey);
    await adoptKeyOfCase(OTHER_CASE, second);
    expect((await loadCardKey())?.publicKey).toEqual(second.publicKey);
    expect(phone.kept.size).toBe(1);
  });

  it('proves itself over the nonce of the service, and over no other', async () => {
    const key = await keyForCase(CASE);
    const proof = proveKey(key, NONCE);
    expect(verifyKeyProof(proof, { expectedNonce: NONCE, verify: verifySignature })).toEqual({
      ok: true,
      key: key.publicKey,
    });
    const other = verifyKeyProof(proof, { expectedNonce: 'BBECAwQFBgcICQoLDA0ODw', verify: verifySignature });
    expect(other.ok).toBe(false);
  });
});

describe('a storage that fails', () => {
  // Were it taken for empty, a new key would overwrite the one that the card is bound to.
  it.each(['getStorage:fail decrypt error', 'getStorage:fail:entry size limit reached', 'fail internal error'])(
    'is not taken for an empty one: %s',
    async (message) => {
      const made = await keyForCase(CASE);
      phone.storageFailure = message;
      await expect(keyForCase(CASE)).rejects.toThrow(StorageFailure);
      await expect(loadCardKey()).rejects.toThrow(StorageFailure);
      phone.storageFailure = null;
      expect((await keyForCase(CASE)).secret).toEqual(made.secret);
    },
  );

  it('is told from one that has nothing by WeChat’s own words', async () => {
    phone.storageFailure = 'getStorage:fail data not found';
    expect(await loadCardKey()).toBeNull();
  });

  it('that gives something else than a key gives none', async () => {
    for (const data of [42, null, { secret: 1 }, 'not base64url!']) {
      phone.kept.set('card-key', { data, encrypt: true });
      expect(await loadCardKey()).toBeNull();
    }
  });

  it('that gives a damaged key is a failure: a new key must not take its place unasked', async () => {
    for (const bytes of [0, 8, 32]) {
      phone.kept.set('card-key', { data: Buffer.alloc(bytes).toString('base64url'), encrypt: true });
      await expect(loadCardKey()).rejects.toThrow(StorageFailure);
    }
  });
});
