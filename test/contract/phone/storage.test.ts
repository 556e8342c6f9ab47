import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(filesOf({ home: { wxml: '<view>home</view>' } }));
});
afterAll(() => phones.close());

const get = (phone: PhoneUnderTest, key: string, encrypt = false) =>
  phone.run(`return wx.getStorage({ key: '${key}', encrypt: ${String(encrypt)} });`);
const notFound = { rejected: { errMsg: 'getStorage:fail data not found' } };

describe('storage', () => {
  it('gives back what was stored, whatever JSON can hold', async () => {
    const phone = await phones.open();
    expect(await phone.run(`return wx.setStorage({ key: 'a', data: { list: [1, null, '二'], on: true } });`)).toEqual({
      errMsg: 'setStorage:ok',
    });
    expect(await get(phone, 'a')).toEqual({ data: { list: [1, null, '二'], on: true }, errMsg: 'getStorage:ok' });
    expect(
      await phone.run(`wx.setStorageSync('b', 0); return [wx.getStorageSync('b'), wx.getStorageSync('none')];`),
    ).toEqual([0, '']);
    expect(await get(phone, 'none')).toEqual(notFound);
  });

  it('keeps apart what is encrypted', async () => {
    const phone = await phones.open();
    await phone.run(`await wx.setStorage({ key: 'secret', data: 1, encrypt: true });`);
    expect(await get(phone, 'secret')).toEqual(notFound);
    expect(await get(phone, 'secret', true)).toMatchObject({ data: 1 });
    await phone.run(`await wx.setStorage({ key: 'secret', data: 2 });`);
    expect(await get(phone, 'secret', true)).toMatchObject({ data: 1 });
    await phone.run(`await wx.removeStorage({ key: 'secret' });`);
    expect(await get(phone, 'secret', true)).toEqual(notFound);
    expect(await get(phone, 'secret')).toEqual(notFound);
  });

  it('is each user’s own and each phone’s own, and outlives a restart', async () => {
    const phone = await phones.open('', { openId: 'oAlice' }, 'kept');
    await phone.run(`await wx.setStorage({ key: 'a', data: 'of Alice' });`);
    const restarted = async (openId: string) => {
      const loaded = phone.page.waitForEvent('load');
      await phone.change({ openId });
      await loaded;
      await phone.page.waitForFunction('window.phone');
    };
    await restarted('oBob');
    expect(await get(phone, 'a')).toEqual(notFound);
    await phone.run(`await wx.clearStorage();`);
    await restarted('oAlice');
    expect(await get(phone, 'a')).toMatchObject({ data: 'of Alice' });
    expect(await get(await phones.open('', { openId: 'oAlice' }, 'another'), 'a')).toEqual(notFound);
  });

  it('tells what it holds and is cleared', async () => {
    const { run } = await phones.open();
    await run(`wx.setStorageSync('a', 'x'.repeat(3000)); wx.setStorageSync('b', 1);`);
    expect(await run('return wx.getStorageInfo();')).toMatchObject({
      keys: expect.arrayContaining(['a', 'b']) as unknown,
      currentSize: 3,
      limitSize: 10240,
    });
    await run(`wx.removeStorageSync('b');`);
    expect(await run('return wx.getStorageInfoSync().keys;')).toEqual(['a']);
    await run('wx.clearStorageSync();');
    expect(await run('return wx.getStorageInfoSync().keys;')).toEqual([]);
  });

  it('takes a megabyte under a key and no more, counted in bytes', async () => {
    const { run } = await phones.open();
    const store = (text: string) => run(`return wx.setStorage({ key: 'a', data: ${text} });`);
    expect(await store(`'x'.repeat(1024 * 1024 - 20)`)).toEqual({ errMsg: 'setStorage:ok' });
    const refused = { rejected: { errMsg: 'setStorage:fail entry size limit reached' } };
    expect(await store(`'x'.repeat(1024 * 1024)`)).toEqual(refused);
    expect(await store(`'汉'.repeat(512 * 1024)`)).toEqual(refused);
    expect(await run(`wx.setStorageSync('a', 'x'.repeat(1024 * 1024));`)).toEqual({
      rejected: 'Error: setStorageSync:fail entry size limit reached',
    });
    await run('wx.clearStorageSync();');
  });

  it('that is full says so', async () => {
    const { run } = await phones.open();
    expect(
      await run(`
        for (let i = 0; i < 11; i += 1) await wx.setStorage({ key: 'key ' + i, data: 'x'.repeat(1000 * 1000) });`),
    ).toEqual({ rejected: { errMsg: 'setStorage:fail exceed storage max size 10Mb' } });
    await run('wx.clearStorageSync();');
  });

  it('refuses what is no key', async () => {
    const { run } = await phones.open();
    expect(await run('return wx.getStorage({ key: 5 });')).toEqual({
      rejected: { errMsg: 'getStorage:fail parameter error: parameter.key should be String instead of number;' },
    });
    expect(await run('return wx.setStorage({ data: 1 });')).toEqual({
      rejected: { errMsg: 'setStorage:fail parameter error: parameter.key should be String instead of Undefined;' },
    });
  });
});

describe('a call', () => {
  it('tells its callbacks of success, in order', async () => {
    const { run } = await phones.open();
    expect(
      await run(`
        const heard = [];
        wx.setStorageSync('a', 1);
        await new Promise((resolve) => wx.getStorage({
          key: 'a',
          success: (result) => heard.push('success', result),
          fail: () => heard.push('fail'),
          complete: (result) => resolve(heard.push('complete', result)),
        }));
        return heard;`),
    ).toEqual(['success', { data: 1, errMsg: 'getStorage:ok' }, 'complete', { data: 1, errMsg: 'getStorage:ok' }]);
  });

  it('tells its callbacks of failure, and then gives no promise', async () => {
    const phone = await phones.open();
    expect(
      await phone.run(`
        const heard = [];
        let returned = null;
        await new Promise((resolve) => { returned = wx.getStorage({
          key: 'none',
          success: () => heard.push('success'),
          fail: (result) => heard.push('fail', result),
          complete: () => resolve(heard.push('complete')),
        }); });
        return [...heard, returned === undefined];`),
    ).toEqual(['fail', { errMsg: 'getStorage:fail data not found' }, 'complete', true]);
    expect(phone.faults).toEqual([]);
  });

  it('whose failure nobody hears is a fault of the mini-program', async () => {
    const phone = await phones.open();
    await phone.run(
      `wx.getStorage({ key: 'none' }); await new Promise((resolve) => addEventListener('unhandledrejection', resolve));`,
    );
    expect(phone.faults.join()).toContain('getStorage:fail data not found');
  });

  it('that a callback breaks is a fault too', async () => {
    const phone = await phones.open();
    await phone.run(`
      wx.getSetting({ success() { throw new Error('in success'); } });
      await new Promise((resolve) => addEventListener('unhandledrejection', resolve));`);
    expect(phone.faults.join()).toContain('in success');
  });
});
