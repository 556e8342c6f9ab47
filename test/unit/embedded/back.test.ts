import { readBack } from '../../../cloudfunctions/_adapters/embedded/card/back';
import { toRows } from '../../../cloudfunctions/_adapters/embedded/card/rows';
import { recogniseSide } from '../../../cloudfunctions/_adapters/embedded/card/side';
import type { TextLine } from '../../../cloudfunctions/_adapters/embedded/ocr/recognise';
import { alphabet, line } from './print';

const title = [line(290, 80, '中华人民共和国'), line(290, 190, '居民身份证')];
const authority = [line(220, 480, '签发机关'), line(400, 480, '杭州市公安局')];
const period = [line(220, 560, '有效期限'), line(400, 560, '2019.04.12-2029.04.12')];

const read = (lines: readonly TextLine[]): Record<string, string> =>
  Object.fromEntries(Object.entries(readBack(toRows(lines), alphabet)).map(([field, { value }]) => [field, value]));

const whole = { issuingAuthority: '杭州市公安局', validFrom: '2019-04-12', validTo: '2029-04-12' };

describe('the back of a card', () => {
  it('is read with labels and values apart or in one line', () => {
    expect(read([...title, ...authority, ...period])).toEqual(whole);
    expect(
      read([...title, line(220, 480, '签发机关杭州市公安局'), line(220, 560, '有效期限2019.04.12-2029.04.12')]),
    ).toEqual(whole);
  });

  it('reads an authority that wraps, below its label or about it', () => {
    const wrapped = { ...whole, issuingAuthority: '杭州市公安局西湖区分局' };
    const second = line(400, 522, '西湖区分局');
    expect(read([...title, ...authority, second, ...period])).toEqual(wrapped);
    const about = [line(220, 480, '签发机关'), line(400, 455, '杭州市公安局'), line(400, 500, '西湖区分局')];
    expect(read([...title, ...about, ...period])).toEqual(wrapped);
  });

  it('reads validity without end as it stands', () => {
    expect(read([...authority, line(220, 560, '有效期限'), line(400, 560, '2019.04.12-长期')])['validTo']).toBe('长期');
  });

  it('leaves out what is not there', () => {
    expect(read([...title, ...authority])).toEqual({ issuingAuthority: '杭州市公安局' });
    expect(read([...title, ...period])).toEqual({ validFrom: '2019-04-12', validTo: '2029-04-12' });
    expect(read([])).toEqual({});
  });

  it('is told from the front, also without its title', () => {
    const side = (lines: readonly TextLine[]): string => recogniseSide(toRows(lines), alphabet);
    expect(side([...title, ...authority, ...period])).toBe('back');
    expect(side([...authority, ...period])).toBe('back');
    expect(side([line(60, 20, '杭州市公安局'), line(60, 90, '中华人民共和国')])).toBe('none');
  });
});
