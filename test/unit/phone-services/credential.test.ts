import { verifyKeyProof } from '../../../protocol';
import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { loadCard } from '../../../miniprogram/services/credential';
import { verifySignature } from '../protocol/support';
import { givePhone, WxFailure, type FakePhone, type FunctionCall } from './fake-wx';
import { CASE, cardReply, mintReply, NONCE, refused } from './replies';

const due = { ...cardReply(), renew: true };

let phone: FakePhone;

/** A service that says so of the card, and answers the steps of a renewal. */
const service =
  (card: object, renewal: unknown = mintReply, handle: unknown = { ok: true, handle: NONCE }) =>
  ({ data }: FunctionCall): unknown => {
    if (data['action'] === 'getCard') return card;
    return data['action'] === 'prepareShowing' ? handle : renewal;
  };
const asked = (): unknown[] => phone.calls.map(({ data }) => data['action']);
const kept = (): unknown => phone.kept.get('credential')?.data;

beforeEach(() => {
  phone = givePhone();
});

describe('the card on a phone', () => {
  it('is asked for alone while its credential holds', async () => {
    phone.answer = service(cardReply());
    expect(await loadCard()).toEqual({ ok: true, reply: cardReply() });
    expect(asked()).toEqual(['getCard']);
  });

  it('comes with another credential where the old one holds no more, proved by the card’s key', async () => {
    const key = await keyForCase(CASE);
    await adoptKeyOfCase(CASE, key);
    phone.answer = service(due);
    expect((await loadCard()).ok).toBe(true);
    expect(asked()).toEqual(['getCard', 'prepareShowing', 'renewCredential']);
    const proof = String(phone.calls[2]?.data['proof']);
    const verdict = verifyKeyProof(proof, { expectedNonce: NONCE, verify: verifySignature });
    expect(verdict).toEqual({ ok: true, key: key.publicKey });
    expect(kept()).toBe(mintReply.credential);
  });

  it.each<[string, unknown, unknown]>([
    ['refused', refused('card_not_active'), undefined],
    ['not answered', new WxFailure('fail timeout'), undefined],
    ['refused its handle', mintReply, refused('wrong_step')],
  ])('is told all the same where the renewal is %s, and what was kept stays', async (_, renewal, handle) => {
    await adoptKeyOfCase(CASE, await keyForCase(CASE));
    phone.kept.set('credential', { data: 'old~', encrypt: true });
    const answer = service(due, renewal, handle ?? { ok: true, handle: NONCE });
    phone.answer = (call) => {
      const given = answer(call);
      return given instanceof Error ? Promise.reject(given) : given;
    };
    expect(await loadCard()).toEqual({ ok: true, reply: due });
    expect(kept()).toBe('old~');
  });

  it('is told all the same on a phone without the card’s key, or whose storage fails', async () => {
    phone.answer = service(due);
    expect((await loadCard()).ok).toBe(true);
    expect(asked()).toEqual(['getCard']);
    phone.storageFailure = 'getStorage:fail decrypt error';
    expect((await loadCard()).ok).toBe(true);
  });

  it('is refused as the service refuses it', async () => {
    phone.answer = () => refused('not_found');
    expect(await loadCard()).toEqual(refused('not_found'));
  });
});
