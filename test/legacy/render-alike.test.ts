import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesOf } from '../../scripts/miniprogram/package-sizes';
import { startJourney, type Journey } from '../support/journey/journey';
import { samplePerson } from '../support/journey/phone-user';
import { miniProgram } from '../support/journey/stage';
import { tourOfCard, tourOfEnd } from '../support/journey/tour-of-card';
import { tourOfCheck } from '../support/journey/tour-of-check';
import { tourOfEnrolment } from '../support/journey/tour-of-enrolment';
import { createRecorder, renderOnLegacy, type RecordedScreen } from './screens';

jest.setTimeout(180_000);

/**
 * A phone may run the pages on the older of WeChat's two frameworks. Every screen that a user comes to, on the compiled upload files, is
 * shown there with the same data, and must say the same.
 */
describe("on WeChat's legacy framework", () => {
  let journey: Journey;
  let screens: readonly RecordedScreen[];

  beforeAll(async () => {
    journey = await startJourney({ folder: miniProgram.compiled });
    const recorder = createRecorder();
    const look = { language: 'zh', theme: 'light' } as const;
    const holder = await journey.holder('lin-zhiyuan', look);
    await tourOfEnrolment(holder, samplePerson('lin-zhiyuan').camera, 'he-huilan', recorder);
    await tourOfCard(holder, recorder);
    await tourOfCheck(holder, await journey.merchant(look, { network: 'offline' }), recorder);
    await tourOfEnd(holder, recorder);
    expect(journey.faults()).toEqual([]);
    ({ screens } = recorder);
  });

  afterAll(() => journey.close());

  it('every page of app.json is looked at', () => {
    const appJson: unknown = JSON.parse(readFileSync(join(miniProgram.compiled, 'app.json'), 'utf8'));
    expect([...new Set(screens.map(({ route }) => route))].sort()).toEqual([...packagesOf(appJson).pages].sort());
  });

  it('every screen says what it says on the present one', async () => {
    const legacy = await renderOnLegacy(screens, 'zh');
    const told = (all: readonly (readonly string[])[]) =>
      screens.map(({ name, route }, at) => ({ name, route, lines: all[at] }));
    expect(told(legacy)).toEqual(told(screens.map(({ lines }) => lines)));
  });

  it('a screen with other data says something else', async () => {
    const changed = screens.map((screen) => ({ ...screen, data: { ...screen.data, state: 'failed' } }));
    const legacy = await renderOnLegacy(changed.slice(0, 1), 'zh');
    expect(legacy[0]).not.toEqual(screens[0]?.lines);
  });
});
