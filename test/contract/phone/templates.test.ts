import type { Page } from 'playwright-core';
import { filesOf, filesOfComponent } from '../../support/phone/mini-program';
import { startPhones, type Phones } from '../../support/phone/phones';

const withComponents = (...names: readonly string[]) => ({
  usingComponents: Object.fromEntries(names.map((name) => [name, `/${name}`])),
});

const files = filesOf(
  {
    lists: {
      wxml: `
        <wxs module="words">var more = require('../more.wxs'); module.exports = { of: function (x) { return x.constructor + more.times(1, 1) + ' ' + 'a1'.replace(getRegExp('\\d'), '!'); } };</wxs>
        <wxs src="../tools.wxs" module="tools" />
        <import src="../parts.wxml" />
        <view class="row" wx:for="{{rows}}" wx:key="id"><counter name="{{item.id}}" />{{index}}</view>
        <view class="kind" wx:if="{{rows.length > 2}}">many</view><view class="kind" wx:elif="{{rows.length}}">some</view><view class="kind" wx:else>none</view>
        <template is="card" data="{{ title: 'made of a template', ...more }}" />
        <include src="../included.wxml" />
        <view class="wxs">{{words.of(rows)}} {{words.of('')}} {{tools.twice(4)}}</view>`,
      json: withComponents('counter'),
      page: `{ data: { rows: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], more: { note: 'with a note' } } }`,
    },
    parts: {
      wxml: `
        <panel generous="yes" my-class="outside" bind:chosen="chosen" id="panel">
          <view slot="head">the head</view>
          <view>the middle</view>
        </panel>
        <parent><child name="one" /><child wx:if="{{two}}" name="two" /></parent>
        <view class="plain">plain</view>`,
      wxss: '.outside { color: rgb(1, 2, 3) } .plain { width: 375rpx } page { background-color: rgb(4, 5, 6) }',
      json: withComponents('panel', 'parent', 'child'),
      page: `{
        behaviors: [require('../common')],
        data: { two: false },
        onLoad() { tell('shared', this.data.shared, this.method()); },
        chosen({ detail, currentTarget, target }) { tell('chosen', detail, currentTarget.id, target.id); },
      }`,
    },
  },
  {
    'tools.wxs':
      "var more = require('./more.wxs'); module.exports = { twice: function (n) { return more.times(n, 2); } };",
    'more.wxs': 'module.exports.times = function (a, b) { return a * b; };',
    'parts.wxml': '<template name="card"><view class="card">{{title}} {{note}}</view></template>',
    'included.wxml': '<view class="included">included, {{rows.length}} rows</view>',
    'common.js': `module.exports = Behavior({ data: { shared: 'data' }, methods: { method() { return 'method'; } } });`,
    ...filesOfComponent(
      'counter',
      '{{name}}{{age}}',
      `{ properties: { name: String }, data: { age: 0 }, lifetimes: { attached() { this.setData({ age: (globalThis.born = (globalThis.born || 0) + 1) }); } } }`,
    ),
    ...filesOfComponent(
      'panel',
      '<view class="head my-class" bind:tap="choose"><slot name="head" /></view><view class="rest"><slot /></view>',
      `{
      options: { multipleSlots: true },
      externalClasses: ['my-class'],
      properties: { generous: Boolean, size: { type: Number, value: 3 } },
      observers: { 'generous, size'(generous, size) { tell('observed', generous, size); } },
      methods: { choose() { this.triggerEvent('chosen', { n: this.data.size }); } },
    }`,
    ),
    'panel.wxss':
      '.head { color: rgb(9, 9, 9); height: 20px } .plain { width: 1px } :host { display: block; padding-top: 7px }',
    ...filesOfComponent(
      'parent',
      '<slot />',
      `{ relations: { './child': { type: 'child', linked(child) { tell('linked', child.data.name); }, unlinked(child) { tell('unlinked', child.data.name); } } } }`,
    ),
    ...filesOfComponent(
      'child',
      '{{name}}',
      `{ properties: { name: String }, relations: { './parent': { type: 'parent' } } }`,
    ),
  },
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

describe('a template', () => {
  it('shows lists, conditions, templates, includes and WXS', async () => {
    const { page, faults } = await phones.open('pages/lists');
    expect(await texts(page, '.row')).toEqual(['a10', 'b21', 'c32']);
    expect(await texts(page, '.kind')).toEqual(['many']);
    expect(await texts(page, '.card')).toEqual(['made of a template with a note']);
    expect(await texts(page, '.included')).toEqual(['included, 3 rows']);
    expect(await texts(page, '.wxs')).toEqual(['Array1 a! String1 a! 8']);
    expect(faults).toEqual([]);
  });

  it('keeps the components of a list by their keys when it is set in another order', async () => {
    const { page, run } = await phones.open('pages/lists');
    await run(`getCurrentPages()[0].setData({ rows: [{ id: 'c' }, { id: 'd' }, { id: 'a' }] });`);
    expect(await texts(page, '.row')).toEqual(['c30', 'd41', 'a12']);
    await run('getCurrentPages()[0].setData({ rows: [] });');
    expect(await texts(page, '.kind')).toEqual(['none']);
  });

  it('changes one row by its path', async () => {
    const { page, run } = await phones.open('pages/lists');
    await run(`getCurrentPages()[0].setData({ 'rows[1].id': 'z' });`);
    expect((await texts(page, '.row'))[1]).toMatch(/^z/);
  });
});

describe('a component', () => {
  it('takes properties, slots and classes from outside and tells of events', async () => {
    const phone = await phones.open('pages/parts');
    const { page } = phone;
    expect(await texts(page, '.head, [class*="--head"]')).toEqual(['the head']);
    expect(await texts(page, '[class*="--rest"]')).toEqual(['the middle']);
    await page.getByText('the head').click();
    const told = await phone.told();
    expect(told).toContainEqual(['observed', true, 3]);
    expect(told).toContainEqual(['chosen', { n: 3 }, 'panel', 'panel']);
    expect(told).toContainEqual(['shared', 'data', 'method']);
    await phone.run(`getCurrentPages()[0].selectComponent('#panel').setData({ size: 5 });`);
    expect(await phone.told()).toContainEqual(['observed', true, 5]);
    expect(phone.faults).toEqual([]);
  });

  it('keeps its styles to itself, but for the classes that it lets in', async () => {
    const { style } = await phones.open('pages/parts');
    expect(await style('.plain', 'width')).toBe('187.5px');
    expect(await style('[class*="--head"]', 'color')).toBe('rgb(1, 2, 3)');
    expect(await style('[class*="--head"]', 'height')).toBe('20px');
    expect(await style('#panel', 'padding-top')).toBe('7px');
    expect(await style('.wx-page', 'background-color')).toBe('rgb(4, 5, 6)');
  });

  it('knows the components that it is related to, as they come and go', async () => {
    const phone = await phones.open('pages/parts');
    await phone.run(`const [page] = getCurrentPages(); page.setData({ two: true }); page.setData({ two: false });`);
    expect((await phone.told()).filter((line) => String(line).includes('linked'))).toEqual([
      ['linked', 'one'],
      ['linked', 'two'],
      ['unlinked', 'two'],
    ]);
  });
});
