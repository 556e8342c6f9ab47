import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { actionsOf, claimReply, HANDLE, openedShowing, serveAsk, SESSION } from './ask-service';
import { giveSensor } from './fake-sensor';
import { givePhone, held, offer, WxFailure, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, refused } from './replies';

type Otherwise = NonNullable<Parameters<typeof serveAsk>[1]>;
const bank = {
  purpose: 'bank-account-opening',
  claims: ['name', 'number'],
  stepUp: ['fingerprint', 'face'],
};
let phone: FakePhone;
let buzzes: number;

const unreachable = (): never => {
  throw new WxFailure('fail timeout');
};

beforeEach(async () => {
  phone = givePhone();
  startScreens();
  buzzes = 0;
  offer({ vibrateShort: () => (buzzes += 1) });
  await adoptKeyOfCase(CASE, await keyForCase(CASE));
});

/** The page of an answer to what the consent page showed, where it was agreed to. */
const opened = async (otherwise: Otherwise = {}, asked: object = {}): Promise<OpenPage> => {
  serveAsk(phone, { claimCounter: () => claimReply(asked), ...otherwise });
  const consent = openPage('packages/card/request/request');
  await consent.tell('onLoad', { session: SESSION });
  await consent.tell('onAgree');
  const page = openPage('packages/card/answer/answer');
  await page.tell('onLoad', { session: SESSION });
  return page;
};
const taken = (file: string) => ({ detail: { file } });
const sendings = (): number => actionsOf(phone).filter((action) => action === 'answerAsk').length;

describe('the page that answers an institution', () => {
  it('sends the answer at once, and says what was told to whom and until when', async () => {
    const page = await opened();
    expect(moves).toEqual([`replace /packages/card/answer/answer?session=${SESSION}`]);
    expect(actionsOf(phone)).toEqual(['claimCounter', 'prepareShowing', 'openShowing', 'answerAsk']);
    expect(page.data).toMatchObject({
      state: 'answered',
      ask: {
        partner: 'Jiangnan City Bank',
        tells: ['Portrait', 'Masked name', 'Masked identity number'],
        lasts: '30 days, until 18 Dec 2026',
      },
    });
    expect(buzzes).toBe(1);
    await page.tell('onHistory');
    expect(moves.at(-1)).toBe('replace /packages/card/history/history');
  });

  it('holds no code that could come onto the screen', async () => {
    const codes: string[] = [];
    const page = await opened({
      answerAsk: ({ data }) => {
        codes.push(String(data['code']));
        return { ok: true, answeredAt: 1_795_000_001_000 };
      },
    });
    expect(codes).toHaveLength(1);
    expect(JSON.stringify(page.data)).not.toContain(codes[0]);
  });

  it('answers nothing that was not agreed to, and nothing twice', async () => {
    await opened();
    const again = openPage('packages/card/answer/answer');
    await again.tell('onLoad', { session: SESSION });
    await openPage('packages/card/answer/answer').tell('onLoad', {});
    expect(sendings()).toBe(1);
    expect(moves.slice(-2)).toEqual(['restart /pages/home/home', 'restart /pages/home/home']);
  });

  it('offers to send the same answer again where no reply came', async () => {
    const page = await opened({ answerAsk: unreachable });
    expect(page.data['state']).toBe('unsent');
    expect(sendings()).toBe(3);
    serveAsk(phone);
    await page.tell('onSendAgain');
    expect(page.data['state']).toBe('answered');
    expect(actionsOf(phone).filter((action) => action === 'openShowing')).toHaveLength(1);
  });

  it('says that the ask is over, and leads home', async () => {
    const page = await opened({ answerAsk: () => refused('ask_over') });
    expect(page.data).toMatchObject({ state: 'refused', told: { title: 'This request is over', next: 'home' } });
    await page.tell('onNext');
    expect(moves.at(-1)).toBe('restart /pages/home/home');
  });

  it('opens a new showing where the one before has ended', async () => {
    const page = await opened({ answerAsk: () => refused('code_not_recognised') });
    serveAsk(phone);
    await page.tell('onNext');
    expect(page.data['state']).toBe('answered');
    expect(actionsOf(phone).filter((action) => action === 'openShowing')).toHaveLength(2);
  });

  it.each([
    ['fingerprint_not_bound', ['replace /packages/card/security/security']],
    ['session_over', ['restart /pages/home/home']],
    ['key_proof_invalid', ['restart /pages/home/home', 'open /packages/enrolment/consent/consent']],
  ])('leads on from %s', async (code, led) => {
    const page = await opened({ openShowing: () => refused(code) });
    moves.length = 0;
    await page.tell('onNext');
    expect(moves).toEqual(led);
    expect(sendings()).toBe(0);
  });

  it.each([
    ['prepareShowing', { ok: true, handle: HANDLE }],
    ['openShowing', openedShowing],
  ])('sends nothing where it was left while %s was under way', async (step, reply) => {
    const late = held<unknown>();
    serveAsk(phone, { [step]: () => late.promise });
    const consent = openPage('packages/card/request/request');
    await consent.tell('onLoad', { session: SESSION });
    await consent.tell('onAgree');
    const page = openPage('packages/card/answer/answer');
    const loading = page.tell('onLoad', { session: SESSION });
    await page.tell('onUnload');
    late.give(reply);
    await loading;
    expect(actionsOf(phone)).toContain(step);
    expect(sendings()).toBe(0);
  });
});

describe('the page that answers for a task that asks for finger and face', () => {
  it('takes the selfie first, and the finger before it is sent', async () => {
    const sensor = giveSensor();
    const page = await opened({}, bank);
    expect(page.data).toMatchObject({ state: 'selfie', count: 'Step 1 of 2' });
    expect(actionsOf(phone)).toEqual(['claimCounter']);
    await page.tell('onSelfie', taken('first'));
    expect(page.data).toMatchObject({ state: 'answered', part: 4 });
    expect(sensor.asked).toMatchObject([{ authContent: 'Jiangnan City Bank' }]);
    expect(phone.uploads.map(({ filePath }) => filePath)).toEqual(['first']);
  });

  it('takes another selfie where that was at fault, and sends the same again where it was not', async () => {
    giveSensor();
    const page = await opened(
      { openShowing: () => refused('faces_differ', { picture: 'selfie', triesLeft: 9 }) },
      bank,
    );
    await page.tell('onSelfie', taken('first'));
    expect(page.data).toMatchObject({ state: 'refused', told: { next: 'retake-selfie' } });
    await page.tell('onNext');
    expect(page.data['state']).toBe('selfie');
    serveAsk(phone, { openShowing: () => refused('internal') });
    await page.tell('onSelfie', taken('second'));
    serveAsk(phone);
    await page.tell('onNext');
    expect(page.data['state']).toBe('answered');
    expect(phone.uploads.map(({ filePath }) => filePath)).toEqual(['first', 'second', 'second']);
  });

  it('tells nothing where the finger does not sign, and asks for it again', async () => {
    const sensor = giveSensor();
    sensor.failure = { errCode: 90008, errMsg: 'cancel' };
    const page = await opened({}, { ...bank, purpose: 'train-ticket', stepUp: ['fingerprint'] });
    expect(page.data['state']).toBe('refused');
    sensor.failure = null;
    await page.tell('onNext');
    expect(page.data['state']).toBe('answered');
    expect(sendings()).toBe(1);
  });
});
