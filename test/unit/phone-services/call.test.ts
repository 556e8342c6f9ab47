import fc from 'fast-check';
import { validators } from '../../../protocol';
import { call } from '../../../miniprogram/services/call';
import { getCard } from '../../../miniprogram/services/holder';
import { redeemCode } from '../../../miniprogram/services/verifier';
import { givePhone, WxFailure, type FakePhone } from './fake-wx';
import { cardReply, redeemReply, refused } from './replies';

const unreachable = { ok: false, error: { code: 'unreachable' } };
let phone: FakePhone;
const ask = (reply: unknown) => {
  phone.answer = () => reply;
  return getCard();
};

beforeEach(() => {
  phone = givePhone();
});

describe('a call of a function', () => {
  it('gives the reply that was hoped for', async () => {
    expect(await ask(cardReply())).toEqual({ ok: true, reply: cardReply() });
    expect(phone.calls).toEqual([{ name: 'holder', data: { action: 'getCard' } }]);
  });

  it('gives the service’s refusal with what narrows it down', async () => {
    const narrowed = { picture: 'front', fields: ['name'], triesLeft: 3 };
    expect(await ask(refused('field_unreadable', narrowed))).toEqual(refused('field_unreadable', narrowed));
  });

  it.each([
    ['a status that is none', { ok: true, card: { ...cardReply().card, status: 'fine' } }],
    ['more than the schema has', { ...cardReply(), more: 1 }],
    ['more in the card', { ok: true, card: { ...cardReply().card, number: '330106199502179970' } }],
    ['a card without its end', { ok: true, card: { ...cardReply().card, validTo: undefined } }],
    ['the reply of another call', redeemReply()],
    ['a refusal by a code that is none', refused('no_such_code')],
    ['a refusal with a text of its own', refused('internal', { message: 'stack' })],
    ['a refusal without a reason', { ok: false }],
    ['both at once', { ...cardReply(), error: { code: 'internal' } }],
    ['nothing', undefined],
    ['null', null],
    ['a text', JSON.stringify(cardReply())],
  ])('takes for no answer what fits no schema: %s', async (_, reply) => {
    expect(await ask(reply)).toEqual(unreachable);
  });

  it('lets no reply through that its schema does not take, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (reply) => {
        fc.pre(!validators.CardReply(reply) && !validators.RefusedReply(reply));
        expect(await ask(reply)).toEqual(unreachable);
      }),
    );
  });

  it.each([
    ['a failure of WeChat', new WxFailure('cloud.callFunction:fail -1 timeout')],
    ['a text', 'errCode: -404011 cloud function execution error'],
    ['nothing at all', undefined],
  ])('is unreachable where WeChat rejects it with %s', async (_, failure) => {
    phone.answer = () => ({ then: (_: unknown, reject: (reason: unknown) => void) => reject(failure) });
    expect(await getCard()).toEqual(unreachable);
  });

  it('does not hide a fault of the phone’s own as a failure of the network', async () => {
    phone.answer = () => cardReply();
    const faulty = (_reply: unknown): _reply is never => {
      throw new TypeError('a fault');
    };
    await expect(call('holder', {}, faulty)).rejects.toThrow('a fault');
  });
});

describe('a scan that is sent', () => {
  const scan = () => redeemCode('RRQ', 'parcel-pickup');

  it('is sent again with the same request until an answer comes, at most three times', async () => {
    phone.answer = () => (phone.calls.length < 3 ? Promise.reject(new WxFailure('fail timeout')) : redeemReply());
    expect(await scan()).toEqual({ ok: true, reply: redeemReply() });
    expect(phone.calls).toHaveLength(3);
    expect(new Set(phone.calls.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(validators.RedeemCodeRequest(phone.calls[0]?.data)).toBe(true);

    phone = givePhone();
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await scan()).toEqual(unreachable);
    expect(phone.calls).toHaveLength(3);
  });

  it('is sent once where it is refused', async () => {
    phone.answer = () => refused('code_already_used');
    expect(await scan()).toEqual(refused('code_already_used'));
    expect(phone.calls).toHaveLength(1);
  });
});
