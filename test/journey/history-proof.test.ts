import { databaseOf } from '../support/ecosystem/database';
import { startJourney, type Journey } from '../support/journey/journey';
import { accept, endShowing, enrol, pictureOfCode, proveEntry, scanPicture, showCard } from '../support/journey/steps';

jest.setTimeout(120_000);

/** Somebody's own history: proved by the phone, and acted upon. */
describe('a check of the card', () => {
  const look = { language: 'en', theme: 'light' } as const;
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  it('is proven by the phone, reported, asked to be deleted, answered; and a log that was changed is found out', async () => {
    const holder = await journey.holder('lin-zhiyuan', look);
    const merchant = await journey.merchant(look);
    const { words } = holder;
    await enrol(holder);
    await showCard(holder);
    await scanPicture(merchant, await pictureOfCode(holder));
    await accept(merchant);
    await endShowing(holder);

    await holder.taps(words.history);
    await holder.taps(new RegExp(words.staffSame));
    await holder.sees(words.receiptSigned);
    await proveEntry(holder);
    await holder.taps(words.report);
    await holder.taps(words.askedTooMuch);
    await holder.sees(words.reported);
    await holder.taps(words.askDeletion);
    await holder.taps(words.deletionYes);
    await holder.sees(words.deletionAsked);

    const owner = await journey.merchant(look, { openId: 'oOwnerParcelShop' });
    await owner.taps(words.requests);
    await owner.taps(words.isDeleted);
    await owner.taps(words.deletedYes);
    await owner.sees(words.noRequests);

    await holder.taps(words.goBack);
    await holder.taps(words.goBack);
    await holder.taps(words.history);
    await holder.taps(new RegExp(words.deletionAnswered));
    await holder.taps(words.aboutCheck);
    await holder.sees(words.receiptSigned);

    const tiles = databaseOf(journey.running.ecosystem.cloud).collection('log_tiles');
    const { data } = (await tiles.where({ level: 0, index: 0 }).get()) as { data: { _id: string; hashes: string }[] };
    const [tile] = data;
    if (!tile) throw new Error('the log has no tile');
    const { _id, hashes, ...more } = tile;
    await tiles.doc(_id).set({ ...more, hashes: `${hashes.startsWith('A') ? 'B' : 'A'}${hashes.slice(1)}` });
    await holder.taps(words.prove);
    await holder.sees(words.alarm);
    await holder.taps(words.copyEvidence);
    await holder.sees(words.copied);
    expect(journey.faults()).toEqual([]);
  });
});
