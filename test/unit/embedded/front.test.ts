import { readFront } from '../../../cloudfunctions/_adapters/embedded/card/front';
import { toRows } from '../../../cloudfunctions/_adapters/embedded/card/rows';
import { recogniseSide } from '../../../cloudfunctions/_adapters/embedded/card/side';
import type { TextLine } from '../../../cloudfunctions/_adapters/embedded/ocr/recognise';
import type { ReadFields } from '../../../cloudfunctions/_core/proofing/ports';
import { alphabet, line } from './print';

const number = line(90, 560, '公民身份号码330106199502179970');
const card = {
  name: [line(60, 100, '姓名'), line(180, 100, '林知远')],
  sex: [line(60, 170, '性别'), line(180, 170, '男'), line(300, 170, '民族'), line(420, 170, '汉')],
  birth: [line(60, 240, '出生'), line(180, 240, '1995年2月17日')],
  address: [line(60, 310, '住址'), line(180, 310, '浙江省杭州市西湖区'), line(180, 360, '云栖里路218号3幢')],
  number: [number],
};

const read = (parts: Readonly<Record<string, readonly TextLine[]>>): ReadFields =>
  readFront(toRows(Object.values(parts).flat()), alphabet);

const values = (fields: ReadFields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));

const whole = {
  name: '林知远',
  sex: '男',
  ethnicity: '汉',
  birthDate: '1995-02-17',
  address: '浙江省杭州市西湖区云栖里路218号3幢',
  number: '330106199502179970',
};

describe('the front of a card', () => {
  it('is read with labels and values apart', () => {
    expect(values(read(card))).toEqual(whole);
  });

  it('is read with labels and values in one line', () => {
    const joined = {
      name: [line(60, 100, '姓名林知远')],
      sex: [line(60, 170, '性别男民族汉')],
      birth: [line(60, 240, '出生1995年2月17日')],
      address: [line(60, 310, '住址浙江省杭州市西湖区'), line(140, 360, '云栖里路218号3幢')],
    };
    expect(values(read({ ...card, ...joined }))).toEqual(whole);
  });

  it('is read in whatever order the lines were found', () => {
    const lines = Object.values(card).flat().reverse();
    expect(values(readFront(toRows(lines), alphabet))).toEqual(whole);
  });

  it('is read without the labels that glare took', () => {
    expect(values(read({ ...card, name: card.name.slice(1), birth: card.birth.slice(1) }))).toEqual(whole);
  });

  it('keeps what is gone out, and does not put a neighbour in its place', () => {
    expect(values(read({ ...card, number: [line(90, 560, '公民身份号码33010619950217')] }))).not.toHaveProperty(
      'number',
    );
    expect(values(read({ ...card, sex: [line(60, 170, '性别'), line(300, 170, '民族')] }))).toEqual({
      ...whole,
      sex: undefined,
      ethnicity: undefined,
    });
    expect(read({})).toEqual({});
  });

  it('reads a transcribed name with its dot, and X at the end of a number', () => {
    const fields = read({
      ...card,
      name: [line(60, 100, '姓名'), line(180, 100, '阿依古丽·阿依')],
      number: [line(90, 560, '公民身份号码11010819640623999X')],
    });
    expect(fields.name?.value).toBe('阿依古丽·阿依');
    expect(fields.number?.value).toBe('11010819640623999X');
  });

  it('drops a character that was cut at the line’s left end, and marks across the card', () => {
    const cut = line(180, 100, '旅林知远');
    const shifted = { ...cut, position: (step: number) => Math.max(0.01, (step - 2.5) / 9) };
    const marked = { ...card, name: [line(60, 100, '姓名'), shifted], mark: [line(600, 20, '样本样本')] };
    expect(values(read(marked))['name']).toBe('林知远');
  });

  it('distrusts an address with a hole in it', () => {
    const torn = [line(60, 310, '住址'), line(180, 310, '浙江省杭'), line(460, 310, '湖区')];
    expect(read(card).address?.confidence).toBeGreaterThan(0.9);
    expect(read({ ...card, address: torn }).address?.confidence).toBeLessThan(0.5);
  });
});

describe('the ethnic group', () => {
  const ethnicity = (...seen: Parameters<typeof line>[2][]): ReadFields[keyof ReadFields] =>
    read({ ...card, sex: [line(60, 170, '性别男民族'), ...seen.map((print) => line(300, 170, print))] }).ethnicity;

  it('loses a label that was taken into its row', () => {
    expect(ethnicity('住回')?.value).toBe('回');
    expect(ethnicity('回住')?.value).toBe('回');
  });

  it('is mended when one name only fits', () => {
    const mended = ethnicity(['达', { 翰: 0.9, 斡: 0.05 }, '尔']);
    expect(mended?.value).toBe('达斡尔');
    expect(mended?.confidence).toBeGreaterThan(0.9);
  });

  it('is left as read, and distrusted, when two names fit or none', () => {
    expect(ethnicity([{ 亿: 0.6, 仡: 0.2 }, '佬'])).toEqual({ value: '亿佬', confidence: 0.3 });
    expect(ethnicity('号码')).toEqual({ value: '号码', confidence: 0.3 });
  });
});

describe('which side it is', () => {
  const side = (lines: readonly TextLine[]): string => recogniseSide(toRows(lines), alphabet);

  it('is the front by its labels, also when some are gone', () => {
    expect(side(Object.values(card).flat())).toBe('front');
    expect(side([...card.sex, ...card.number])).toBe('front');
  });

  it('is none for other documents and other print', () => {
    expect(side([line(60, 20, '中华人民共和国机动车驾驶证'), ...Object.values(card).flat()])).toBe('none');
    expect(side([line(60, 20, '本报记者'), line(60, 80, '姓名林知远'), line(60, 140, '1995年')])).toBe('none');
    expect(side([])).toBe('none');
  });
});
