import { givePhone, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, refused } from './replies';

let phone: FakePhone;
const begun = { ok: true, caseId: CASE, evidenceFolder: `evidence/${CASE}`, expiresAt: 1_795_000_000_000 };
const CAPTURE = 'replace /packages/enrolment/capture/capture?side=front';

/** The page with so many consents given. */
const agreed = async (consents: number): Promise<OpenPage> => {
  const page = openPage('packages/enrolment/consent/consent');
  await page.tell('onLoad');
  for (let at = 0; at < consents; at += 1) {
    await page.tell('onTick');
    expect(page.data['ticked']).toBe(true);
    await page.tell('onAgree');
  }
  return page;
};
const subjects = (): unknown =>
  (phone.calls[0]?.data['consents'] as { subject: string }[] | undefined)?.map(({ subject }) => subject);

beforeEach(() => {
  phone = givePhone();
  phone.answer = () => begun;
  startScreens();
});

describe('the page of consents', () => {
  it('asks for each by itself, unticked, and begins with those that were given', async () => {
    const page = await agreed(2);
    expect(phone.calls).toEqual([]);
    expect(page.data).toMatchObject({ ticked: false, consent: { title: 'A measure of your face' } });
    await page.tell('onTick');
    await page.tell('onAgree');
    expect(subjects()).toEqual(['document', 'face', 'faceTemplate']);
    expect(moves).toEqual([CAPTURE]);
  });

  it('goes on without the last one where it is declined', async () => {
    const page = await agreed(2);
    await page.tell('onDecline');
    expect(subjects()).toEqual(['document', 'face']);
    expect(moves).toEqual([CAPTURE]);
  });

  it.each([0, 1])('collects nothing where one of the first two is declined: after %i', async (consents) => {
    const page = await agreed(consents);
    await page.tell('onDecline');
    expect(page.data['declined']).toBe(true);
    expect(phone.calls).toEqual([]);
    await page.tell('onReconsider');
    expect(page.data).toMatchObject({
      declined: false,
      ticked: false,
      consent: { title: 'Use of your identity card' },
    });
  });

  it('stays, with the reason, where the enrolment cannot begin', async () => {
    phone.answer = () => refused('too_many_tries');
    const page = await agreed(3);
    expect(page.data).toMatchObject({ busy: false, refusal: { title: 'This cannot go on for now' } });
    expect(moves).toEqual([]);
  });
});
