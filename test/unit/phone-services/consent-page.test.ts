import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, refused } from './replies';

let phone: FakePhone;
const begun = { ok: true, caseId: CASE, evidenceFolder: `evidence/${CASE}`, expiresAt: 1_795_000_000_000 };
const CAPTURE = 'replace /packages/enrolment/capture/capture?side=front';

/** The page with so many consents given. */
const agreed = async (consents: number, query: object = {}): Promise<OpenPage> => {
  const page = openPage('packages/enrolment/consent/consent');
  await page.tell('onLoad', query);
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

  it('shows each from its beginning, though the button before stood at an end', async () => {
    const tops: unknown[] = [];
    offer({ pageScrollTo: ({ scrollTop }: { readonly scrollTop: number }) => tops.push(scrollTop) });
    const page = await agreed(1);
    const before = tops.length;
    await page.tell('onTick');
    await page.tell('onAgree');
    expect(tops.slice(before)).toEqual([0]);
  });

  it('goes on without the last one where it is declined', async () => {
    const page = await agreed(2);
    await page.tell('onDecline');
    expect(subjects()).toEqual(['document', 'face']);
    expect(moves).toEqual([CAPTURE]);
  });

  it('collects nothing where the document is declined', async () => {
    const page = await agreed(0);
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

  it('tells of the counter where the face is declined, and collects nothing before that is chosen', async () => {
    const page = await agreed(1);
    await page.tell('onDecline');
    expect(page.data).toMatchObject({ faceless: true, declined: false });
    expect(phone.calls).toEqual([]);
    await page.tell('onUseFace');
    expect(page.data).toMatchObject({ faceless: false, ticked: false, consent: { title: 'Use of your face' } });
    await page.tell('onDecline');
    await page.tell('onByCounter');
    expect(subjects()).toEqual(['document']);
    expect(phone.kept.get('followed-case')).toEqual({ data: CASE, encrypt: true });
    expect(moves).toEqual([CAPTURE]);
  });

  it('asks for the document alone of whoever comes for the counter', async () => {
    const page = await agreed(1, { by: 'counter' });
    expect(page.data['step']).toBe('The only one');
    expect(subjects()).toEqual(['document']);
    expect(moves).toEqual([CAPTURE]);
  });

  it('follows no case that goes on with a face', async () => {
    const page = await agreed(2);
    await page.tell('onDecline');
    expect(phone.kept.has('followed-case')).toBe(false);
  });

  it('stays, with the reason, where the enrolment cannot begin', async () => {
    phone.answer = () => refused('too_many_tries');
    const page = await agreed(3);
    expect(page.data).toMatchObject({ busy: false, refusal: { title: 'This cannot go on for now' } });
    expect(moves).toEqual([]);
  });
});
