import { validators } from '../../protocol';
import { accepted, createClient, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import { createInspector } from '../support/journey/inspection';
import { operatorAccount, startJourney, type Journey } from '../support/journey/journey';
import { photograph, reachReview } from '../support/journey/steps';

jest.setTimeout(180_000);

/** Somebody who looks like another person waits for a decision, and is told of it in WeChat. */
describe('a holder whose case is in review', () => {
  let journey: Journey;
  const client = (openId: string): Client => createClient(journey.running.ecosystem.cloud.url, openId);

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterAll(() => journey.close());

  /** Refuses the only case, as its reviewer. */
  const refuseCase = async (): Promise<void> => {
    const reviewer = client(operatorAccount('reviewer', 1));
    const { cases } = await accepted(reviewer.ask('operator', { action: 'listTasks' }), validators.ListTasksReply);
    const refusal = { action: 'refuseCase', case: cases[0]?.case, reason: 'faces_differ' };
    await accepted(reviewer.ask('operator', refusal), validators.DoneReply);
  };

  it('asks to be told, hears of the decision wherever they are, and comes to it by a tap', async () => {
    const { looks, flaws } = createInspector();
    const holder = await journey.holder('he-huilan', { language: 'en', theme: 'dark' });
    const { words } = holder;
    await reachReview(holder);
    await holder.settings({ camera: { kind: 'sample', person: 'shen-ruoxi', picture: 'selfie-2' } });
    await holder.taps(words.agrees);
    await photograph(holder);
    for (let tries = 1; tries < 3; tries += 1) {
      await holder.taps(words.takeAnother);
      await photograph(holder);
    }
    await holder.sees(words.inReview);
    await holder.taps(words.tellMe);
    await holder.button(words.allow).waitFor();
    await looks(holder, 'case-reminder-asked');
    await holder.taps(words.allow);
    await holder.button(words.tellMe).waitFor({ state: 'detached' });
    await looks(holder, 'case-reminded');
    await holder.taps(words.goBack);
    await holder.button(words.follow).waitFor();

    await refuseCase();
    const { cloud } = journey.running.ecosystem;
    await databaseOf(cloud).collection('reminders').where({ kind: 'case_decided' }).update({ dueAt: 1 });
    await cloud.runTimer('remind');

    const notice = holder.page.getByRole('log').getByRole('button', { name: /您的申请已有结果/ });
    await notice.waitFor();
    await looks(holder, 'home-with-notice');
    await notice.click();
    await notice.waitFor({ state: 'detached' });
    await holder.taps(words.follow);
    await holder.sees(words.reviewRefused);
    expect([flaws, journey.faults()]).toEqual([[], []]);
  });
});
