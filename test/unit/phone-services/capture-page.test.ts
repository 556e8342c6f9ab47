import type * as Session from '../../../miniprogram/services/enrolment-session';
import { givePhone, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { CASE, refused } from './replies';

const CAPTURE = '/packages/enrolment/capture/capture';
let phone: FakePhone;

const taken = (file: string) => ({ detail: { file } });
/** The page that the last move led to. */
const capture = async (): Promise<OpenPage> => {
  const page = openPage('packages/enrolment/capture/capture');
  await page.tell('onLoad', { side: moves.at(-1)?.endsWith('side=back') ? 'back' : 'front' });
  return page;
};
/** Photographs both sides; the service refuses them. */
const refusedFor = async (refusal: object): Promise<OpenPage> => {
  phone.answer = () => refusal;
  await (await capture()).tell('onTaken', taken('front-1'));
  const page = await capture();
  await page.tell('onTaken', taken('back-1'));
  expect(page.data['state']).toBe('refused');
  phone.uploads.length = 0;
  return page;
};
const sent = (): string[] => phone.uploads.map(({ filePath }) => filePath);

beforeEach(() => {
  phone = givePhone();
  startScreens();
  openPage('packages/enrolment/capture/capture');
  const session = jest.requireActual<typeof Session>('../../../miniprogram/services/enrolment-session');
  session.consented({ caseId: CASE, evidenceFolder: `evidence/${CASE}` });
});

describe('the page that photographs the card', () => {
  it('asks for the other side after the first, and sends both', async () => {
    await (await capture()).tell('onTaken', taken('front-1'));
    expect(moves).toEqual([`replace ${CAPTURE}?side=back`]);
    phone.answer = () => refused('internal');
    await (await capture()).tell('onTaken', taken('back-1'));
    expect(sent()).toEqual(['front-1', 'back-1']);
  });

  it.each(['wrong_side', 'picture_blurred', 'fields_disagree'])(
    'asks only for the side at fault, and keeps the other: %s',
    async (code) => {
      const page = await refusedFor(refused(code, { picture: 'back', triesLeft: 3 }));
      await page.tell('onNext');
      expect(moves.at(-1)).toBe(`replace ${CAPTURE}?side=back`);
      await (await capture()).tell('onTaken', taken('back-2'));
      expect(sent()).toEqual(['front-1', 'back-2']);
    },
  );

  // Sent with the old back again, the same pictures would be refused until no try is left.
  it('asks for both sides anew where the fault may lie in either', async () => {
    const page = await refusedFor(refused('field_unreadable', { fields: ['name', 'validTo'], triesLeft: 3 }));
    await page.tell('onNext');
    expect(moves.at(-1)).toBe(`replace ${CAPTURE}?side=front`);
    await (await capture()).tell('onTaken', taken('front-2'));
    expect([moves.at(-1), sent()]).toEqual([`replace ${CAPTURE}?side=back`, []]);
    await (await capture()).tell('onTaken', taken('back-2'));
    expect(sent()).toEqual(['front-2', 'back-2']);
  });

  it('sends the same pictures again after a failure of the network', async () => {
    const page = await refusedFor(refused('internal'));
    await page.tell('onNext');
    expect(sent()).toEqual(['front-1', 'back-1']);
  });

  it('leads home, with nothing kept, where the step has no tries left', async () => {
    const page = await refusedFor(refused('picture_blurred', { picture: 'back', triesLeft: 0 }));
    await page.tell('onNext');
    expect(moves.at(-1)).toBe('restart /pages/home/home');
    await capture();
    expect(moves.at(-1)).toBe('restart /pages/home/home');
  });

  it('is no way in without consent', async () => {
    startScreens();
    await capture();
    expect(moves).toEqual(['restart /pages/home/home']);
  });
});
