import { guardianWordsOf } from '../support/journey/guardian-words';
import { createInspector } from '../support/journey/inspection';
import { startJourney, type Journey } from '../support/journey/journey';
import { enrol } from '../support/journey/steps';
import { tourOfGuardian, withdraw } from '../support/journey/tour-of-guardian';

jest.setTimeout(300_000);

/** A child with one phone and a parent with another: number, consent, card, withdrawal, and another parent's consent. */
describe('a child under 14', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  it.each([
    ['zh', 'light', 'lin-zhiyuan'],
    ['en', 'dark', 'shen-ruoxi'],
  ] as const)(
    'gets a card with a parent’s consent, and loses it with that (%s, %s)',
    async (language, theme, parent) => {
      const look = { language, theme };
      const said = guardianWordsOf(language);
      // In Chinese and dark the same is looked at by `test/legacy`.
      const inspector = createInspector({ themes: language === 'en' ? 'both' : 'own' });
      const guardian = await journey.holder(parent, look);
      await enrol(guardian);
      const child = await journey.holder('lin-xiaohe', look);
      const family = { child, guardian, language };
      // The second time, the first parent has withdrawn: the card is made anew with the other's consent.
      const isFirst = parent === 'lin-zhiyuan';
      if (!isFirst) {
        await child.sees(said.stopped);
        await inspector.looks(child, 'home-guardian-withdrew');
      }
      await tourOfGuardian(family, isFirst ? child.words.getCard : child.words.enrolHere, inspector);
      await withdraw(family, inspector);

      await guardian.taps(guardian.words.leave);
      await guardian.taps(guardian.words.history);
      await guardian.sees(said.historyOfGuardian);
      await inspector.looks(guardian, 'history-of-guardian');
      await child.page.bringToFront();
      await child.taps(child.words.history);
      await child.sees(said.stopped);
      await inspector.looks(child, 'history-of-child');

      expect(inspector.flaws).toEqual([]);
      expect(journey.faults()).toEqual([]);
    },
  );
});
