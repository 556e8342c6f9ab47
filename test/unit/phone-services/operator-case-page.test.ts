import { reviewCase } from '../../support/journey/review-replies';
import { held } from './fake-wx';
import { moves, type OpenPage } from './open-page';
import { chosen, giveOperatorPhone, openConsole, tapped, type OperatorPhone } from './operator-phone';
import { refused } from './replies';

const CASE = '0123456789abcdef'.repeat(2);

let operator: OperatorPhone;

beforeEach(() => {
  operator = giveOperatorPhone();
});

describe('the page of a case', () => {
  const reviewed = async (more: Readonly<Record<string, unknown>> = {}): Promise<OpenPage> => {
    const part = (text: string) => ({ ok: true, bytes: Buffer.from(text).toString('base64'), parts: 2 });
    const replies: Readonly<Record<string, unknown>> = {
      openCase: await reviewCase(),
      refuseCase: { ok: true },
      acceptCase: { ok: true, isDecided: true },
      ...more,
    };
    operator.phone.answer = ({ data }) =>
      data['action'] === 'openPicture'
        ? part(data['part'] === 0 ? 'first half, ' : 'second')
        : replies[String(data['action'])];
    return openConsole('case', { reference: CASE });
  };

  it('puts a picture together from its parts, asks for it once, and forgets it with the page', async () => {
    const page = await reviewed();
    await page.tell('onPicture', tapped({ at: 1 }));
    await page.tell('onPicture', tapped({ at: 1 }));
    await page.tell('onPicture', tapped({ at: 1 }));
    expect(operator.sent('openPicture').map(({ picture, part }) => [picture, part])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect([...operator.remembered.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([
      'first half, second',
    ]);
    expect(page.data['pictures']).toMatchObject([
      { isShown: false },
      { isShown: true, src: 'buffer-0' },
      { isShown: false },
    ]);
    await page.tell('onUnload');
    expect(operator.remembered.size).toBe(0);
  });

  it('keeps no picture that comes once the page is left', async () => {
    const page = await reviewed();
    const late = held<unknown>();
    operator.phone.answer = () => late.promise;
    const opening = page.tell('onPicture', tapped({ at: 0 }));
    await page.tell('onUnload');
    late.give({ ok: true, bytes: 'AAAA', parts: 1 });
    await opening;
    expect(operator.remembered.size).toBe(0);
  });

  it('refuses with a reason and not without one, once that was asked and answered', async () => {
    const page = await reviewed();
    await page.tell('onRefuse');
    await page.tell('onRefuseNow');
    expect(page.data['fault']).toBe('Choose a reason');
    await page.tell('onChoose', chosen('not_live'));
    operator.isAgreed = false;
    await page.tell('onRefuseNow');
    expect(operator.sent('refuseCase')).toEqual([]);
    operator.isAgreed = true;
    await page.tell('onRefuseNow');
    expect(operator.sent('refuseCase')).toEqual([{ action: 'refuseCase', case: CASE, reason: 'not_live' }]);
    expect(moves).toEqual(['back']);
  });

  const openAll = async (page: OpenPage): Promise<void> => {
    for (const at of [0, 1, 2]) await page.tell('onPicture', tapped({ at }));
  };

  it('says why the case came, and names each picture', async () => {
    const { data } = await reviewed();
    expect(data['causes']).toContain('Selfie and portrait are alike');
    expect(data['causes']).toContain('The register is not sure');
    expect(data['pictures']).toMatchObject([
      { name: 'Document, portrait side' },
      { name: 'Document, emblem side' },
      { name: 'Selfie 1' },
    ]);
  });

  it.each([
    ['none', 'Accept this case?', false],
    ['other', 'Accept as the second reviewer?', true],
  ])('accepts once all pictures were opened, where accepted by %s', async (accepted, question, isDecided) => {
    const page = await reviewed({
      openCase: { ...(await reviewCase()), accepted },
      acceptCase: { ok: true, isDecided },
    });
    await page.tell('onAccept');
    expect(page.data['fault']).toContain('3 are not opened');
    await page.tell('onPicture', tapped({ at: 0 }));
    await page.tell('onPicture', tapped({ at: 1 }));
    expect(page.data['fault']).toBe('');
    await page.tell('onAccept');
    expect(page.data['fault']).toContain('1 is not opened');
    expect([operator.asked, operator.sent('acceptCase')]).toEqual([[], []]);
    await page.tell('onPicture', tapped({ at: 2 }));
    await page.tell('onAccept');
    expect(operator.asked.map(({ title }) => title)).toEqual([question]);
    expect(operator.sent('acceptCase')).toEqual([{ action: 'acceptCase', case: CASE }]);
    expect(moves).toEqual(['back']);
  });

  it('tells who has accepted that a second reviewer decides, and takes a change of mind', async () => {
    const page = await reviewed({ openCase: { ...(await reviewCase()), accepted: 'own' } });
    expect(page.data).toMatchObject({
      accepted: 'own',
      acceptance: { title: expect.stringContaining('second') as unknown },
    });
    await page.tell('onRefuse');
    await page.tell('onChoose', chosen('faces_differ'));
    await page.tell('onRefuseNow');
    expect(operator.sent('refuseCase')).toEqual([{ action: 'refuseCase', case: CASE, reason: 'faces_differ' }]);
  });

  it('stays where another reviewer was faster, and says so', async () => {
    const page = await reviewed({ acceptCase: refused('not_found') });
    await openAll(page);
    await page.tell('onAccept');
    expect(operator.asked.at(-1)?.content).toContain('somebody else may have dealt with it');
    expect([moves, page.data['busy']]).toEqual([[], false]);
  });

  it('tells who refused it first that another one must decide', async () => {
    const page = await reviewed({ openCase: refused('second_person_needed') });
    expect(page.data).toMatchObject({ state: 'failed' });
    expect(JSON.stringify(page.data['failure'])).toContain('Another operator');
  });
});
