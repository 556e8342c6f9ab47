import {
  instant,
  parseCode,
  showingHandle,
  validators,
  verifyCode,
  verifyPresentation,
  verifyShowingStatement,
  type ClaimCounterReply,
  type PublicKey,
  type SessionHandle,
} from '../../../protocol';
import { agreeTo, askedBy, prepareAnswer, takeAgreed, type Asked } from '../../../miniprogram/services/ask';
import { adoptKeyOfCase, keyForCase } from '../../../miniprogram/services/card-key';
import { heldCredential, keepCredential } from '../../../miniprogram/services/credential';
import { expected, issuer } from '../protocol/credential-support';
import { verifySignature } from '../protocol/support';
import {
  actionsOf,
  AUDIENCE,
  claimReply,
  credentialFor,
  HANDLE,
  NONCE,
  openedShowing,
  serveAsk,
  SERVER_TIME,
  SESSION,
} from './ask-service';
import { giveSensor } from './fake-sensor';
import { givePhone, WxFailure, type FakePhone, type FunctionCall } from './fake-wx';
import { CASE, cardReply, refused } from './replies';

const session = SESSION as SessionHandle;
const WRONG_BY = 400 * 24 * 3_600_000;
const presentation = { nonce: NONCE, audience: AUDIENCE };
let phone: FakePhone;
let holderKey: PublicKey;
let clock: jest.SpyInstance<number, []>;
let statement: string;
let steps: string[];

const claimed = (change: object = {}, ofAsk: object = {}): Asked => {
  const asked = askedBy(session, claimReply(change, ofAsk));
  if (!asked) throw new Error('it is an ask');
  return asked;
};
const keep = (call: FunctionCall): unknown => {
  statement = String(call.data['statement']);
  return openedShowing;
};
const serve = (otherwise: Parameters<typeof serveAsk>[1] = {}) => serveAsk(phone, { openShowing: keep, ...otherwise });
const prepare = (asked: Asked) => prepareAnswer(asked, { prompt: 'Bank', onStep: (step) => steps.push(step) });
const ready = async (asked: Asked) => {
  const prepared = await prepare(asked);
  if (!prepared.ok) throw new Error(prepared.error.code);
  return prepared.reply;
};
const answers = () => phone.calls.filter(({ data }) => data['action'] === 'answerAsk');

beforeEach(async () => {
  phone = givePhone();
  steps = [];
  clock = jest.spyOn(Date, 'now').mockReturnValue(SERVER_TIME + WRONG_BY);
  const key = await keyForCase(CASE);
  await adoptKeyOfCase(CASE, key);
  holderKey = key.publicKey;
  serve();
});
afterEach(() => {
  clock.mockRestore();
});

describe('what an institution asks by a session', () => {
  it('is none where a counter asks', () => {
    const { ask: _, ...ofCounter } = claimReply();
    expect(askedBy(session, ofCounter satisfies ClaimCounterReply)).toBeNull();
  });

  it('has its time by the service’s clock and what has elapsed, whatever the phone’s says', () => {
    const asked = claimed();
    expect([asked.left(), asked.serverTime()]).toEqual([180_000, SERVER_TIME]);
    clock.mockReturnValue(SERVER_TIME + WRONG_BY + 61_000);
    expect([asked.left(), asked.serverTime()]).toEqual([119_000, SERVER_TIME + 61_000]);
    clock.mockReturnValue(SERVER_TIME + WRONG_BY + 200_000);
    expect(asked.left()).toBe(0);
  });

  it('is agreed to once, and for its own session', () => {
    const asked = claimed();
    agreeTo(asked);
    expect(takeAgreed(session)).toBe(asked);
    expect(takeAgreed(session)).toBeNull();
    agreeTo(asked);
    expect(takeAgreed('BBBBBBBBBBBBBBBBBBBBBA' as SessionHandle)).toBeNull();
    expect(takeAgreed(session)).toBeNull();
  });
});

describe('an answer', () => {
  it('is a code of that moment, of a showing for that session, and nothing is sent before', async () => {
    const answer = await ready(claimed());
    expect(actionsOf(phone)).toEqual(['prepareShowing', 'openShowing']);
    clock.mockReturnValue(SERVER_TIME + WRONG_BY + 40_000);
    expect(await answer.send()).toEqual({ ok: true, reply: { ok: true, answeredAt: SERVER_TIME + 1000 } });
    const [{ name, data } = { name: '', data: {} }] = answers();
    expect([name, data['session'], 'presentation' in data]).toEqual(['verifier', SESSION, false]);
    expect(validators.AnswerAskRequest(data)).toBe(true);
    const registered = verifyShowingStatement(statement, {
      expectedHandle: showingHandle(HANDLE),
      holderKey,
      verify: verifySignature,
    });
    const code = parseCode(String(data['code']));
    if (!registered.ok || !code.ok) throw new Error('expected a statement and a code');
    expect([registered.session, registered.purpose, code.handle]).toEqual([SESSION, 'parcel-pickup', HANDLE]);
    const now = instant(SERVER_TIME + 41_000);
    expect(verifyCode(code, { key: registered.key, now, verify: verifySignature })).toBe('valid');
    expect(steps).toEqual(['preparing', 'preparing', 'opening', 'sending']);
  });

  it('asks for the finger that the purpose asks for, and tells nobody anything without it', async () => {
    const sensor = giveSensor();
    const asked = claimed({ purpose: 'train-ticket', claims: ['name', 'number'], stepUp: ['fingerprint'] });
    expect((await prepare(asked)).ok).toBe(true);
    expect(sensor.asked).toMatchObject([{ authContent: 'Bank' }]);
    sensor.failure = { errCode: 90008, errMsg: 'cancel' };
    expect(await prepare(asked)).toEqual(refused('step_up_missing', { missing: ['fingerprint'] }));
    expect(answers()).toEqual([]);
  });

  it('is sent three times where no reply comes, each time with a code of its own of the same showing', async () => {
    serve({
      answerAsk: () => {
        clock.mockReturnValue(Date.now() + 20_000);
        throw new WxFailure('fail timeout');
      },
    });
    const answer = await ready(claimed());
    expect(await answer.send()).toEqual(refused('unreachable'));
    const codes = answers().map(({ data }) => parseCode(String(data['code'])));
    expect(codes.map((code) => code.ok && [code.handle, code.freshnessAt(instant(SERVER_TIME + 40_000))])).toEqual([
      [HANDLE, 'stale'],
      [HANDLE, 'fresh'],
      [HANDLE, 'fresh'],
    ]);
    serve();
    expect(await answer.send()).toMatchObject({ ok: true });
    expect(actionsOf(phone).filter((action) => action === 'openShowing')).toHaveLength(1);
  });

  it('that is refused is not sent again', async () => {
    serve({ answerAsk: () => refused('ask_over') });
    const answer = await ready(claimed());
    expect(await answer.send()).toEqual(refused('ask_over'));
    expect(answers()).toHaveLength(1);
  });

  it('is not given by a phone without the card’s key', async () => {
    phone.kept.clear();
    expect(await prepare(claimed())).toEqual(refused('not_found'));
    expect(await prepare(claimed({}, { presentation }))).toEqual(refused('not_found'));
    expect(answers()).toEqual([]);
  });
});

describe('an answer with a presentation', () => {
  const verdictOf = (text: unknown, now = SERVER_TIME) =>
    verifyPresentation(String(text), {
      ...expected,
      now: instant(now),
      holderKey,
      audience: AUDIENCE,
      nonce: NONCE,
    });
  const asked = () => claimed({ claims: ['masked_name', 'name', 'number'] }, { presentation });
  const sent = async () => {
    expect(await (await ready(asked())).send()).toMatchObject({ ok: true });
    const data = answers().at(-1)?.data ?? {};
    expect(validators.AnswerAskRequest(data)).toBe(true);
    return data['presentation'];
  };

  it('discloses the consented claims that the credential carries, and no other, bound to nonce and audience', async () => {
    await keepCredential(credentialFor(holderKey));
    expect(verdictOf(await sent())).toMatchObject({
      ok: true,
      credential: { disclosed: ['name', 'personal_administrative_number'] },
    });
    // Looked at first: making the credential anew would take the place of a prepared showing.
    expect(actionsOf(phone)).toEqual(['getCard', 'prepareShowing', 'openShowing', 'answerAsk']);
  });

  it.each<[string, () => Promise<void>, object]>([
    ['is there no more', () => Promise.resolve(), {}],
    ['holds no more, as the service says', () => keepCredential(credentialFor(holderKey, '旧')), { renew: true }],
    ['is bound to another key', () => keepCredential(credentialFor(issuer.key)), {}],
  ])('has the credential made anew that %s', async (_, given, said) => {
    await given();
    const fresh = credentialFor(holderKey, '新');
    serve({
      getCard: () => ({ ...cardReply(), ...said }),
      renewCredential: () => ({ ...cardReply(), credential: fresh }),
    });
    expect(verdictOf(await sent())).toMatchObject({ ok: true, credential: { claims: { name: '新' } } });
    expect(await heldCredential()).toBe(fresh);
    expect(actionsOf(phone)).toEqual([
      'getCard',
      'prepareShowing',
      'renewCredential',
      'prepareShowing',
      'openShowing',
      'answerAsk',
    ]);
  });

  it('is not given with an old credential where no new one is had', async () => {
    serve({ getCard: () => ({ ...cardReply(), renew: true }), renewCredential: () => refused('internal') });
    await keepCredential(credentialFor(holderKey));
    expect(await prepare(asked())).toEqual(refused('internal'));
    expect(await heldCredential()).not.toBeNull();
    expect(actionsOf(phone)).not.toContain('openShowing');
  });

  it('has the credential made anew that the service refused, as one whose successor never arrived', async () => {
    await keepCredential(credentialFor(holderKey, '旧'));
    serve({ answerAsk: () => refused('presentation_invalid') });
    const answer = await ready(asked());
    expect(await answer.send()).toEqual(refused('presentation_invalid'));
    expect(answers()).toHaveLength(1);
    serve({ renewCredential: () => ({ ...cardReply(), credential: credentialFor(holderKey, '新') }) });
    expect(verdictOf(await sent())).toMatchObject({ ok: true, credential: { claims: { name: '新' } } });
  });

  it('is not given by a phone that the card has left', async () => {
    serve({ getCard: () => ({ ...cardReply(), boundElsewhere: { since: SERVER_TIME } }) });
    await keepCredential(credentialFor(holderKey));
    expect(await prepare(asked())).toEqual(refused('not_found'));
  });

  it('is signed by the moment of each sending', async () => {
    await keepCredential(credentialFor(holderKey));
    const answer = await ready(asked());
    clock.mockReturnValue(SERVER_TIME + WRONG_BY + 100_000);
    await answer.send();
    const text = answers().at(-1)?.data['presentation'];
    expect(verdictOf(text, SERVER_TIME + 100_000).ok).toBe(true);
    expect(verdictOf(text)).toEqual({ ok: false, fault: 'binding_from_future' });
  });
});
