import { exportedSections, exportedText } from '../../../miniprogram/presenters/exported';
import { exportedEvent, exportedRecord } from '../../support/exported';

const exported = { madeAt: 1_795_000_000_000, record: exportedRecord, events: [2, 1].map(exportedEvent) };
const linesOf = (record: typeof exportedRecord, language: 'zh' | 'en' = 'en'): Readonly<Record<string, string>> =>
  Object.fromEntries(
    exportedSections({ ...exported, record }, language).flatMap(({ lines }) =>
      lines.map(({ name, value }) => [name, value]),
    ),
  );

describe('the export in words', () => {
  it('tells every field of the person, none of which is masked', () => {
    const [person] = exportedSections(exported, 'en');
    expect(Object.fromEntries(person?.lines.map(({ name, value }) => [name, value]) ?? [])).toMatchObject({
      Name: '林之远',
      'Identity number': '110101199003070000',
      Sex: 'Male',
      Ethnicity: 'None',
      'Date of birth': '7 Mar 1990',
      'Valid to': 'No end',
    });
  });

  it('tells what is kept of finger and face, and what is not', () => {
    expect(linesOf(exportedRecord)).toMatchObject({ Fingerprint: 'None', 'Measure of your face': 'None' });
    const kept = linesOf({
      ...exportedRecord,
      fingerprint: { fid: 'f', uid: 'u', cpuId: 'c', counter: 1 },
      faceTemplate: { embedding: 'AAAA', consentText: '2026-11' },
    });
    expect(kept['Fingerprint']).toContain('Bound');
    expect(kept['Measure of your face']).toContain('2026-11');
  });

  it('tells who may ask after the card, and what was withdrawn', () => {
    const name = 'minjiang-bank may ask after the card (Opening a bank account)';
    expect(linesOf(exportedRecord)[name]).toBe('until 18 Nov 2027');
    const [consent] = exportedRecord.lastingConsents;
    if (!consent) throw new Error('none is exported');
    const lastingConsents = [{ ...consent, withdrawnAt: 1_795_000_000_000 }];
    expect(linesOf({ ...exportedRecord, lastingConsents })[name]).toBe('withdrawn on 18 Nov 2026');
  });

  it('tells how many entries there are, and from when to when', () => {
    const [, , , , events] = exportedSections(exported, 'en');
    expect(events?.lines.map(({ value }) => value).slice(0, 3)).toEqual(['2', '20 Nov 2026', '19 Nov 2026']);
    expect(exportedSections({ ...exported, events: [] }, 'en').at(-1)?.lines).toHaveLength(2);
  });

  it.each(['zh', 'en'] as const)('is a text that says all that the screen says: %s', (language) => {
    const text = exportedText(exported, language);
    for (const { title, lines } of exportedSections(exported, language))
      for (const said of [title, ...lines.map(({ value }) => value)]) expect(text).toContain(said);
  });
});
