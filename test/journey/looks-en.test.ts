import { tourOfEverything } from '../support/journey/every-screen';
import { createInspector } from '../support/journey/inspection';
import { startJourney, type Journey } from '../support/journey/journey';

jest.setTimeout(1_200_000);

/** At 375 px; with `KEEP_PICTURES` pictures are left in dist/journey to be looked at. In Chinese the same is looked at by `test/legacy`. */
describe('the screens in English', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  it('are free of grave barriers in both themes and fit the width of a phone', async () => {
    const inspector = createInspector();
    await tourOfEverything(journey, { look: { language: 'en', theme: 'light' }, person: 'zhou-qiming' }, inspector);
    expect(inspector.flaws).toEqual([]);
    expect(journey.faults()).toEqual([]);
  });
});
