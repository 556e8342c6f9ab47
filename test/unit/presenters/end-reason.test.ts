import { endReasons, endReasonTable } from '../../../protocol';
import { tellEnd } from '../../../miniprogram/presenters/end-reason';

describe('the end of a card', () => {
  it.each(endReasons)('%s is told with what can be done, and its button does no more than helps', (reason) => {
    const { status, remedy } = endReasonTable[reason];
    for (const language of ['zh', 'en'] as const) {
      const told = tellEnd({ status, ended: { reason, at: 0 } }, language);
      expect(told.canResume).toBe(remedy === 'holder');
      expect(told.canRenew).toBe(['face', 'new_document', 'guardian'].includes(remedy));
      expect(told.text === '').toBe(remedy === 'holder');
      expect(told.text).toMatch(language === 'zh' ? /^[^A-Za-z]*$/ : /^[ -~]*$/);
    }
  });

  it('by age leads to a new one, and a card that serves to nothing', () => {
    expect(tellEnd({ status: 'expired' }, 'en')).toEqual({ text: '', canResume: false, canRenew: true });
    expect(tellEnd({ status: 'valid' }, 'en')).toEqual({ text: '', canResume: false, canRenew: false });
  });
});
