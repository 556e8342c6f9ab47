import { startStage, type Stage } from '../../local/stage/server';
import { createClient, refusal, type Client } from '../support/ecosystem/client';
import {
  startEcosystemUnderTest,
  START_TIMEOUT,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { matchCase, readCase, submitSelfie } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { miniProgram } from '../support/journey/stage';

jest.setTimeout(START_TIMEOUT);

/** Somebody at the computer, with a card that the local register has never heard of. */
describe('a card of your own on the page of the phones', () => {
  let world: EcosystemUnderTest;
  let stage: Stage;
  const pictures = picturesOf('lin-zhiyuan');
  const strict = (on: boolean) => fetch(`${stage.url}/strict?${on ? 'on' : 'off'}`, { method: 'POST' });
  const onThePage = (openId: string): Client => createClient(`${stage.url}/cloud`, openId);

  beforeAll(async () => {
    world = await startEcosystemUnderTest({ people: [] });
    stage = await startStage({
      ecosystem: world,
      partners: null,
      port: 0,
      miniProgram: miniProgram.sources,
      watch: false,
    });
  });
  afterAll(async () => {
    await stage.close();
    await world.close();
  });

  it('is unknown to the register of whoever is somebody else', async () => {
    const client = onThePage('oSample-lin-zhiyuan');
    const caseId = await readCase(client, pictures);
    expect((await refusal(submitSelfie(client, caseId, pictures.selfie))).code).toBe('authority_no_record');
  });

  it('is unknown to it, too, while the register is strict', async () => {
    await strict(true);
    const client = onThePage('oYourself');
    const caseId = await readCase(client, pictures);
    expect((await refusal(submitSelfie(client, caseId, pictures.selfie))).code).toBe('authority_no_record');
  });

  it('is entered into the register once it was read, and then proves its holder', async () => {
    await strict(false);
    const client = onThePage('oYourself');
    const matched = await matchCase(client, await readCase(client, pictures), pictures.selfie);
    expect(matched.nonce).not.toBe('');
  });

  it('cannot be tried where the cloud does not answer, and the page says so', async () => {
    await world.cloud.close();
    const reply = await fetch(`${stage.url}/cloud/wx/call/holder`, { method: 'POST', body: '{}' });
    expect([reply.status, await reply.text()]).toEqual([502, 'The local CloudBase does not answer.\n']);
  });
});
