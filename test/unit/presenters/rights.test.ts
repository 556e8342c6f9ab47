import { keepingGrounds, reportReasons, type HistoryEntry, type LookStanding } from '../../../protocol';
import { entryFacts } from '../../../miniprogram/presenters/entry';
import { tellEntry } from '../../../miniprogram/presenters/history';
import { deletionAnswer, keepingGround, reportReason, tellStanding } from '../../../miniprogram/presenters/rights';
import { foreignTexts, languages } from './languages';

const at = 1_795_000_000_000;
const common = { id: 'a'.repeat(32), at, number: 9, check: 4, partner: { zh: '云栖驿站', en: 'Cloud Station' } };
const asked: NonNullable<LookStanding['deletion']> = { askedAt: at, dueAt: at + 1, isOverdue: false, answered: null };
const standing = (more: Partial<LookStanding> = {}): LookStanding => ({
  isReported: false,
  mayAskDeletion: true,
  deletion: null,
  consent: null,
  ...more,
});

describe('what a holder did about a partner', () => {
  it.each<HistoryEntry>([
    ...reportReasons.map((reason) => ({ ...common, kind: 'partner_reported' as const, reason })),
    { ...common, kind: 'deletion_asked' },
    { ...common, kind: 'consent_withdrawn', purpose: 'bank-account-opening' },
    { ...common, kind: 'deletion_answered', answer: 'deleted' },
    ...keepingGrounds.map((ground) => ({
      ...common,
      kind: 'deletion_answered' as const,
      answer: ground,
    })),
  ])('stands in the history with the partner and the entry that it is about: %j', (entry) => {
    for (const language of languages) {
      const told = tellEntry(entry, language);
      expect(told.text).toContain(common.partner[language]);
      expect(told.text).toContain('4');
      const facts = entryFacts(entry, language).map(({ value }) => value);
      if (entry.kind === 'partner_reported') expect(facts).toContain(reportReason(entry.reason, language));
      if (entry.kind === 'deletion_answered') expect(facts).toContain(deletionAnswer(entry.answer, language));
    }
  });

  it.each(languages)('has other words for each reason and each ground, in %s', (language) => {
    for (const words of [
      reportReasons.map((reason) => reportReason(reason, language)),
      keepingGrounds.map((ground) => keepingGround(ground, language)),
    ])
      expect(new Set(words).size).toBe(words.length);
  });
});

describe('what became of it', () => {
  it('is nothing at first, and both can be done', () => {
    const nothing = {
      ...{ report: '', deletion: '', isOverdue: false, consent: '' },
      ...{ canReport: true, canAskDeletion: true, canWithdraw: false },
    };
    expect(tellStanding(standing(), 'en')).toEqual(nothing);
  });

  it('says that nobody learns who reported, and does not offer it again', () => {
    const told = tellStanding(standing({ isReported: true }), 'en');
    expect(told.report).toContain('does not learn who');
    expect(told.canReport).toBe(false);
  });

  it('tells request, delay and answer apart', () => {
    const of = (deletion: LookStanding['deletion']) =>
      tellStanding(standing({ mayAskDeletion: false, deletion }), 'en');
    expect(of(asked)).toMatchObject({
      isOverdue: false,
      deletion: expect.stringContaining('has to answer by') as unknown,
    });
    expect(of({ ...asked, isOverdue: true })).toMatchObject({
      isOverdue: true,
      deletion: expect.stringContaining('not answered within 15 days') as unknown,
    });
    expect(of({ ...asked, answered: { at, answer: 'deleted' } }).deletion).toContain('deleted');
    for (const ground of keepingGrounds)
      expect(of({ ...asked, answered: { at, answer: ground } }).deletion).toContain(keepingGround(ground, 'en'));
  });

  it.each(languages)('tells until when the partner may ask, and that it may no longer, in %s', (language) => {
    const of = (consent: LookStanding['consent']) => tellStanding(standing({ consent }), language);
    const given = of({ state: 'given', until: at });
    expect(given).toMatchObject({ canWithdraw: true, consent: expect.stringMatching(/2026/) as unknown });
    const withdrawn = of({ state: 'withdrawn', at });
    const ended = of({ state: 'ended' });
    for (const { canWithdraw } of [withdrawn, ended]) expect(canWithdraw).toBe(false);
    const texts = [given, withdrawn, ended].map(({ consent }) => consent);
    expect(new Set(texts).size).toBe(3);
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});
