import { tellNoConsent } from '../../../miniprogram/presenters/reminders';
import { tellCase } from '../../../miniprogram/presenters/told-case';
import { foreignTexts, languages } from './languages';

const reasons = ['declined', 'switched-off', 'unavailable'] as const;

it('leads to the settings where these help, and nowhere else', () => {
  expect(reasons.map((because) => tellNoConsent(because, 'en').yes)).toEqual(['Settings', 'Settings', null]);
});

it.each(languages)('what is said of reminders is said in %s alone', (language) => {
  const told = reasons.flatMap((because) => Object.values(tellNoConsent(because, language)) as (string | null)[]);
  const cases = [true, false].flatMap((isReminded) => {
    const { points, others } = tellCase({ ok: true, state: 'inReview', isAppeal: false }, language, isReminded);
    return [...points, ...others.map(({ name }) => name)];
  });
  expect(foreignTexts([...told.filter((text) => text !== null), ...cases], language)).toEqual([]);
});
