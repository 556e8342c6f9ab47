import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

const files = filesOf(
  {
    press: {
      wxml: `
      <view bind:tap="tell" id="around"><button id="off" disabled bind:tap="tell"><view>off</view></button></view>
      <button id="busy" loading bind:tap="tell">busy</button>
      <view id="named" role="button" aria-label="named" bind:tap="tell">named</view>
      <view id="mute" bind:tap="tell">mute</view>
      <view id="hovered" hover-class="touched" bind:tap="tell">hovered</view>
      <button id="settings" open-type="openSetting" bind:opensetting="tell">settings</button>`,
      page: '{ tell({ type, currentTarget }) { tell(type, currentTarget.id); } }',
    },
    typing: {
      wxml: `
      <input aria-label="short" maxlength="3" bind:input="tell" bind:focus="tell" bind:blur="tell" bind:confirm="tell" />
      <input aria-label="secret" password /><input aria-label="number" type="number" />
      <input aria-label="focused" focus="{{focused}}" />`,
      page: '{ data: { focused: false }, tell({ type, detail }) { tell(type, detail.value); } }',
    },
    scrolling: {
      wxml: `
      <scroll-view scroll-y scroll-into-view="{{to}}" style="height: 100px" bind:scroll="scrolled" bind:scrolltolower="tell">
        <view wx:for="{{10}}" wx:key="*this" id="row-{{item}}" style="height: 50px">{{item}}</view>
      </scroll-view>
      <progress percent="40" aria-label="progress" />
      <image src="./pictures/dot.svg" mode="aspectFit" bind:load="loaded" aria-label="a dot" />
      <image src="/none.png" bind:error="tell" />`,
      page: `{
      data: { to: '' },
      scrolled({ detail }) { tell('scroll', detail.scrollTop); },
      tell({ type }) { tell(type); },
      loaded({ detail }) { tell('load', detail); },
    }`,
    },
    rich: { wxml: '<rich-text nodes="{{nodes}}" />', page: `{ data: { nodes: '' } }` },
  },
  {
    'pages/pictures/dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="8" height="4"/></svg>',
  },
);

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

const press = ({ page }: PhoneUnderTest, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('what can be pressed', () => {
  it('is no button that is disabled, nor what is around it', async () => {
    const phone = await phones.open('pages/press');
    await phone.page.getByText('off').click({ force: true });
    await phone.run(`document.querySelector('#off').click();`);
    await phone.page.getByText('off').tap({ force: true });
    expect(await phone.told()).toEqual([]);
    await phone.page.getByText('busy').tap();
    expect(await phone.told()).toEqual([['tap', 'busy']]);
  });

  it.each(['Enter', 'Space'])('is pressed by %s where its role says so, and only there', async (key) => {
    const phone = await phones.open('pages/press');
    await phone.page.getByRole('button', { name: 'named' }).focus();
    await phone.page.keyboard.press(key);
    await phone.page.locator('#busy').focus();
    await phone.page.keyboard.press(key);
    await phone.page.locator('#mute').dispatchEvent('keydown', { key: 'Enter' });
    expect(await phone.told()).toEqual([
      ['tap', 'named'],
      ['tap', 'busy'],
    ]);
  });

  it('is reached by Tab in its order, but for what is disabled', async () => {
    const phone = await phones.open('pages/press');
    const reached: unknown[] = [];
    await phone.run(`document.querySelector('.wx-page').focus();`);
    for (let stop = 0; stop < 3; stop += 1) {
      await phone.page.keyboard.press('Tab');
      reached.push(await phone.run('return document.activeElement.id;'));
    }
    expect(reached).toEqual(['busy', 'named', 'settings']);
  });

  it('looks touched while it is', async () => {
    const phone = await phones.open('pages/press');
    const hovered = phone.page.locator('#hovered');
    const isTouched = async () => ((await hovered.getAttribute('class')) ?? '').includes('touched');
    await hovered.hover();
    await phone.page.mouse.down();
    expect(await isTouched()).toBe(true);
    await phone.page.mouse.up();
    expect(await isTouched()).toBe(false);
  });

  it('opens the settings by a button of that kind', async () => {
    const phone = await phones.open('pages/press', { scopes: { 'scope.camera': 'denied' } });
    await press(phone, 'settings');
    await press(phone, 'Back');
    await phone.page.waitForFunction(`told.length > 0`);
    expect(await phone.told()).toEqual([['opensetting', 'settings']]);
  });
});

describe('a field', () => {
  it('tells of typing, focus and the key that ends it, within its length', async () => {
    const phone = await phones.open('pages/typing');
    await phone.page.getByLabel('short').click();
    await phone.page.keyboard.type('abcd');
    await phone.page.keyboard.press('Enter');
    await phone.page.keyboard.press('Tab');
    expect(await phone.told()).toEqual([
      ['focus', ''],
      ['input', 'a'],
      ['input', 'ab'],
      ['input', 'abc'],
      ['confirm', 'abc'],
      ['blur', 'abc'],
    ]);
  });

  it('is of its kind, and takes the focus when it is told', async () => {
    const phone = await phones.open('pages/typing');
    expect(await phone.page.getByLabel('secret').getAttribute('type')).toBe('password');
    expect(await phone.page.getByLabel('number').getAttribute('inputmode')).toBe('numeric');
    await phone.run('getCurrentPages()[0].setData({ focused: true });');
    expect(await phone.run(`return document.activeElement.getAttribute('aria-label');`)).toBe('focused');
  });
});

describe('what shows something', () => {
  it('scrolls to a row by its id and tells of its end', async () => {
    const phone = await phones.open('pages/scrolling');
    await phone.run(`getCurrentPages()[0].setData({ to: 'row-9' });`);
    await phone.page.waitForFunction(`told.includes('scrolltolower')`);
    expect(await phone.told()).toContainEqual(['scroll', 400]);
  });

  it('loads a picture from beside the page, and says when there is none', async () => {
    const phone = await phones.open('pages/scrolling');
    await phone.page.waitForFunction(`told.length >= 2`);
    expect(await phone.told()).toEqual(expect.arrayContaining([['load', { width: 8, height: 4 }], 'error']));
    expect(await phone.page.getByRole('img', { name: 'a dot' }).count()).toBe(1);
    expect(await phone.page.getByRole('progressbar', { name: 'progress' }).getAttribute('aria-valuenow')).toBe('40');
  });

  it('makes rich text of markup and of nodes, and runs nothing of it', async () => {
    const phone = await phones.open('pages/rich');
    const set = (nodes: unknown) => phone.run(`getCurrentPages()[0].setData({ nodes: ${JSON.stringify(nodes)} });`);
    await set(
      '<p class="p">bold <b>text</b></p><img src="data:," onerror="tell(1)"><a href="javascript:tell(2)">link</a><script>tell(3)</script>',
    );
    expect(await phone.page.locator('wx-rich-text b').innerText()).toBe('text');
    await phone.page.getByText('link').click();
    await set([
      {
        name: 'div',
        attrs: { class: 'made', onclick: 'tell(4)' },
        children: [
          { type: 'text', text: '<made> of ' },
          { name: 'i', children: [{ type: 'text', text: 'nodes' }] },
        ],
      },
    ]);
    await phone.page.locator('.made').click();
    expect(await phone.page.locator('.made').innerText()).toBe('<made> of nodes');
    expect(await phone.told()).toEqual([]);
  });
});
