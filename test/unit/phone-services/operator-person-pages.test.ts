import { validators } from '../../../protocol';
import { foundCard, proposedDeletion, UNKNOWN_CODE, visitor } from '../../support/journey/console-replies';
import { moves, type OpenPage } from './open-page';
import { chosen, giveOperatorPhone, openConsole, typed, type OperatorPhone } from './operator-phone';
import { refused } from './replies';

const CASE = '0123456789abcdef'.repeat(2);
const NOW = 1_795_000_000_000;

let operator: OperatorPhone;

beforeEach(() => {
  operator = giveOperatorPhone();
});

describe('the page on which a card is found', () => {
  const looked = async (): Promise<OpenPage> => {
    const page = await openConsole('lookup');
    await page.tell('onType', typed(`${CASE.slice(0, 16).toUpperCase()} ${CASE.slice(16)}`));
    await page.tell('onSearch');
    return page;
  };

  it('asks by an exact id alone', async () => {
    operator.serve({ findCard: foundCard(NOW) });
    const page = await openConsole('lookup');
    await page.tell('onType', typed('林志远'));
    await page.tell('onSearch');
    expect([operator.phone.calls, page.data['fault']]).toEqual([[], expect.stringContaining('32')]);
    const found = await looked();
    expect(operator.sent('findCard')).toEqual([{ action: 'findCard', by: 'card', reference: CASE }]);
    expect(validators.FindCardRequest(operator.sent('findCard')[0])).toBe(true);
    expect(found.data).toMatchObject({ outcome: 'card', told: { title: 'Suspended', canRelease: true } });
  });

  it('holds with a reason and shows it without looking the card up again', async () => {
    operator.serve({ findCard: { ...foundCard(NOW), status: 'valid', stops: [] }, holdCard: { ok: true } });
    const page = await looked();
    await page.tell('onHold');
    await page.tell('onHoldNow');
    expect(operator.sent('holdCard')).toEqual([]);
    await page.tell('onReason', chosen('inquiry'));
    await page.tell('onHoldNow');
    expect(operator.sent('holdCard')).toMatchObject([{ reason: 'inquiry' }]);
    expect(operator.sent('findCard')).toHaveLength(1);
    expect(page.data).toMatchObject({
      told: { title: 'Suspended', stops: [{ value: 'Under inquiry' }] },
      isHolding: false,
    });
  });

  it('does not show one card’s state beside what is found next', async () => {
    operator.serve({ findCard: foundCard(NOW), releaseCard: { ok: true } });
    const page = await looked();
    operator.serve({ findCard: refused('not_found') });
    await page.tell('onSearch');
    expect(page.data).toMatchObject({ outcome: 'missing', told: null });
    await page.tell('onRelease');
    expect(operator.sent('releaseCard')).toEqual([]);
  });

  it('leads to the proposal with the card’s id', async () => {
    operator.serve({ findCard: foundCard(NOW) });
    await (await looked()).tell('onRevoke');
    expect(moves).toEqual([
      `open /packages/operator/propose/propose?kind=revoke_card&reference=${foundCard(NOW).card}`,
    ]);
  });
});

describe('the page of a visitor', () => {
  const received = async (about: 'card' | 'case'): Promise<OpenPage> => {
    operator.serve({ receiveVisitor: await visitor(about), raiseVisitor: { ok: true } });
    const page = await openConsole('visitor');
    await page.tell('onNumber', typed('4041 7210'));
    await page.tell('onReceive');
    return page;
  };

  it('raises a card once both were seen and four characters typed', async () => {
    const page = await received('card');
    await page.tell('onLastFour', typed('123x'));
    await page.tell('onRaise');
    await page.tell('onPersonSeen');
    await page.tell('onRaise');
    expect(operator.sent('raiseVisitor')).toEqual([]);
    await page.tell('onDocumentSeen');
    await page.tell('onRaise');
    expect(operator.sent('raiseVisitor')).toEqual([
      { action: 'raiseVisitor', number: '40417210', lastFour: '123X', personSeen: true, documentSeen: true },
    ]);
    expect(page.data).toMatchObject({ state: 'raised', name: '', portrait: '' });
  });

  const shown = async (changes: object): Promise<OpenPage> => {
    operator.serve({ receiveVisitor: { ...(await visitor('card')), ...changes }, deleteVisitor: proposedDeletion });
    const page = await openConsole('visitor');
    await page.tell('onNumber', typed('40417210'));
    await page.tell('onReceive');
    return page;
  };

  it('proposes a deletion once the visitor wants it and was seen, and shows where the proof will be', async () => {
    const page = await shown({});
    await page.tell('onWish');
    await page.tell('onDelete');
    await page.tell('onPersonSeen');
    await page.tell('onDocumentSeen');
    await page.tell('onLastFour', typed('12'));
    await page.tell('onDelete');
    expect(operator.sent('deleteVisitor')).toEqual([]);
    await page.tell('onLastFour', typed('123x'));
    await page.tell('onDelete');
    const [sent] = operator.sent('deleteVisitor');
    expect(sent).toEqual({
      action: 'deleteVisitor',
      ...{ number: '40417210', lastFour: '123X', personSeen: true, documentSeen: true },
    });
    expect(validators.DeleteVisitorRequest(sent)).toBe(true);
    expect(page.data).toMatchObject({ state: 'proposed', proofAddress: proposedDeletion.proofAddress, name: '' });
    await page.tell('onAnother');
    expect(page.data).toMatchObject({ state: 'number', proofAddress: '', facts: [] });
  });

  it('offers what can be done about the card as it stands', async () => {
    const offered = async (changes: object) => {
      const { canRaise, canDelete } = (await shown(changes)).data;
      return [canRaise, canDelete];
    };
    expect(await offered({})).toEqual([true, true]);
    expect(await offered({ tier: 'full' })).toEqual([false, true]);
    expect(await offered({ may: ['delete'] })).toEqual([false, true]);
    expect(await offered({ may: [] })).toEqual([false, false]);
  });

  it('opens a card by the kill code, and goes on with the number that was drawn for it', async () => {
    operator.serve({
      receiveByCode: { ...(await visitor('card')), number: '11112222', may: ['delete'] },
      deleteVisitor: proposedDeletion,
    });
    const page = await openConsole('visitor');
    await page.tell('onOther');
    await page.tell('onNumber', typed('40417210'));
    await page.tell('onReceive');
    expect([operator.phone.calls, page.data['fault']]).toEqual([[], expect.stringContaining('no kill code')]);
    await page.tell('onNumber', typed(UNKNOWN_CODE.toLowerCase()));
    await page.tell('onReceive');
    const [received] = operator.sent('receiveByCode');
    expect(received).toEqual({ action: 'receiveByCode', killCode: UNKNOWN_CODE.replaceAll('-', '') });
    expect(validators.ReceiveByCodeRequest(received)).toBe(true);
    for (const step of ['onWish', 'onPersonSeen', 'onDocumentSeen']) await page.tell(step);
    await page.tell('onLastFour', typed('1234'));
    await page.tell('onDelete');
    expect(operator.sent('deleteVisitor')).toMatchObject([{ number: '11112222' }]);
    await page.tell('onAnother');
    expect(page.data).toMatchObject({ state: 'number', byCode: false });
  });

  it('leaves nothing of one visitor to the next', async () => {
    const page = await received('card');
    await page.tell('onPersonSeen');
    await page.tell('onAnother');
    expect(page.data).toMatchObject({ state: 'number', typed: '', name: '', portrait: '', personSeen: false });
    await page.tell('onDocumentSeen');
    await page.tell('onPersonSeen');
    await page.tell('onLastFour', typed('1234'));
    await page.tell('onRaise');
    expect(operator.sent('raiseVisitor').filter(({ number }) => number === '40417210')).toEqual([]);
  });

  it('leads from a case to the proposal for two', async () => {
    await (await received('case')).tell('onVouch');
    expect(moves).toEqual([`open /packages/operator/propose/propose?kind=vouch_for_case&reference=${'b'.repeat(32)}`]);
  });

  it('asks nobody with another number than eight digits', async () => {
    operator.serve({});
    const page = await openConsole('visitor');
    for (const text of ['', '123', '123456789', 'abcdefgh']) {
      await page.tell('onNumber', typed(text));
      await page.tell('onReceive');
    }
    expect(operator.phone.calls).toEqual([]);
  });
});
