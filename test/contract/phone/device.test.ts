import { constants, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import sharp from 'sharp';
import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(
    filesOf(
      {
        home: {
          wxml: '<view class="themed" style="height: 300px">home</view>',
          wxss: '.themed { background: rgb(250, 250, 250) } @media (prefers-color-scheme: dark) { .themed { background: rgb(20, 20, 20) } }',
        },
      },
      { 'app.json': '{"pages":["pages/home"],"darkmode":true}' },
    ),
  );
});
afterAll(() => phones.close());

describe('the theme', () => {
  it('is told, and followed by style sheets, whatever the browser’s own is', async () => {
    const phone = await phones.open('', { theme: 'light' });
    await phone.page.emulateMedia({ colorScheme: 'dark' });
    const colour = () => phone.style('.themed', 'background-color');
    expect(await colour()).toBe('rgb(250, 250, 250)');
    await phone.run('wx.onThemeChange(({ theme }) => tell(theme));');
    await phone.change({ theme: 'dark' });
    expect(await colour()).toBe('rgb(20, 20, 20)');
    expect(await phone.told()).toEqual(['dark']);
    expect(await phone.run('return wx.getAppBaseInfo().theme;')).toBe('dark');
    await phone.page.close();
  });
});

describe('the network', () => {
  it('is told when it goes and comes, to who still listens', async () => {
    const phone = await phones.open();
    await phone.run(`
      globalThis.listener = (state) => tell(state);
      wx.onNetworkStatusChange(listener);`);
    expect(await phone.run('return wx.getNetworkType();')).toMatchObject({ networkType: '5g' });
    await phone.change({ network: 'offline' });
    expect(await phone.run('return wx.getNetworkType();')).toMatchObject({ networkType: 'none' });
    await phone.change({ network: 'online' });
    await phone.run('wx.offNetworkStatusChange(listener);');
    await phone.change({ network: 'offline' });
    expect(await phone.told()).toEqual([
      { isConnected: false, networkType: 'none' },
      { isConnected: true, networkType: '5g' },
    ]);
  });
});

describe('a screenshot', () => {
  const take = async ({ run }: PhoneUnderTest): Promise<Buffer> => {
    const bytes = await run(`return [...new Uint8Array(await (await window.phone.screenshot()).arrayBuffer())];`);
    return Buffer.from(bytes as number[]);
  };
  const meanOf = async (png: Buffer): Promise<number> => {
    const { channels } = await sharp(png).stats();
    return Math.max(...channels.slice(0, 3).map(({ mean }) => mean));
  };

  it('is told to the mini-program, and shows the screen at twice its pixels', async () => {
    const phone = await phones.open();
    await phone.run('wx.onUserCaptureScreen(() => tell("captured"));');
    const picture = await take(phone);
    expect(await phone.told()).toEqual(['captured']);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 750, height: 1624 });
    expect(await meanOf(picture)).toBeGreaterThan(200);
  });

  it('is black where the page hides itself from captures, and no longer once it does not', async () => {
    const phone = await phones.open();
    await phone.run(`await wx.setVisualEffectOnCapture({ visualEffect: 'hidden' });`);
    expect(await meanOf(await take(phone))).toBe(0);
    await phone.run(`await wx.setVisualEffectOnCapture({ visualEffect: 'none' });`);
    expect(await meanOf(await take(phone))).toBeGreaterThan(200);
  });
});

it('random values are as many as asked for, and others each time', async () => {
  const { run } = await phones.open();
  const draw = `[...new Uint8Array((await wx.getRandomValues({ length: 32 })).randomValues)].join()`;
  const [one, other] = (await run(`return [${draw}, ${draw}];`)) as [string, string];
  expect(one.split(',')).toHaveLength(32);
  expect(one).not.toBe(other);
});

describe('the fingerprint sensor', () => {
  const start = (more = `challenge: 'the challenge', authContent: 'For a test'`) =>
    `wx.startSoterAuthentication({ requestAuthModes: ['fingerPrint'], ${more} })`;

  const touch = async (phone: PhoneUnderTest, ...buttons: readonly string[]): Promise<unknown> => {
    const answer = phone.run(`return ${start()};`);
    for (const name of buttons) await phone.page.getByRole('button', { name, exact: true }).click();
    return answer;
  };

  interface Signed {
    readonly authMode: string;
    readonly errCode: number;
    readonly resultJSON: string;
    readonly resultJSONSignature: string;
  }

  it('signs the challenge as SOTER does, with a counter that grows', async () => {
    const phone = await phones.open('', {}, 'signer');
    const signed = [
      (await touch(phone, 'Touch the sensor')) as Signed,
      (await touch(phone, 'Touch the sensor')) as Signed,
    ];
    const stored = (await phone.run(
      `return JSON.parse(localStorage.getItem('phone:signer:soter')).publicKey;`,
    )) as JsonWebKey;
    const key = createPublicKey({ key: stored, format: 'jwk' });
    const isSigned = (text: string, signature: string) =>
      verify(
        'sha256',
        Buffer.from(text),
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 },
        Buffer.from(signature, 'base64'),
      );
    for (const { authMode, errCode, resultJSON, resultJSONSignature } of signed) {
      expect({ authMode, errCode }).toEqual({ authMode: 'fingerPrint', errCode: 0 });
      expect(isSigned(resultJSON, resultJSONSignature)).toBe(true);
      expect(isSigned(`${resultJSON} `, resultJSONSignature)).toBe(false);
    }
    const [first, second] = signed.map(({ resultJSON }) => JSON.parse(resultJSON) as Record<string, unknown>);
    expect(first).toMatchObject({ raw: 'the challenge', counter: 1 });
    expect(second).toEqual({ ...first, counter: 2 });
  });

  it('says that a wrong finger does not do, and takes the right one then', async () => {
    const phone = await phones.open();
    expect(await touch(phone, 'Use a wrong finger', 'Touch the sensor')).toMatchObject({ errCode: 0 });
  });

  it('tells that the user gave up', async () => {
    const phone = await phones.open();
    expect(await touch(phone, 'Cancel')).toEqual({
      rejected: { errMsg: 'startSoterAuthentication:fail cancel', errCode: 90008 },
    });
  });

  it.each([
    ['no challenge', `challenge: ''`, 90004],
    ['a challenge that is too long', `challenge: 'x'.repeat(513)`, 90004],
    ['words that are too long', `challenge: 'a', authContent: 'x'.repeat(43)`, 90005],
    ['a mode that it has not', `challenge: 'a', requestAuthModes: ['facial']`, 90003],
  ])('refuses %s by its code', async (_, option, errCode) => {
    const phone = await phones.open();
    expect(await phone.run(`return ${start(option)};`)).toMatchObject({ rejected: { errCode } });
  });
});
