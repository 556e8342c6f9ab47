import { giveFiles, type FakeFiles } from './fake-files';
import { givePhone, offer, type FakePhone } from './fake-wx';
import { moves, openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

const CODE = '0ABC-DEFG-HJKM-NPQR-STVW';
let phone: FakePhone;
let files: FakeFiles;
let isAgreed: boolean;
const said: string[] = [];

const opened = async (query: object = {}): Promise<OpenPage> => {
  const page = openPage('packages/card/kill-code/kill-code');
  await page.tell('onLoad', query);
  return page;
};

beforeEach(() => {
  phone = givePhone();
  startScreens();
  files = giveFiles();
  isAgreed = true;
  said.length = 0;
  offer({
    showModal: () => Promise.resolve({ confirm: isAgreed }),
    showToast: ({ title }: { readonly title: string }) => said.push(title),
  });
  phone.answer = () => ({ ok: true, code: CODE, madeAt: 1_795_000_000_000, address: 'https://id.example/public/kill' });
});

describe('the page of the kill code', () => {
  it('makes one only when asked, and shows it with where it is typed in', async () => {
    const page = await opened();
    expect([page.data['present'], phone.calls]).toEqual(['', []]);
    await page.tell('onMake');
    expect(page.data).toMatchObject({
      state: 'made',
      shown: { groups: CODE.split('-'), address: 'https://id.example/public/kill', before: '' },
    });
  });

  it('asks before it replaces the one that there is, and says until when that works', async () => {
    const page = await opened({ since: '1795000000000' });
    expect(page.data['present']).toContain('works for 7 days more');
    isAgreed = false;
    await page.tell('onMake');
    expect(phone.calls).toEqual([]);
    isAgreed = true;
    const made = { ok: true, code: CODE, madeAt: 1_795_000_000_000, address: 'https://id.example/public/kill' };
    phone.answer = () => ({ ...made, replacedUntil: 1_795_604_800_000 });
    await page.tell('onMake');
    expect(page.data).toMatchObject({
      state: 'made',
      shown: { before: expect.stringContaining('The code before still works until') as unknown },
    });
  });

  it('says why no further one is made, and from when', async () => {
    phone.answer = () => ({ ok: false, error: { code: 'too_many_requests', until: Date.UTC(2026, 10, 26, 10, 5) } });
    const page = await opened({ since: '1795000000000' });
    await page.tell('onMake');
    const { text } = page.data['failure'] as { text: string };
    expect(page.data['state']).toBe('start');
    expect(text).toContain('push out the one on paper');
    expect(text).toContain('18:05');
  });

  it('keeps nothing of it: the page and the sheet are empty once it is left', async () => {
    const page = await opened();
    await page.tell('onMake');
    await page.tell('onSheet');
    expect(files.sent).toEqual(['kill-code.txt']);
    expect(files.written.get('kill-code.txt')).toContain(CODE);
    await page.tell('onUnload');
    expect([JSON.stringify(page.data).includes(CODE), files.written.size, phone.kept.size]).toEqual([false, 0, 0]);
  });

  it('says that a sheet was not handed over, and nothing where the user cancelled', async () => {
    const page = await opened();
    await page.tell('onMake');
    files.answer = 'cancel';
    await page.tell('onSheet');
    expect(said).toEqual([]);
    files.answer = 'broken';
    await page.tell('onSheet');
    expect(said).toEqual(['The file was not handed over. Try again.']);
  });

  it('stays, with the reason, where none is made', async () => {
    phone.answer = () => refused('card_not_active');
    const page = await opened();
    await page.tell('onMake');
    expect(page.data).toMatchObject({ state: 'start', busy: false, failure: { title: 'This cannot go on for now' } });
    await page.tell('onLeave');
    expect(moves).toEqual(['back']);
  });
});
