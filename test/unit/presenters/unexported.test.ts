import { tellRefusal } from '../../../miniprogram/presenters/refusal';
import { tellUnexported } from '../../../miniprogram/presenters/unexported';

describe.each(['zh', 'en'] as const)('data that are not told, in %s', (language) => {
  it('leads to an enrolment where another phone holds the card, and says that a day passes', () => {
    const told = tellUnexported({ code: 'key_proof_invalid' }, language);
    expect(told.next).toBe('enrol-anew');
    expect(told.text).toContain('24');
  });

  it('says from when they are told on the phone to which the card has just come', () => {
    const told = tellUnexported({ code: 'card_limited', until: Date.UTC(2026, 11, 3, 10, 7) }, language);
    expect(told.next).toBe('home');
    expect(told.details.join()).toContain('18:07');
    expect(told.text).not.toBe(tellRefusal({ code: 'card_limited' }, language).text);
  });

  it('tells everything else as everywhere', () => {
    for (const code of ['unreachable', 'too_many_requests', 'not_found', 'card_not_active'] as const) {
      expect(tellUnexported({ code }, language)).toEqual(tellRefusal({ code }, language));
    }
  });
});
