import { guardianEntry, listedWards, showCall, showChild, typedNumber } from '../../../miniprogram/presenters/guardian';

describe('a number that is read out', () => {
  it('stands in two groups, is told digit by digit, and says when it is over', () => {
    expect(showCall('04821937', 599_001, 'en')).toEqual({
      groups: '0482 1937',
      left: '10:00',
      isOver: false,
      label: 'Number for the guardian: 0 4 8 2 1 9 3 7',
    });
    expect(showCall('04821937', 0, 'zh')).toMatchObject({ left: '0:00', isOver: true });
  });

  it.each([
    ['04821937', '04821937'],
    [' 0482 1937 ', '04821937'],
    ['0482-1937', '04821937'],
    ['0482193', null],
    ['048219370', null],
    ['0482193a', null],
    ['', null],
  ])('is %p typed as %p', (typed, number) => {
    expect(typedNumber(typed)).toBe(number);
  });
});

describe('what a guardian reads', () => {
  it('names each thing that is processed and nothing that is not', () => {
    const child = { maskedName: '林**', age: 8, processes: ['document', 'face'] as ('document' | 'face')[] };
    const shown = showChild(child, 'zh');
    expect(shown).toMatchObject({ name: '林**', age: '8 岁' });
    expect(shown.processes).toHaveLength(2);
    expect(showChild({ ...child, processes: ['document', 'face', 'faceTemplate'] }, 'en').processes).toHaveLength(3);
    expect(showChild({ ...child, age: 1 }, 'en').age).toBe('1 year old');
  });

  it('lists each child with the day, by the calendar in China, and what can still be done', () => {
    const consentedAt = Date.parse('2026-11-25T16:30:00Z');
    const ward = { reference: 'd'.repeat(32), maskedName: '林**', age: 8, consentedAt, withdrawnAt: null };
    const [held, over] = listedWards([ward, { ...ward, withdrawnAt: consentedAt }], 'en');
    expect(held).toMatchObject({ canWithdraw: true });
    expect(held?.when).toMatch(/^You consented on .*26/);
    expect(over).toMatchObject({ canWithdraw: false });
    expect(over?.when).toContain('withdrew');
  });

  it('and a child find in their histories which of the two they are', () => {
    expect(guardianEntry({ kind: 'guardian_consented', child: '林**' }, 'en')).toEqual({
      title: 'You consented as a guardian',
      text: '林**',
    });
    expect(guardianEntry({ kind: 'guardian_withdrew', child: null }, 'zh')).toEqual({
      title: '监护人撤回了同意',
      text: '',
    });
  });
});
