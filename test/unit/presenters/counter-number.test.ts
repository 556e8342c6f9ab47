import { showNumber } from '../../../miniprogram/presenters/counter-number';

describe('a number for the counter', () => {
  it.each([
    [300_000, '5:00', false],
    [299_001, '5:00', false],
    [61_000, '1:01', false],
    [1, '0:01', false],
    [0, '0:00', true],
    [-5, '0:00', true],
  ])('with %i ms left shows %s', (left, shown, isOver) => {
    expect(showNumber('00420815', left, 'en')).toMatchObject({ groups: '0042 0815', left: shown, isOver });
  });

  it('is read out digit by digit', () => {
    expect(showNumber('00420815', 1, 'en').label).toMatch(/: 0 0 4 2 0 8 1 5$/);
    expect(showNumber('00420815', 1, 'zh').label).toMatch(/^柜台号码：0 0/);
  });
});
