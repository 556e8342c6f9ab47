import { validators } from '../../../protocol';
import { acceptedSoFar, answerLook, begin, decide, forget, sinceHeard } from '../../../miniprogram/services/check';
import { sendKeptLooks } from '../../../miniprogram/services/unsent-looks';
import { givePhone, held, WxFailure, type FakePhone } from './fake-wx';
import { redeemReply, refused } from './replies';

let phone: FakePhone;
const requestIds = (): unknown[] => [...new Set(phone.calls.map(({ data }) => data['requestId']))];

beforeEach(() => {
  forget();
  phone = givePhone();
  phone.answer = () => redeemReply();
});

describe('a check', () => {
  it('is none before a scan', async () => {
    expect(await decide()).toBeNull();
    expect(await answerLook('same')).toBe('refused');
    expect(phone.calls).toEqual([]);
  });

  it('asks with the code, the purpose and a request id of its own', async () => {
    await begin('RRQ', 'internet-cafe');
    await decide();
    const [asked] = phone.calls.map(({ data }) => data);
    expect(validators.RedeemCodeRequest(asked)).toBe(true);
    expect(asked).toMatchObject({ action: 'redeemCode', code: 'RRQ', purpose: 'internet-cafe' });
  });

  it('asks again with the same request where no answer came, and with another for another scan', async () => {
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    await begin('RRQ', 'parcel-pickup');
    expect((await decide())?.called.ok).toBe(false);
    expect((await decide())?.called.ok).toBe(false);
    expect(requestIds()).toHaveLength(1);
    await begin('RRQ', 'parcel-pickup');
    await decide();
    expect(requestIds()).toHaveLength(2);
  });

  it('that was answered is not asked about again', async () => {
    await begin('RRQ', 'parcel-pickup');
    const heard = await decide();
    expect(await decide()).toBe(heard);
    expect(phone.calls).toHaveLength(1);
  });

  it('counts an accepted card once, and a refused one never', async () => {
    const before = acceptedSoFar();
    phone.answer = () => refused('suspended');
    await begin('RRQ', 'parcel-pickup');
    await decide();
    expect(acceptedSoFar()).toBe(before);
    phone.answer = () => redeemReply();
    await begin('RRQ', 'parcel-pickup');
    await Promise.all([decide(), decide()]);
    await decide();
    expect(acceptedSoFar()).toBe(before + 1);
  });

  it('grows old by what elapses on the phone', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(5_000);
    await begin('RRQ', 'parcel-pickup');
    const heard = await decide();
    clock.mockReturnValue(17_250);
    expect(heard && sinceHeard(heard)).toBe(12_250);
    clock.mockRestore();
  });

  it('tells the service what staff saw, under the check’s own event', async () => {
    await begin('RRQ', 'parcel-pickup');
    await decide();
    phone.answer = () => ({ ok: true, look: 'different' });
    expect(await answerLook('different')).toBe('sent');
    const report = phone.calls.at(-1)?.data;
    expect(report).toEqual({ action: 'reportLook', eventId: 'e'.repeat(32), look: 'different' });
    expect(validators.ReportLookRequest(report)).toBe(true);
    phone.answer = () => Promise.reject(new WxFailure('fail timeout'));
    expect(await answerLook('different')).toBe('unsent');
    // Ten minutes later the service takes no look any more: sending it again would help nobody.
    phone.answer = () => refused('wrong_step');
    expect(await answerLook('different')).toBe('refused');
  });

  it('says nothing of a look at a card that was refused', async () => {
    phone.answer = () => refused('revoked');
    await begin('RRQ', 'parcel-pickup');
    await decide();
    expect(await answerLook('same')).toBe('refused');
    expect(phone.calls).toHaveLength(1);
  });
});

describe('a check that is over', () => {
  it('is forgotten with all that it told', async () => {
    await begin('RRQ', 'parcel-pickup');
    await decide();
    forget();
    expect(await decide()).toBeNull();
    expect(await answerLook('same')).toBe('refused');
    expect(phone.calls).toHaveLength(1);
  });

  it('stays forgotten when its answer comes late', async () => {
    const before = acceptedSoFar();
    const late = held<unknown>();
    phone.answer = () => late.promise;
    await begin('RRQ', 'parcel-pickup');
    const deciding = decide();
    forget();
    late.give(redeemReply());
    expect(await deciding).toBeNull();
    expect(await decide()).toBeNull();
    expect(acceptedSoFar()).toBe(before);
  });

  it('gives its late answer to no later scan: nobody is shown as the next customer', async () => {
    const late = held<unknown>();
    phone.answer = ({ data }) => (data['code'] === 'FIRST' ? late.promise : redeemReply('王'));
    await begin('FIRST', 'parcel-pickup');
    const first = decide();
    await begin('SECOND', 'parcel-pickup');
    late.give(redeemReply('林'));
    expect(await first).toBeNull();
    const second = await decide();
    expect(second?.called).toEqual({ ok: true, reply: redeemReply('王') });
  });

  it('leaves nothing in the phone’s storage', async () => {
    await begin('RRQ', 'parcel-pickup');
    await decide();
    expect(phone.kept.size).toBe(0);
  });
});

describe('what staff said without a network', () => {
  const offline = () => Promise.reject(new WxFailure('fail timeout'));
  const kept = () => phone.kept.get('unsent-looks');
  const said = async (look: 'same' | 'different') => {
    phone.answer = () => redeemReply();
    await begin('RRQ', 'parcel-pickup');
    await decide();
    phone.answer = offline;
    expect(await answerLook(look)).toBe('unsent');
    forget();
  };

  it('is kept, encrypted, when they go on to the next customer, and sent once there is one', async () => {
    await said('different');
    expect(kept()).toMatchObject({ encrypt: true, data: [{ eventId: 'e'.repeat(32), look: 'different' }] });
    phone.calls.length = 0;
    await sendKeptLooks();
    expect(kept()?.data).toHaveLength(1);
    phone.answer = () => ({ ok: true, look: 'different' });
    await sendKeptLooks();
    await sendKeptLooks();
    const report = { action: 'reportLook', eventId: 'e'.repeat(32), look: 'different' };
    expect(phone.calls.map(({ data }) => data)).toEqual([report, report]);
    expect(kept()?.data).toEqual([]);
  });

  it('is kept no longer once the service takes it no more', async () => {
    await said('same');
    phone.answer = () => refused('wrong_step');
    await sendKeptLooks();
    expect(kept()?.data).toEqual([]);
  });

  it('keeps no other answer back where the service stumbles over it', async () => {
    const [first, second] = ['a', 'b'].map((digit) => ({ eventId: digit.repeat(32), look: 'same' }));
    phone.kept.set('unsent-looks', { data: [first, second], encrypt: true });
    phone.answer = ({ data }) =>
      data['eventId'] === first?.eventId ? refused('internal') : { ok: true, look: 'same' };
    await sendKeptLooks();
    expect(kept()?.data).toEqual([first]);
  });

  it('is sent all the same where the storage takes nothing', async () => {
    await begin('RRQ', 'parcel-pickup');
    await decide();
    phone.isFullFor = (key) => key === 'unsent-looks';
    phone.answer = () => ({ ok: true, look: 'same' });
    expect(await answerLook('same')).toBe('sent');
  });

  it('leaves alone what somebody else has put in its place', async () => {
    phone.kept.set('unsent-looks', { data: [{ eventId: '{}', look: 'same' }, 'text', null], encrypt: true });
    await sendKeptLooks();
    expect(phone.calls).toEqual([]);
  });
});
