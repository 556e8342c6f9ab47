import { endReasons, endReasonTable, mayBeForgotten, type Card } from '../../../protocol';
import { manageRows, type ManageAct } from '../../../miniprogram/presenters/manage';
import { foreignTexts, languages } from './languages';

const card = (more: Partial<Card> = {}): Card => ({
  id: 'a'.repeat(32),
  status: 'valid',
  tier: 'light',
  maskedName: '林**',
  mintedAt: 1_795_000_000_000,
  validTo: '2029-04-12',
  ...more,
});
const openActs = (of: Card): ManageAct[] =>
  manageRows(of, 'en')
    .filter(({ isOpen }) => isOpen)
    .map(({ act }) => act);
const note = (of: Card, act: ManageAct): string => manageRows(of, 'en').find((row) => row.act === act)?.note ?? '';

describe('the rows of the page from which the card is managed', () => {
  it('are all open for a card that serves', () => {
    expect(openActs(card())).toEqual(['suspend', 'kill-code', 'visit', 'consents', 'wards', 'data-export', 'deletion']);
    expect(note(card(), 'visit')).toContain('colour card');
    expect(note(card({ tier: 'full' }), 'visit')).not.toContain('colour card');
  });

  it.each(endReasons)('offer what the service does for a card that was stopped: %s', (reason) => {
    const { status, remedy } = endReasonTable[reason];
    const isOwn = remedy === 'holder';
    expect(openActs(card({ status, ended: { reason, at: 0 } }))).toEqual([
      ...(isOwn ? ['resume'] : []),
      ...(isOwn ? ['kill-code'] : []),
      ...(mayBeForgotten(reason) ? ['visit'] : []),
      'consents',
      'wards',
      'data-export',
      ...(isOwn || remedy === 'guardian' ? ['deletion'] : []),
    ]);
  });

  it.each(endReasons)('send nobody to a counter where none can delete the card: %s', (reason) => {
    const of = card({ status: endReasonTable[reason].status, ended: { reason, at: 0 } });
    const isOnPhone = openActs(of).includes('deletion');
    const promises = note(of, 'deletion').includes('take your identity card to a counter');
    expect(promises).toBe(mayBeForgotten(reason) && !isOnPhone);
    if (promises) expect(openActs(of)).toContain('visit');
  });

  it('let a card that has expired be deleted, and offer no brake', () => {
    expect(openActs(card({ status: 'expired' }))).toEqual([
      'kill-code',
      'visit',
      'consents',
      'wards',
      'data-export',
      'deletion',
    ]);
  });

  it('offer a reminder of the end where there is one to come, and say whether it is on', () => {
    const of = (card: Card, isReminded: boolean | null) =>
      manageRows(card, 'en', isReminded)
        .find(({ act }) => act === 'reminder')
        ?.note.split(/[:.]/)[0];
    expect([of(card(), false), of(card(), true), of(card(), null)]).toEqual(['Off', 'On', undefined]);
    expect([of(card({ status: 'suspended' }), true), of(card({ status: 'expired' }), true)]).toEqual(['On', undefined]);
  });

  it('say since when there is a kill code, by the day in China', () => {
    expect(note(card(), 'kill-code')).toContain('None yet');
    expect(note(card({ killCodeMadeAt: Date.UTC(2026, 10, 25, 16) }), 'kill-code')).toContain('26 Nov 2026');
  });

  it.each(languages)('are told in %s alone', (language) => {
    const cards = [
      card(),
      card({ status: 'revoked', killCodeMadeAt: 1 }),
      card({ tier: 'full', killCodeMadeAt: 1 }),
      ...endReasons.map((reason) => card({ status: endReasonTable[reason].status, ended: { reason, at: 0 } })),
    ];
    const texts = cards.flatMap((of) =>
      [true, false].flatMap((on) => manageRows(of, language, on)).flatMap(({ title, note: said }) => [title, said]),
    );
    expect(foreignTexts(texts, language)).toEqual([]);
  });
});
