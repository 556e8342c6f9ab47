import { filesOf, filesOfComponent } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';

const files = filesOf(
  {
    events: {
      wxml: `
        <view id="outer" bind:tap="note" capture-bind:tap="captured" mark:outer="1" data-name="outer">
          <view id="middle" bind:tap="note" mark:middle="2" data-row-number="{{3}}"><view id="inner" bind:tap="note" data-name="inner">inner</view></view>
          <view id="catching" catch:tap="note">catching</view>
          <view id="holding" bind:longpress="note"><view id="held">held</view></view>
        </view>
        <input class="typed" model:value="{{text}}" aria-label="typed" /><view class="echo">{{text}}</view>
        <field model:value="{{text}}" />`,
      json: { usingComponents: { field: '/field' } },
      page: `{
        data: { text: 'a' },
        captured() { tell('captured'); },
        note({ type, target, currentTarget, mark, touches, changedTouches, detail }) {
          tell({ type, target: target.id, current: currentTarget.id, data: currentTarget.dataset, mark, touches: touches && touches.length, changed: changedTouches && changedTouches.length, x: typeof detail.x });
        },
      }`,
    },
    nodes: {
      wxml: '<view class="box" data-a="1" style="width: 750rpx; height: 40px; color: rgb(7, 8, 9)">box</view><view class="box" style="height: 10px" /><canvas type="2d" id="drawing" style="width: 50px; height: 20px" />',
      page: '{}',
    },
  },
  filesOfComponent(
    'field',
    '<input aria-label="inner" value="{{value}}" bind:input="typed" />',
    `{ properties: { value: String }, methods: { typed({ detail }) { this.setData({ value: detail.value }); } } }`,
  ),
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

describe('an event', () => {
  const common = { type: 'tap', target: 'inner', mark: { outer: '1', middle: '2' }, x: 'number' };

  it('is captured, then bubbles with its data, marks and touches', async () => {
    const phone = await phones.open('pages/events');
    await phone.page.locator('#inner').tap();
    expect(await phone.told()).toEqual([
      'captured',
      { ...common, touches: 0, changed: 1, current: 'inner', data: { name: 'inner' } },
      { ...common, touches: 0, changed: 1, current: 'middle', data: { rowNumber: 3 } },
      { ...common, touches: 0, changed: 1, current: 'outer', data: { name: 'outer' } },
    ]);
  });

  it('comes of a mouse as of a finger, once', async () => {
    const phone = await phones.open('pages/events');
    await phone.page.locator('#inner').click();
    expect((await phone.told()).length).toBe(4);
  });

  it('that is caught goes no further', async () => {
    const phone = await phones.open('pages/events');
    await phone.page.locator('#catching').tap();
    expect(await phone.told()).toEqual([
      'captured',
      expect.objectContaining({ current: 'catching', target: 'catching' }),
    ]);
  });

  it('of a long press comes while the finger is still down, once', async () => {
    const phone = await phones.open('pages/events');
    await phone.page.locator('#held').hover();
    await phone.page.mouse.down();
    await phone.page.waitForFunction('told.length > 0');
    expect(await phone.told()).toEqual([
      expect.objectContaining({ type: 'longpress', target: 'held', current: 'holding', x: 'number' }),
    ]);
  });
});

describe('a query of nodes', () => {
  const query = (chain: string): string => `
    const query = wx.createSelectorQuery();
    ${chain};
    return new Promise((resolve) => query.exec(resolve));`;

  it('measures one node or all, and reads data and styles', async () => {
    const { run } = await phones.open('pages/nodes');
    expect(
      await run(query(`query.select('.box').boundingClientRect(); query.selectAll('.box').boundingClientRect()`)),
    ).toEqual([
      expect.objectContaining({ width: 375, height: 40, dataset: { a: '1' } }),
      [expect.objectContaining({ height: 40 }), expect.objectContaining({ height: 10 })],
    ]);
    expect(
      await run(query(`query.select('.box').fields({ size: true, dataset: true, computedStyle: ['color'] })`)),
    ).toEqual([expect.objectContaining({ width: 375, dataset: { a: '1' }, color: 'rgb(7, 8, 9)' })]);
    expect(await run(query(`query.select('.nothing').boundingClientRect()`))).toEqual([null]);
  });

  it('gives a canvas to draw on, which setData can carry', async () => {
    const { style, run } = await phones.open('pages/nodes');
    const drawn = await run(`
      const [{ node }] = await new Promise((resolve) => wx.createSelectorQuery().select('#drawing').node().exec(resolve));
      node.width = 50; node.height = 20;
      const context = node.getContext('2d');
      context.fillStyle = 'rgb(1, 2, 3)';
      context.fillRect(0, 0, 50, 20);
      getCurrentPages()[0].setData({ node });
      return [...context.getImageData(10, 10, 1, 1).data];`);
    expect(drawn).toEqual([1, 2, 3, 255]);
    expect(await style('#drawing canvas', 'width')).toBe('50px');
    expect(
      await run(
        `const [{ node }] = await new Promise((resolve) => wx.createSelectorQuery().select('#drawing').node().exec(resolve)); return node.getContext('webgl');`,
      ),
    ).toEqual({
      rejected: 'Error: canvas context "webgl" is not supported by this phone',
    });
  });
});

it('binds a value both ways, through a component too', async () => {
  const { page } = await phones.open('pages/events');
  await page.getByLabel('typed').fill('b');
  expect(await page.locator('.echo').allInnerTexts()).toEqual(['b']);
  expect(await page.getByLabel('inner').inputValue()).toBe('b');
  await page.getByLabel('inner').fill('c');
  expect(await page.locator('.echo').allInnerTexts()).toEqual(['c']);
  expect(await page.getByLabel('typed').inputValue()).toBe('c');
});
