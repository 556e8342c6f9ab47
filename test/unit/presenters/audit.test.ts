import type { OperatorDeed } from '../../../cloudfunctions/_core/operators/operator-act';
import type { PartnerDeed } from '../../../cloudfunctions/_core/partners/partner-act';
import { auditDays } from '../../../miniprogram/presenters/audit';
import { foreignTexts, languages } from './languages';

const AT = Date.parse('2026-11-22T23:34:00+08:00');
const entry = (happening: unknown, at = AT, id = 'e'.repeat(32)) => ({
  id,
  at,
  salt: 'A'.repeat(22),
  content: JSON.stringify({ id, at, happening }),
});

/** Every deed that the service writes down: the compiler asks for a new one here. */
const kinds: Readonly<Record<OperatorDeed['kind'] | PartnerDeed['kind'] | 'account_deleted', true>> = {
  act_proposed: true,
  act_confirmed: true,
  act_withdrawn: true,
  act_carried_out: true,
  review_opened: true,
  review_accepted: true,
  review_refused: true,
  card_looked_up: true,
  card_held: true,
  card_released: true,
  visitor_received: true,
  visitor_raised: true,
  audit_read: true,
  alarm_closed: true,
  partner_applied: true,
  partner_approved: true,
  partner_refused: true,
  partner_suspended: true,
  partner_resumed: true,
  shop_saved: true,
  shop_closed: true,
  staff_invited: true,
  invitation_withdrawn: true,
  staff_joined: true,
  staff_changed: true,
  staff_removed: true,
  account_deleted: true,
};

describe('the audit', () => {
  it.each(languages)('has words in %s for whatever is written down', (language) => {
    const acts = auditDays(
      Object.keys(kinds).map((kind) => entry({ kind })),
      language,
    ).flatMap((day) => day.acts);
    expect(acts).toHaveLength(Object.keys(kinds).length);
    expect(
      foreignTexts(
        acts.map(({ title }) => title),
        language,
      ),
    ).toEqual([]);
  });

  it('tells in one line who did what to what and why', () => {
    const proposed = entry({
      kind: 'act_proposed',
      proposal: '1'.repeat(32),
      act: 'revoke_card',
      target: 'a'.repeat(32),
      reason: 'obtained_by_fraud',
      operator: 'f'.repeat(32),
    });
    const joined = entry({
      kind: 'staff_joined',
      member: 'c'.repeat(32),
      partner: 'p',
      by: { kind: 'member', member: 'b'.repeat(32) },
    });
    const [first, second] = auditDays([proposed, joined], 'en')[0]?.acts ?? [];
    expect(first?.text).toBe('ffffffff… · Revoke a card · aaaaaaaa… · 11111111… · Obtained by fraud');
    expect(second?.text).toBe('bbbbbbbb… · p');
    expect(first).toMatchObject({ content: proposed.content, salt: proposed.salt, time: '23:34' });
  });

  it('shows what it does not know as the log has it, and is not led astray by its content', () => {
    const odd = ['not json', '[]', 'null', '{"happening":7}', '{"happening":{"kind":5,"reason":"constructor"}}'];
    const acts = auditDays(
      odd.map((content) => ({ ...entry({}), content })),
      'en',
    ).flatMap((day) => day.acts);
    expect(acts.map(({ title }) => title)).toEqual(odd);
    const [unknown] = auditDays([entry({ kind: 'moon_shot', reason: 'toString' })], 'en').flatMap((day) => day.acts);
    expect(unknown).toMatchObject({ title: 'moon_shot', text: 'toString' });
  });

  it('is divided by days in China, in the order in which it came', () => {
    const days = auditDays([entry({ kind: 'audit_read' }, AT + 3_600_000), entry({ kind: 'audit_read' }, AT)], 'en');
    expect(days.map(({ name }) => name)).toEqual(['23 Nov 2026', '22 Nov 2026']);
  });
});
