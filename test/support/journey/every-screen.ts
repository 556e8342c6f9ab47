import { createInspector } from './inspection';
import { startJourney, type Journey } from './journey';
import { samplePerson, type Look } from './phone-user';
import { tourOfAsk } from './tour-of-ask';
import { tourOfCard, tourOfEnd } from './tour-of-card';
import { tourOfCheck } from './tour-of-check';
import { tourOfConsole } from './tour-of-console';
import { tourOfCounter } from './tour-of-counter';
import { tourOfEnrolment } from './tour-of-enrolment';
import { tourOfEntry } from './tour-of-entry';
import { tourOfSecondPhone } from './tour-of-life';
import { tourOfOffline } from './tour-of-offline';
import { tourOfPartner } from './tour-of-partner';

const tourOfEverything = async (journey: Journey, look: Look, person: string): Promise<readonly string[]> => {
  // Colours speak no language: one of the walks looks at both themes.
  const inspector = createInspector({ themes: look.theme === 'light' ? 'both' : 'own' });
  const holder = await journey.holder(person, look);
  await tourOfEnrolment(holder, samplePerson(person).camera, 'he-huilan', inspector);
  await tourOfCard(holder, inspector);
  const merchant = await journey.merchant(look, { network: 'offline' });
  await tourOfCheck(holder, merchant, inspector);
  await tourOfEntry(holder, () => journey.merchant(look, { openId: 'oOwnerParcelShop' }), inspector);
  await tourOfCounter(holder, merchant, inspector);
  await tourOfAsk(holder, inspector);
  await tourOfOffline(holder, merchant, inspector);
  const owner = await journey.merchant(look, { openId: `oNewOwner-${person}` });
  const clerk = await journey.merchant(look, { openId: `oNewClerk-${person}` });
  await tourOfPartner({ running: journey.running, look, owner, clerk, holder }, inspector);
  await tourOfSecondPhone(await journey.holder(person, look), inspector);
  await tourOfEnd(holder, inspector);
  const newcomer = { openId: `oNewcomer-${look.language}-${look.theme}` };
  await tourOfConsole(await journey.holder('he-huilan', look, newcomer), inspector);
  return inspector.flaws;
};

/**
 * Tests every screen and its main states in one language, at 375 px; their pictures are left in dist/journey to be looked at. Each language has
 * a test file of its own, so that they run side by side. Phones that are switched on light are looked at in both themes.
 */
export const testEveryScreen = (look: Look, person: string): void => {
  jest.setTimeout(1_200_000);

  describe(`the screens in ${look.language}, switched on ${look.theme}`, () => {
    let journey: Journey;

    beforeAll(async () => {
      journey = await startJourney();
    });

    afterAll(() => journey.close());

    it('are free of grave barriers and fit the width of a phone', async () => {
      expect(await tourOfEverything(journey, look, person)).toEqual([]);
      expect(journey.faults()).toEqual([]);
    });
  });
};
