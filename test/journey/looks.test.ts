import { createInspector } from '../support/journey/inspection';
import { startJourney, type Journey } from '../support/journey/journey';
import { samplePerson } from '../support/journey/phone-user';
import { tourOfCard, tourOfEnd } from '../support/journey/tour-of-card';
import { tourOfCheck } from '../support/journey/tour-of-check';
import { tourOfCounter } from '../support/journey/tour-of-counter';
import { tourOfEnrolment } from '../support/journey/tour-of-enrolment';
import { tourOfOffline } from '../support/journey/tour-of-offline';

jest.setTimeout(300_000);

/** Every screen and its main states, at 375 px; their pictures are left in dist/journey to be looked at. */
describe('the screens', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  it.each([
    ['zh', 'light', 'lin-zhiyuan'],
    ['zh', 'dark', 'shen-ruoxi'],
    ['en', 'light', 'zhou-qiming'],
    ['en', 'dark', 'aygul'],
  ] as const)(
    'in %s and %s are free of grave barriers and fit the width of a phone',
    async (language, theme, person) => {
      const look = { language, theme };
      const inspector = createInspector();
      const own = samplePerson(person);
      const holder = await journey.holder(person, look);
      await tourOfEnrolment(holder, own.camera, 'he-huilan', inspector);
      await tourOfCard(holder, inspector);
      const merchant = await journey.merchant(look, { network: 'offline' });
      await tourOfCheck(holder, merchant, inspector);
      await tourOfCounter(holder, merchant, inspector);
      await tourOfOffline(holder, merchant, inspector);
      await tourOfEnd(holder, inspector);
      expect(inspector.flaws).toEqual([]);
      expect(journey.faults()).toEqual([]);
    },
  );
});
