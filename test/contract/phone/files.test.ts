import { readFileSync } from 'node:fs';
import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(filesOf({ home: { wxml: '<view>home</view>' } }));
});
afterAll(() => phones.close());

/** Does a file manager's call, which tells by callbacks alone. */
const manage = (phone: PhoneUnderTest, name: 'writeFile' | 'unlink', option: string) =>
  phone.run(`return new Promise((resolve) => {
    wx.getFileSystemManager().${name}({ ...${option}, success: resolve, fail: resolve });
  });`);
const write = (phone: PhoneUnderTest, path: string, text: string) =>
  manage(phone, 'writeFile', `{ filePath: ${path}, data: '${text}', encoding: 'utf8' }`);
const OWN = `(wx.env.USER_DATA_PATH + '/list.csv')`;

describe('the mini-program’s own files', () => {
  it('are handed over once somebody chooses to, whole and under their name', async () => {
    const phone = await phones.open();
    expect(await write(phone, OWN, '\\uFEFFa,b\\r\\n二,1\\r\\n')).toEqual({ errCode: 0, errMsg: 'writeFile:ok' });
    const sharing = phone.run(`return wx.shareFileMessage({ filePath: ${OWN}, fileName: 'of today.csv' });`);
    const coming = phone.page.waitForEvent('download');
    await phone.page.getByRole('button', { name: 'Save to this computer' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe('of today.csv');
    expect(readFileSync(await file.path(), 'utf8')).toBe('\uFEFFa,b\r\n二,1\r\n');
    expect(await sharing).toEqual({ errMsg: 'shareFileMessage:ok' });
  });

  it('are not handed over where it is cancelled, and not once they are gone', async () => {
    const phone = await phones.open();
    await write(phone, OWN, 'a');
    const share = () => phone.run(`return wx.shareFileMessage({ filePath: ${OWN} });`);
    const cancelled = share();
    await phone.page.getByRole('button', { name: 'Cancel' }).click();
    expect(await cancelled).toEqual({ rejected: { errMsg: 'shareFileMessage:fail cancel' } });
    expect(await manage(phone, 'unlink', `{ filePath: ${OWN} }`)).toEqual({ errCode: 0, errMsg: 'unlink:ok' });
    const gone = 'fail no such file or directory, open wxfile://usr/list.csv';
    expect(await manage(phone, 'unlink', `{ filePath: ${OWN} }`)).toEqual({ errMsg: `unlink:${gone}` });
    expect(await share()).toEqual({ rejected: { errMsg: `shareFileMessage:${gone}` } });
  });

  it('are written nowhere else', async () => {
    const phone = await phones.open();
    const denied = { errMsg: 'writeFile:fail permission denied, open wxfile://tmp_1.csv' };
    expect(await write(phone, `'wxfile://tmp_1.csv'`, 'a')).toEqual(denied);
  });
});

describe('a file of the mini-program’s, written at once', () => {
  const write = (path: string) => `wx.getFileSystemManager().writeFileSync(${path}, '一, two', 'utf8');`;
  const own = "wx.env.USER_DATA_PATH + '/list.csv'";
  const share = `return wx.shareFileMessage({ filePath: ${own}, fileName: 'checks.csv' });`;

  it('is sent to this computer, under the name that it is given', async () => {
    const { page, run } = await phones.open();
    const shared = run(write(own) + share);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save to this computer' }).click(),
    ]);
    expect(await shared).toEqual({ errMsg: 'shareFileMessage:ok' });
    expect(file.suggestedFilename()).toBe('checks.csv');
    expect(readFileSync(await file.path(), 'utf8')).toBe('一, two');
  });

  it('is gone once it is deleted, and lies in its own folder alone', async () => {
    const { run } = await phones.open();
    const gone = `${write(own)} wx.getFileSystemManager().unlinkSync(${own}); ${share}`;
    expect(await run(gone)).toMatchObject({
      rejected: { errMsg: expect.stringContaining('no such file') as unknown },
    });
    expect(await run(`wx.getFileSystemManager().unlinkSync(${own});`)).toMatchObject({
      rejected: expect.stringContaining('no such file') as unknown,
    });
    expect(await run(write("'wxfile://elsewhere/a'"))).toMatchObject({
      rejected: expect.stringContaining('permission denied') as unknown,
    });
  });
});

describe('the clipboard', () => {
  it('gives back what was copied last', async () => {
    const phone = await phones.open();
    await phone.run(`await wx.setClipboardData({ data: 'first' }); await wx.setClipboardData({ data: '二' });`);
    expect(await phone.run('return wx.getClipboardData();')).toEqual({ data: '二', errMsg: 'getClipboardData:ok' });
  });
});
