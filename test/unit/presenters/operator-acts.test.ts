import fc from 'fast-check';
import {
  endReasons,
  endReasonTable,
  holdReasons,
  reviewReasons,
  refusalReasons,
  singleActs,
  type CriticalActKind,
  type FindCardReply,
  type ListActsReply,
  type ProposeActRequest,
  type SingleActKind,
} from '../../../protocol';
import { criticalActOf } from '../../../cloudfunctions/_core/operators/critical-act';
import { heldNow, tellCard } from '../../../miniprogram/presenters/card-stop';
import {
  actForm,
  actOptions,
  askedOfAct,
  readActForm,
  tellAct,
  type ActView,
} from '../../../miniprogram/presenters/critical-acts';
import { isReason, reasonName } from '../../../miniprogram/presenters/operator-reasons';
import {
  groupedReference,
  readHexReference,
  readPartnerReference,
  shortReference,
} from '../../../miniprogram/presenters/reference';
import { foreignTexts, languages } from './languages';

const NOW = Date.parse('2026-11-22T23:34:00+08:00');
const ID = '0123456789abcdef'.repeat(2);
const hexIds = fc.stringMatching(/^[0-9a-f]{32}$/);

type Act = ListActsReply['acts'][number];
type SingleAct = Extract<Act, { readonly kind: SingleActKind }>;

const act = (changes: Partial<SingleAct> = {}): Act => ({
  proposal: '1'.repeat(32),
  kind: 'revoke_card',
  target: ID,
  reason: 'obtained_by_fraud',
  hash: '5e'.repeat(32),
  proposedAt: NOW - 7_200_000,
  proposedBy: 'f0'.repeat(16),
  isOwn: false,
  ...changes,
});

const view = (...mine: readonly CriticalActKind[]): ActView => ({
  mine,
  now: NOW,
  nameKey: ({ kid }) => `print of ${kid}`,
});

describe('an id', () => {
  it('is read back however it was grouped or written, and nothing else is', () => {
    fc.assert(
      fc.property(hexIds, (id) => {
        expect(readHexReference(groupedReference(id))).toBe(id);
        expect(readHexReference(` ${id.toUpperCase()}\n`)).toBe(id);
        expect(readHexReference(id.slice(1))).toBeNull();
        expect(readHexReference(shortReference(id))).toBeNull();
      }),
    );
    expect(readHexReference('林志远')).toBeNull();
    expect([readPartnerReference('Sample-Hotel '), readPartnerReference('a/../b')]).toEqual(['sample-hotel', null]);
  });
});

describe('the form of a critical act', () => {
  it.each(singleActs)('%s takes the reasons that the service takes, and no other', (kind) => {
    const target = kind.endsWith('partner') ? 'sample-hotel' : ID;
    const { reasons } = actForm(kind, 'en');
    const every = [...endReasons, ...reviewReasons, ...refusalReasons, 'misuse', 'remedied', 'face_not_possible'];
    for (const reason of every) {
      const isOffered = reasons.some(({ id }) => id === reason);
      const request = { action: 'proposeAct', kind, target, reason } as ProposeActRequest;
      expect({ reason, isOffered }).toEqual({ reason, isOffered: criticalActOf(request, () => '') !== null });
      expect(readActForm(kind, target, reason)).toEqual(isOffered ? { kind, target, reason } : 'reason');
    }
    expect(readActForm(kind, 'no id!', reasons[0]?.id ?? '')).toBe('target');
  });

  it.each(languages)('is named in %s', (language) => {
    const texts = singleActs.flatMap((kind) => {
      const { targetName, effect, reasons } = actForm(kind, language);
      return [targetName, effect, ...reasons.map(({ name }) => name)];
    });
    expect(foreignTexts([...texts, ...actOptions(singleActs, language).map(({ name }) => name)], language)).toEqual([]);
  });
});

describe('a proposal', () => {
  it('is told whole before it is confirmed: kind, target, reason and by whom', () => {
    const { title, text } = askedOfAct(tellAct(act(), view('revoke_card'), 'en'));
    expect(title).toBe('Revoke a card');
    expect(text).toContain(groupedReference(ID));
    expect(text).toContain('Obtained by fraud');
    expect(text).toContain('f0f0f0f0…');
  });

  it('of a deletion says what is destroyed, by what the visitor was known, and that they must be there', () => {
    const proposed: Act = {
      ...{
        proposal: '1'.repeat(32),
        hash: '5e'.repeat(32),
        proposedAt: NOW,
        proposedBy: 'f0'.repeat(16),
        isOwn: false,
      },
      kind: 'delete_at_counter',
      target: ID,
      reason: 'kill_code_and_card_seen',
    };
    for (const language of languages) {
      const told = tellAct(proposed, view('delete_at_counter'), language);
      expect(told).toMatchObject({ isGrave: true, takesTime: true, isMine: true });
      const { title, text } = askedOfAct(told);
      expect(text).toContain(groupedReference(ID));
      expect(text).toContain(reasonName('kill_code_and_card_seen', language));
      expect(foreignTexts([title, reasonName('number_and_card_seen', language)], language)).toEqual([]);
    }
  });

  it('is this operator’s to decide where the role decides it, and is not confirmed by who proposed it', () => {
    expect(tellAct(act(), view('suspend_partner'), 'en')).toMatchObject({ isMine: false });
    expect(tellAct(act({ isOwn: true }), view('revoke_card'), 'en')).toMatchObject({ isMine: true, isOwn: true });
  });
});

describe('a card as an operator sees it', () => {
  const found = (changes: Partial<FindCardReply> = {}): FindCardReply => ({
    ok: true,
    card: ID,
    status: 'valid',
    tier: 'light',
    mintedAt: NOW,
    stops: [],
    ...changes,
  });

  it.each(endReasons)('stopped for %s can be released where that is an operator’s', (reason) => {
    const { status, remedy } = endReasonTable[reason];
    const told = tellCard(found({ status, stops: [{ reason, at: NOW }] }), 'en');
    expect(told.canRelease).toBe(status === 'suspended' && remedy === 'operator');
    expect([told.canHold, told.canRevoke]).toEqual([status === 'suspended', status === 'suspended']);
    expect(told.stops).toEqual([{ name: '22 Nov 2026', value: reasonName(reason, 'en') }]);
  });

  it('stands as the service has it once it is held, twice as once', () => {
    for (const reason of holdReasons) {
      const held = heldNow(found(), reason, NOW);
      expect(held).toMatchObject({ status: 'suspended', stops: [{ reason }] });
      expect(heldNow(held, reason, NOW + 1)).toEqual(held);
    }
    expect(heldNow(found({ status: 'expired' }), 'inquiry', NOW).status).toBe('expired');
  });

  it('has words for every reason', () => {
    for (const language of languages) {
      const texts = [...endReasons, ...reviewReasons, ...refusalReasons].map((reason) => reasonName(reason, language));
      expect(foreignTexts(texts, language)).toEqual([]);
    }
    expect([isReason('inquiry'), isReason('toString')]).toEqual([true, false]);
  });
});
