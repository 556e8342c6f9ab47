import { startJourney, type Journey } from '../support/journey/journey';
import type { PhoneUser } from '../support/journey/phone-user';
import type { ScreenDocument, ScreenElement } from '../support/journey/dom';
import { enrol } from '../support/journey/steps';

jest.setTimeout(120_000);

declare const document: ScreenDocument;
declare const getComputedStyle: (element: ScreenElement) => { readonly outlineStyle: string };

/** More stops than any screen has. */
const MOST_STOPS = 40;

/** Somebody who has no mouse, or cannot use one. */
describe('with the keyboard alone', () => {
  let journey: Journey;
  let holder: PhoneUser;

  beforeAll(async () => {
    journey = await startJourney();
    holder = await journey.holder('lin-zhiyuan', { language: 'en', theme: 'light' });
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  const focused = () =>
    holder.page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement) return { name: '', isMarked: false };
      const name = activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '';
      return { name: name.trim(), isMarked: getComputedStyle(activeElement).outlineStyle !== 'none' };
    });

  /** Steps on until the focus is where it is wanted, which must be to be seen. @throws Error with every stop on the way */
  const reach = async (name: string): Promise<void> => {
    const stops: string[] = [];
    while (stops.length < MOST_STOPS) {
      await holder.page.keyboard.press('Tab');
      const stop = await focused();
      stops.push(stop.name);
      if (stop.name.startsWith(name)) {
        expect(stop).toMatchObject({ isMarked: true });
        return;
      }
    }
    throw new Error(`"${name}" is not reached by way of ${stops.join(' | ')}`);
  };
  const press = async (name: string, key: 'Enter' | 'Space'): Promise<void> => {
    await reach(name);
    await holder.page.keyboard.press(key);
  };

  it('both consents are read and given', async () => {
    const { words, page } = holder;
    await holder.button(words.getCard).waitFor();
    await press(words.getCard, 'Enter');
    await holder.button(words.decline).waitFor();
    await press('I have read this', 'Space');
    await page.getByRole('checkbox', { checked: true }).waitFor();
    await press(words.agree, 'Enter');
    await page.getByRole('checkbox', { checked: false }).waitFor();
    await press('I have read this', 'Space');
    await press(words.agree, 'Space');
    await press(words.withoutTemplate, 'Enter');
    await press(words.deny, 'Enter');
    await holder.sees(words.cameraDenied);
  });

  it('a card is shown and compared', async () => {
    holder = await journey.holder('zhou-qiming', { language: 'en', theme: 'dark' });
    await enrol(holder);
    const { words } = holder;
    await press(words.parcel, 'Enter');
    await holder.button(words.scanned).waitFor();
    await press(words.scanned, 'Enter');
    await holder.button(words.matches).waitFor();
    await press(words.matches, 'Space');
    await holder.sees(words.ready);
  });

  it('a question keeps the focus until it is answered, and gives it back', async () => {
    const { words, page } = holder;
    await press(words.suspend, 'Enter');
    await holder.button(words.keep).waitFor();
    const stops = new Set<string>();
    for (let stop = 0; stop < 6; stop += 1) {
      await page.keyboard.press('Tab');
      stops.add((await focused()).name);
    }
    expect([...stops].sort()).toEqual([words.keep, words.suspend].sort());
    await page.keyboard.press('Escape');
    await holder.button(words.keep).waitFor({ state: 'detached' });
    expect((await focused()).name).toBe(words.suspend);
    await holder.sees(words.ready);
  });
});
