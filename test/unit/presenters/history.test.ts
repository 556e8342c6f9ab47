import fc from 'fast-check';
import {
  codeFaults,
  endReasons,
  endReasonTable,
  looks,
  plainHappenings,
  purposeIds,
  purposeTable,
  validators,
  type HistoryEntry,
  type Look,
  type PurposeId,
} from '../../../protocol';
import { endReason } from '../../../miniprogram/presenters/end-reason';
import { listDays } from '../../../miniprogram/presenters/history-days';
import { inChina } from '../../../miniprogram/presenters/days';
import { foreignTexts, languages } from './languages';

const NOW = Date.parse('2026-11-22T23:34:00+08:00');
const DAY = 86_400_000;

const id = (number: number): string => number.toString(16).padStart(32, '0');
const checked = (at: number, look: Look | null, purpose: PurposeId = 'parcel-pickup'): HistoryEntry => ({
  id: id(at),
  at,
  number: 1,
  kind: 'card_checked',
  purpose,
  mode: 'shown',
  claims: [...purposeTable[purpose].claims],
  stepUp: [],
  partner: { zh: '云栖驿站', en: 'Cloud Station' },
  terminal: 'counter 1',
  receipt: 'a.receipt.signed',
  look,
});
const kinds = plainHappenings;

describe('the history by days', () => {
  it('is empty where nothing happened', () => {
    expect(listDays([], NOW, 'en')).toEqual([]);
  });

  it('keeps every entry once, in its order, each under its day in China', () => {
    const times = fc.uniqueArray(fc.integer({ min: NOW - 40 * DAY, max: NOW }), { maxLength: 30 });
    fc.assert(
      fc.property(times, (found) => {
        const entries = found.sort((one, other) => other - one).map((at) => checked(at, 'same'));
        const days = listDays(entries, NOW, 'en');
        expect(days.flatMap(({ entries: ofDay }) => ofDay.map((entry) => entry.id))).toEqual(
          entries.map((e) => ('id' in e ? e.id : '')),
        );
        expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
        for (const { date, entries: ofDay } of days)
          for (const entry of ofDay) expect(inChina(Number(`0x${entry.id}`))).toEqual({ date, time: entry.time });
      }),
    );
  });

  it('parts two entries at midnight in China and joins those of one day, whatever page they came on', () => {
    const midnight = Date.parse('2026-11-22T00:00:00+08:00');
    const entries = [midnight + 1, midnight, midnight - 1].map((at) => checked(at, 'same'));
    expect(listDays(entries, NOW, 'en').map(({ name, entries: ofDay }) => [name, ofDay.length])).toEqual([
      ['Today', 2],
      ['21 Nov 2026', 1],
    ]);
    expect(listDays(entries, NOW, 'zh').map(({ name }) => name)).toEqual(['今天', '2026年11月21日']);
  });

  it('calls no day today that is past', () => {
    const [yesterday] = listDays([checked(NOW - DAY, 'same')], NOW, 'en');
    const [lastYear] = listDays([checked(NOW - 365 * DAY, 'same')], NOW, 'en');
    expect([yesterday?.name, lastYear?.name]).toEqual(['21 Nov 2026', '22 Nov 2025']);
  });
});

describe('an entry of the history', () => {
  const only = (entry: HistoryEntry, language: 'zh' | 'en') => {
    expect(validators.ListHistoryReply({ ok: true, entries: [entry], next: null })).toBe(true);
    const listed = listDays([entry], NOW, language)[0]?.entries[0];
    if (!listed) throw new Error('expected an entry');
    return listed;
  };

  it.each(languages)('of the holder’s own doing says what it was, in %s', (language) => {
    const titles = kinds.map((kind) => {
      const { title, text, look, alarm } = only({ id: id(1), at: NOW, number: 1, kind }, language);
      expect([text, look, alarm]).toEqual(['', '', '']);
      return title;
    });
    expect(foreignTexts(titles, language)).toEqual([]);
    expect(new Set(titles).size).toBe(kinds.length);
  });

  it.each(languages)('of the minting says whether finger and face are kept, in %s', (language) => {
    const texts = (['bound', 'skipped'] as const).flatMap((fingerprint) =>
      (['kept', 'none'] as const).map((faceTemplate) => {
        const minted = { id: id(1), at: NOW, number: 1, kind: 'card_minted', fingerprint, faceTemplate } as const;
        return only(minted, language).text;
      }),
    );
    expect(new Set(texts).size).toBe(4);
    expect(foreignTexts(texts, language)).toEqual([]);
  });

  it.each(languages)('of a face that was compared alarms where it was not accepted, in %s', (language) => {
    const [same, refused] = (['same', 'refused'] as const).map((outcome) =>
      only({ id: id(1), at: NOW, number: 1, kind: 'face_checked', outcome }, language),
    );
    expect(same?.alarm).toBe('');
    expect(refused?.alarm).not.toBe('');
    expect(same?.title).not.toBe(refused?.title);
  });

  it('of a check says who checked, for what and at which counter', () => {
    for (const purpose of purposeIds) {
      const listed = only(checked(NOW, null, purpose), 'zh');
      expect(listed).toMatchObject({ title: '云栖驿站', time: '23:34' });
      expect(listed.text).toContain(`${purposeTable[purpose].names.zh} · counter 1 · 告知：`);
    }
    expect(only(checked(NOW, null), 'en').title).toBe('Cloud Station');
  });

  it('of a check names what was told, and nothing else', () => {
    expect(only(checked(NOW, null, 'age-check'), 'en').text).toBe('Age check · counter 1 · Told: Over 18');
    expect(only(checked(NOW, null, 'train-ticket'), 'zh').text).toBe(
      '购火车票 · counter 1 · 告知：证件照、姓名、公民身份号码',
    );
  });

  it.each(languages)('of a refused check says why, each reason in other words, in %s', (language) => {
    const told = codeFaults.map((reason) =>
      only(
        {
          id: id(1),
          at: NOW,
          number: 1,
          kind: 'check_refused',
          purpose: 'parcel-pickup',
          reason,
          partner: { zh: '云栖驿站', en: 'Cloud Station' },
          terminal: '1',
        },
        language,
      ),
    );
    expect(
      foreignTexts(
        told.map(({ look }) => look),
        language,
      ),
    ).toEqual([]);
    expect(told.every(({ text }) => text.includes('1'))).toBe(true);
  });

  it.each(languages)('that is gone raises an alarm, in %s', (language) => {
    const listed = only({ number: 3, kind: 'entry_missing' }, language);
    expect(listed.alarm).not.toBe('');
    expect(listed.time).toBe('');
    expect(foreignTexts([listed.title, listed.text, listed.alarm], language)).toEqual([]);
  });

  const place = { partner: { zh: '云栖驿站', en: 'Cloud Station' }, terminal: '1', purpose: 'parcel-pickup' } as const;
  const ofPass = { id: id(1), at: NOW, number: 1, acceptedAt: NOW - DAY, ...place };

  it.each(languages)('of fetched passes says how many and until when, in %s', (language) => {
    const entry = { id: id(1), at: NOW, number: 1, kind: 'passes_issued', count: 7, expiresAt: NOW + DAY } as const;
    const { title, text, alarm } = only(entry, language);
    expect(text).toContain('7');
    expect(text).toContain('23:34');
    expect([...foreignTexts([title, text], language), alarm]).toEqual(['']);
  });

  it.each(languages)('of a pass says when it was accepted and what was told, in %s', (language) => {
    const listed = only({ ...ofPass, kind: 'pass_used', claims: ['masked_name'] }, language);
    expect(listed.time).toBe('23:34');
    expect(listed.look).toContain(language === 'zh' ? '2026年11月21日 23:34' : '21 Nov 2026 23:34');
    expect(listed.text).toContain(language === 'zh' ? '姓名' : 'Masked name');
    expect([...foreignTexts([listed.title, listed.look], language), listed.alarm]).toEqual(['']);
  });

  it.each(languages)('of a stop says for what, and asks to a counter where operators made it, in %s', (language) => {
    const told = endReasons.map((reason) => ({
      reason,
      ...only({ id: id(1), at: NOW, number: 1, kind: 'card_stopped', reason }, language),
    }));
    expect(new Set(told.map(({ text }) => text)).size).toBe(endReasons.length);
    expect(new Set(told.map(({ title }) => title)).size).toBe(2);
    for (const { reason, alarm } of told) expect(alarm !== '').toBe(endReasonTable[reason].by === 'operator');
    const texts = told.flatMap(({ title, text, alarm }) => [title, text, alarm]).filter((text) => text !== '');
    expect(foreignTexts(texts, language)).toEqual([]);
  });

  it.each(languages)('of a release says what was lifted, in %s', (language) => {
    const reasons: ('inquiry' | 'frozen_by_court')[] = ['inquiry', 'frozen_by_court'];
    const { title, text, alarm } = only({ id: id(1), at: NOW, number: 1, kind: 'card_released', reasons }, language);
    for (const reason of reasons) expect(text).toContain(endReason(reason, language));
    expect([...foreignTexts([title, text], language), alarm]).toEqual(['']);
  });

  it.each(languages)('of a pass that was used twice raises an alarm, in %s', (language) => {
    const listed = only({ ...ofPass, kind: 'pass_used_twice' }, language);
    expect(listed.alarm).not.toBe('');
    expect(foreignTexts([listed.title, listed.look, listed.alarm], language)).toEqual([]);
  });

  it.each(languages)('of destroyed pictures says how many, in %s', (language) => {
    const entry = { id: id(1), at: NOW, number: 1, kind: 'evidence_destroyed', files: 4, destroyedAt: NOW } as const;
    expect(only(entry, language).text).toContain('4');
  });

  it.each(languages)('raises an alarm where staff saw somebody else, and nowhere else, in %s', (language) => {
    const told = [...looks, null].map((look) => only(checked(NOW, look), language));
    expect(told.map(({ alarm }) => alarm !== '')).toEqual([false, false, true, false]);
    expect(
      foreignTexts([...told.map(({ look }) => look), ...told.flatMap(({ alarm }) => alarm || [])], language),
    ).toEqual([]);
    expect(new Set(told.map(({ look }) => look)).size).toBe(4);
  });

  it.each(languages)('says of an ask neither that a portrait was told nor that staff are silent, in %s', (language) => {
    const asked: HistoryEntry = { ...checked(NOW, null, 'bank-account-opening'), mode: 'asked' } as HistoryEntry;
    const shown = only(checked(NOW, null, 'bank-account-opening'), language);
    const told = only(asked, language);
    expect(told.look).toBe('');
    const portrait = language === 'zh' ? '证件照' : 'ortrait';
    expect(shown.text).toContain(portrait);
    expect(told.text).not.toContain(portrait);
  });
});
