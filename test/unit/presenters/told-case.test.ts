import { reviewReasons, type FollowCaseReply } from '../../../protocol';
import { remindOfCase, tellCase, type CaseStep } from '../../../miniprogram/presenters/told-case';
import { foreignTexts, languages } from './languages';

const UNTIL = Date.UTC(2026, 10, 26, 10, 5);
const nonce = 'AAECAwQFBgcICQoLDA0ODw';
const replies: readonly FollowCaseReply[] = [
  { ok: true, state: 'open', isRead: false, until: UNTIL },
  { ok: true, state: 'open', isRead: true, until: UNTIL },
  { ok: true, state: 'inReview', isAppeal: false },
  { ok: true, state: 'inReview', isAppeal: true },
  { ok: true, state: 'matched', nonce, until: UNTIL },
  ...reviewReasons.flatMap((reason): FollowCaseReply[] => [
    { ok: true, state: 'refused', reason, appealUntil: UNTIL },
    { ok: true, state: 'refused', reason, appealUntil: null },
  ]),
  { ok: true, state: 'over' },
];
const stepsOf = (reply: FollowCaseReply): CaseStep[] => {
  const { primary, others } = tellCase(reply, 'en');
  return [primary, ...others].map(({ step }) => step);
};

describe('a case that is decided elsewhere', () => {
  it.each<[FollowCaseReply, CaseStep[]]>([
    [{ ok: true, state: 'open', isRead: false, until: UNTIL }, ['photograph']],
    [{ ok: true, state: 'open', isRead: true, until: UNTIL }, ['call', 'look-again']],
    [{ ok: true, state: 'inReview', isAppeal: false }, ['look-again', 'at-counter']],
    [{ ok: true, state: 'inReview', isAppeal: true }, ['look-again', 'at-counter']],
    [{ ok: true, state: 'matched', nonce, until: UNTIL }, ['finish']],
    [{ ok: true, state: 'refused', reason: 'not_live', appealUntil: UNTIL }, ['appeal', 'start-again', 'at-counter']],
    [{ ok: true, state: 'refused', reason: 'not_live', appealUntil: null }, ['at-counter', 'start-again', 'home']],
    [{ ok: true, state: 'over' }, ['home', 'start-again', 'at-counter']],
  ])('offers what can be done of %j', (reply, steps) => {
    expect(stepsOf(reply)).toEqual(steps);
  });

  it('offers no appeal once the word is final, and is over then and when it has ended', () => {
    for (const reply of replies) {
      const isFinal = reply.state === 'over' || (reply.state === 'refused' && reply.appealUntil === null);
      expect(tellCase(reply, 'zh').isOver).toBe(isFinal);
      expect(stepsOf(reply).includes('appeal')).toBe(reply.state === 'refused' && !isFinal);
    }
  });

  it('tells the reason of a refusal and until when it can be appealed, by the clock in China', () => {
    const told = tellCase({ ok: true, state: 'refused', reason: 'document_expired', appealUntil: UNTIL }, 'en');
    expect(told.text).toContain('has expired');
    expect(told.points[0]).toContain('26 Nov 2026 18:05');
  });

  it('tells an appeal apart from the first look', () => {
    const [first, second] = [false, true].map((isAppeal) => tellCase({ ok: true, state: 'inReview', isAppeal }, 'en'));
    expect(first?.points.join()).toContain('appeal once');
    expect(second?.points.join()).toContain('final');
  });

  it.each(languages)('is told in %s alone, with a reminder while something can become of it', (language) => {
    for (const reply of replies) {
      const { title, text, points, primary, others } = tellCase(reply, language);
      const names = [primary, ...others].map(({ name }) => name);
      expect(foreignTexts([title, text, ...points, ...names], language)).toEqual([]);
      const reminder = remindOfCase(reply, language);
      expect(reminder === null).toBe(reply.state === 'over');
      if (reminder) expect(foreignTexts([reminder.title, reminder.text], language)).toEqual([]);
    }
  });
});
