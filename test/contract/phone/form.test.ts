import { filesOf } from '../../support/phone/mini-program';
import { startPhones, type Phones, type PhoneUnderTest } from '../../support/phone/phones';

const files = filesOf({
  form: {
    wxml: `
      <form bind:submit="tell" bind:reset="tell">
        <input name="name" value="Lin" aria-label="name" /><textarea name="note" aria-label="note" />
        <switch name="on" aria-label="on" /><slider name="size" value="30" max="60" />
        <checkbox-group name="tasks" bind:change="tell">
          <label><checkbox value="parcel" />parcel</label><label for="train-box">train</label><checkbox id="train-box" value="train" checked />
        </checkbox-group>
        <radio-group name="tier" bind:change="tell"><label><radio value="light" />light</label><label><radio value="full" />full</label></radio-group>
        <input value="nameless" />
        <label for="note">to the note</label>
        <button form-type="submit">send</button><button form-type="reset">reset</button>
      </form>
      <label>name it<input id="inner" aria-label="inner" /></label>`,
    page: '{ tell({ type, detail }) { tell(type, detail.value); } }',
  },
});

let phones: Phones;
beforeAll(async () => {
  phones = await startPhones(files);
});
afterAll(() => phones.close());

const press = ({ page }: PhoneUnderTest, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('a form', () => {
  const submitted = async (phone: PhoneUnderTest): Promise<unknown> => {
    await press(phone, 'send');
    return (await phone.told()).at(-1);
  };

  it('gives what its named fields hold, each in its own kind', async () => {
    const phone = await phones.open('pages/form');
    await phone.page.getByLabel('name', { exact: true }).fill('Shen');
    await phone.page.getByRole('switch').click();
    await phone.page.getByText('full').click();
    expect(await submitted(phone)).toEqual([
      'submit',
      { name: 'Shen', note: '', on: true, size: 30, tasks: ['train'], tier: 'full' },
    ]);
    expect(phone.faults).toEqual([]);
  });

  it('is emptied when it is reset', async () => {
    const phone = await phones.open('pages/form');
    await phone.page.getByLabel('name', { exact: true }).fill('Shen');
    await phone.page.getByText('full').click();
    await press(phone, 'reset');
    expect((await phone.told()).at(-1)).toEqual(['reset', undefined]);
    expect(await submitted(phone)).toEqual(['submit', { name: '', note: '', on: false, size: 0, tasks: [], tier: '' }]);
  });

  it('has groups that tell of each change, one radio at a time', async () => {
    const phone = await phones.open('pages/form');
    for (const name of ['parcel', 'train', 'light', 'full', 'full'])
      await phone.page.getByText(name, { exact: true }).click();
    expect(await phone.told()).toEqual([
      ['change', ['parcel', 'train']],
      ['change', ['parcel']],
      ['change', 'light'],
      ['change', 'full'],
    ]);
    expect(await phone.page.getByRole('radio', { checked: true }).count()).toBe(1);
  });

  it('has labels that lead to their fields', async () => {
    const phone = await phones.open('pages/form');
    await phone.page.getByText('name it').click();
    expect(await phone.run(`return document.activeElement.getAttribute('aria-label');`)).toBe('inner');
  });
});
