import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

const files = filesOf({
  pulled: {
    wxml: '<view id="top" style="height: 500px">top</view><view style="height: 500px">more</view><view id="end">end</view>',
    json: { enablePullDownRefresh: true, onReachBottomDistance: 20 },
    page: `{
        onPullDownRefresh() { tell('pulled'); },
        onReachBottom() { tell('bottom'); },
        onPageScroll({ scrollTop }) { if (scrollTop === 0) tell('top'); },
      }`,
  },
  other: { wxml: '<view>other</view>' },
});

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

describe('a page that can be pulled', () => {
  const drag = async ({ page }: PhoneUnderTest, distance: number) => {
    await page.mouse.move(180, 150);
    await page.mouse.down();
    await page.mouse.move(180, 150 + distance / 2);
    await page.mouse.move(180, 150 + distance);
    await page.mouse.up();
  };
  const room = ({ run }: PhoneUnderTest) => run(`return document.querySelector('.phone-pull').style.height;`);

  it('is told once, and stays pulled until it is done', async () => {
    const phone = await phones.open('pages/pulled');
    await drag(phone, 200);
    expect(await phone.told()).toEqual(['pulled']);
    expect(await room(phone)).toBe('50px');
    await drag(phone, 200);
    expect(await phone.told()).toEqual(['pulled']);
    expect(await phone.run('return wx.stopPullDownRefresh();')).toEqual({ errMsg: 'stopPullDownRefresh:ok' });
    expect(await room(phone)).toBe('0px');
    await drag(phone, 200);
    expect(await phone.told()).toEqual(['pulled', 'pulled']);
  });

  it('by a finger too', async () => {
    const phone = await phones.open('pages/pulled');
    const touch = (type: string, y: number) =>
      phone.page.locator('#top').dispatchEvent(type, {
        touches: [{ identifier: 0, clientX: 100, clientY: y, pageX: 100, pageY: y }],
        changedTouches: [{ identifier: 0, clientX: 100, clientY: y, pageX: 100, pageY: y }],
      });
    for (const [type, y] of [
      ['touchstart', 100],
      ['touchmove', 150],
      ['touchmove', 260],
      ['touchend', 260],
    ] as const)
      await touch(type, y);
    expect(await phone.told()).toEqual(['pulled']);
  });

  it('is not by a short way, nor from its middle, nor where it does not want to be', async () => {
    const phone = await phones.open('pages/pulled');
    await drag(phone, 40);
    await phone.run('await wx.pageScrollTo({ scrollTop: 200, duration: 0 });');
    await drag(phone, 200);
    expect(await phone.told()).toEqual([]);
    const other = await phones.open('pages/other');
    await drag(other, 200);
    expect(await room(other)).toBe('');
  });

  it('can pull itself', async () => {
    const phone = await phones.open('pages/pulled');
    expect(await phone.run('return wx.startPullDownRefresh();')).toEqual({ errMsg: 'startPullDownRefresh:ok' });
    expect(await phone.told()).toEqual(['pulled']);
  });
});

describe('a page that is scrolled', () => {
  it('is told of its end each time that it comes near, not while it stays there', async () => {
    const phone = await phones.open('pages/pulled');
    const scroll = (to: number) =>
      phone.run(`
      const body = document.querySelector('.wx-page');
      await new Promise((resolve) => { body.addEventListener('scroll', resolve, { once: true }); wx.pageScrollTo({ scrollTop: ${to}, duration: 0 }); });
      await new Promise(requestAnimationFrame);`);
    await scroll(240);
    expect(await phone.told()).toEqual([]);
    await scroll(270);
    await scroll(275);
    expect(await phone.told()).toEqual(['bottom']);
    await scroll(0);
    await scroll(9000);
    expect(await phone.told()).toEqual(['bottom', 'top', 'bottom']);
  });

  it('can be scrolled to a node by its id', async () => {
    const phone = await phones.open('pages/pulled');
    await phone.run('await wx.pageScrollTo({ selector: "#end", duration: 0 });');
    await phone.page.waitForFunction(`document.querySelector('#end').getBoundingClientRect().bottom <= innerHeight`);
  });
});
