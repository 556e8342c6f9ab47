import { createCheckpoint, readMerkleHash } from '../../../protocol';
import { newKeyPair } from '../../support/key-pair';
import { LOG_ISSUER } from '../../support/log-world';
import { foundEvidence, proveEntry } from '../../../miniprogram/services/log-proof';
import { checkReceipt } from '../../../miniprogram/services/receipts';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { checkedEntry, createPublicLog } from './public-log';

const { entry, opening } = checkedEntry();
let phone: FakePhone;
let log: ReturnType<typeof createPublicLog>;

const prove = () => proveEntry(entry, opening);
const listen = (to = log): void => {
  log = to;
  phone.answer = (call) => log.answer(call);
};

beforeEach(async () => {
  phone = givePhone();
  listen(createPublicLog());
  log.append(null, null, opening, null);
  await log.publish();
});

describe('an entry', () => {
  it('is proven, and proven again against what the phone kept, however the log has grown', async () => {
    expect(await prove()).toMatchObject({ kind: 'proven', leaf: 2, checkpoint: { size: 4 }, since: null });
    for (const size of [5, 9, 300]) {
      const before = size === 5 ? 4 : size === 9 ? 5 : 9;
      log.append(...Array.from({ length: size - before }, () => null));
      await log.publish();
      expect(await prove()).toMatchObject({ kind: 'proven', checkpoint: { size }, since: { size: before } });
    }
    expect(await foundEvidence()).toEqual([]);
    // Nothing that the phone asks of `public` names whom it asks for.
    expect(phone.calls.every(({ name }) => name === 'public')).toBe(true);
    expect(JSON.stringify(phone.calls)).not.toContain(entry.id);
  });

  it('waits for its leaf, and is late after ten minutes of the service’s own time', async () => {
    listen(createPublicLog());
    expect(await prove()).toEqual({ kind: 'waiting' });
    log.append(null);
    await log.publish();
    expect(await prove()).toEqual({ kind: 'waiting' });
    log.passSeconds(3600);
    await log.publish();
    expect(await prove()).toEqual({ kind: 'late' });
    log.append(opening);
    await log.publish();
    expect(await prove()).toMatchObject({ kind: 'proven', leaf: 1 });
  });

  it.each(['/public/log/checkpoint', '/.well-known/jwt-vc-issuer', '/public/log/inclusion', '/public/log/consistency'])(
    'is not held against the log while %s does not answer',
    async (path) => {
      await prove();
      log.append(null);
      await log.publish();
      const kept = phone.kept.get('log-checkpoint');
      phone.answer = (call) =>
        call.data['path'] === path ? Promise.reject(new WxFailure('fail timeout')) : log.answer(call);
      expect(await prove()).toEqual({ kind: 'unchecked', because: 'unreachable' });
      phone.answer = (call) =>
        call.data['path'] === path ? { ok: false, error: { code: 'internal' } } : log.answer(call);
      expect(await prove()).toEqual({ kind: 'unchecked', because: 'unreachable' });
      if (path !== '/public/log/inclusion') expect(phone.kept.get('log-checkpoint')).toEqual(kept);
      expect(await foundEvidence()).toEqual([]);
    },
  );

  it('is not proven on a phone whose storage fails', async () => {
    phone.storageFailure = 'getStorage:fail damaged';
    expect(await prove()).toEqual({ kind: 'unchecked', because: 'storage_failed' });
    expect(await foundEvidence()).toEqual([]);
  });
});

describe('a log that contradicts itself', () => {
  const contradicts = async (fault: string): Promise<void> => {
    expect(await prove()).toEqual({ kind: 'contradiction', fault });
    expect((await foundEvidence()).map((one) => one.fault)).toEqual([fault]);
  };

  it.each<[string, readonly null[], boolean]>([
    ['of the same size', [null, null, null], true],
    ['that has grown', [null, null, null, null, null], true],
    ['that was cut', [null], true],
  ])('%s is found out, and both checkpoints are kept with their keys', async (_, more, isIn) => {
    await prove();
    const before = phone.kept.get('log-checkpoint');
    const other = createPublicLog();
    other.append(...(isIn ? [opening] : []), ...more);
    await other.publish();
    listen(other);
    await contradicts('log_rewritten');
    const [evidence] = await foundEvidence();
    expect(evidence?.before).toEqual(before?.data);
    expect(evidence?.now?.text.split('.')).toHaveLength(3);
    expect(evidence?.now?.key).toMatchObject({ kid: 'log-1' });
    // What was checked is not given up for what contradicts it, and the same again is the same.
    expect(phone.kept.get('log-checkpoint')).toEqual(before);
    await contradicts('log_rewritten');
  });

  it('that has no checkpoint any more is found out', async () => {
    await prove();
    listen(createPublicLog());
    await contradicts('log_rewritten');
    expect((await foundEvidence())[0]?.now).toBeNull();
  });

  it('that shows an old head of itself is no contradiction, and not believed either', async () => {
    const old = (await log.answer({ name: 'public', data: { path: '/public/log/checkpoint' } })).body;
    log.append(null, null);
    await log.publish();
    await prove();
    log.forge('/public/log/checkpoint', () => old);
    expect(await prove()).toEqual({ kind: 'unchecked', because: 'older' });
    expect(await foundEvidence()).toEqual([]);
  });

  it.each<[string, string]>([
    ['changed', opening.content.replace('parcel-pickup', 'hotel-check-in')],
    ['of another event', opening.content.replace(entry.id, 'f'.repeat(32))],
    ['of another time', opening.content.replace(String(entry.at), String(entry.at + 1))],
    ['no text of an event', '[]'],
    ['no JSON', '{'],
  ])('is told where the content is %s', async (_, content) => {
    expect(await proveEntry(entry, { ...opening, content })).toEqual({ kind: 'contradiction', fault: 'entry_differs' });
  });

  it('does not prove an event under another salt', async () => {
    expect(await proveEntry(entry, { ...opening, salt: 'A'.repeat(22) })).toMatchObject({ kind: 'waiting' });
  });

  it.each<[string, (told: Readonly<Record<string, unknown>>) => object]>([
    ['of another leaf', (told) => ({ ...told, leaf: 1 })],
    ['that is cut', (told) => ({ ...told, proof: [] })],
    ['of other hashes', (told) => ({ ...told, proof: [43, 43].map((length) => 'A'.repeat(length)) })],
  ])('is found out by a proof %s', async (_, change) => {
    log.forge('/public/log/inclusion', (told) => change(told as Readonly<Record<string, unknown>>));
    await contradicts('proof_wrong');
  });

  it('is found out by a consistency proof that it cannot give', async () => {
    await prove();
    log.append(null, null, null);
    await log.publish();
    log.forge('/public/log/consistency', () => null);
    await contradicts('log_rewritten');
  });

  it('is not believed where a stranger signed it, or it is another issuer’s', async () => {
    const root = readMerkleHash('A'.repeat(43));
    if (!root) throw new Error('no hash');
    const checkpoint = { issuer: LOG_ISSUER, issuedAt: 1_795_000_000, size: 4, root };
    const stranger = newKeyPair('log-1');
    for (const text of [
      createCheckpoint(checkpoint, { kid: 'log-1', sign: stranger.sign }),
      createCheckpoint(checkpoint, { kid: 'log-2', sign: stranger.sign }),
      createCheckpoint({ ...checkpoint, issuer: 'https://other.example' }, { kid: 'log-1', sign: log.key.sign }),
      'x'.repeat(50_000),
    ]) {
      log.forge('/public/log/checkpoint', () => text);
      expect(await prove()).toEqual({ kind: 'contradiction', fault: 'checkpoint_invalid' });
    }
    // However much of it comes, a phone keeps little, and the first of it.
    expect(JSON.stringify(await foundEvidence()).length).toBeLessThan(25_000);
    expect(phone.kept.has('log-checkpoint')).toBe(false);
  });
});

describe('the keys', () => {
  const keysOf = (...keys: readonly object[]) => ({ issuer: LOG_ISSUER, jwks: { keys } });

  it('may be followed by new ones, which the phone tells', async () => {
    expect(await prove()).toMatchObject({ kind: 'proven', isKeyNew: false });
    log.forge('/.well-known/jwt-vc-issuer', () => keysOf(log.jwk('log-1'), log.jwk('log-2')));
    const signed = await log.answer({ name: 'public', data: { path: '/public/log/checkpoint' } });
    const { iat, size, root } = JSON.parse(Buffer.from(signed.body.split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      size: number;
      root: string;
    };
    const hash = readMerkleHash(root);
    if (!hash) throw new Error('no hash');
    const renewed = { issuer: LOG_ISSUER, issuedAt: iat + 1, size, root: hash };
    log.forge('/public/log/checkpoint', () => createCheckpoint(renewed, { kid: 'log-2', sign: log.key.sign }));
    expect(await prove()).toMatchObject({ kind: 'proven', isKeyNew: true });
    expect(await prove()).toMatchObject({ kind: 'proven', isKeyNew: false });
  });

  it.each([
    ['another key under a known name', () => keysOf(log.jwk('log-1', newKeyPair()))],
    ['another issuer', () => ({ ...keysOf(log.jwk('log-1')), issuer: 'https://other.example' })],
  ])('are not believed as %s', async (_, forged) => {
    await prove();
    log.forge('/.well-known/jwt-vc-issuer', forged);
    expect(await prove()).toEqual({ kind: 'contradiction', fault: 'keys_changed' });
  });
});

describe('a receipt', () => {
  it('is signed by the issuer and of this check', async () => {
    expect(await checkReceipt(entry, opening)).toBe('signed');
  });

  it.each<[string, Parameters<typeof checkReceipt>]>([
    ['of another check', [{ ...entry, receipt: checkedEntry(5).entry.receipt }, opening]],
    ['that says another purpose', [{ ...entry, purpose: 'age-check' }, opening]],
    ['that says fewer claims', [{ ...entry, claims: ['masked_name', 'name'] }, opening]],
    ['of another counter', [{ ...entry, terminal: 'counter-2' }, opening]],
    ['of another time', [{ ...entry, at: entry.at + 1000 }, opening]],
    ['of another partner', [entry, { ...opening, content: opening.content.replace('courier', 'stranger') }]],
    ['by a stranger', [{ ...entry, receipt: checkedEntry(4, newKeyPair().sign).entry.receipt }, opening]],
  ])('%s is wrong', async (_, [told, its]) => {
    expect(await checkReceipt(told, its)).toBe('wrong');
  });

  it('is not verified where its key is not published any more', async () => {
    log.forge('/public/receipt-keys', () => ({ issuer: LOG_ISSUER, keys: [log.jwk('receipts-2')] }));
    expect(await checkReceipt(entry, opening)).toBe('unchecked');
  });

  it('is not verified without a network', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await checkReceipt(entry, opening)).toBe('unchecked');
  });
});
