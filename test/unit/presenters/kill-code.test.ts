import { showKillCode, tellNoCode } from '../../../miniprogram/presenters/kill-code';

const made = {
  ok: true as const,
  code: '0ABC-DEFG-HJKM-NPQR-STVW',
  madeAt: Date.UTC(2026, 10, 26, 10, 5),
  address: 'https://id.example/public/kill',
};

describe.each(['zh', 'en'] as const)('a kill code in %s', (language) => {
  it('is shown in its groups, and its sheet says what it is, where it is typed in and when it was made', () => {
    const { groups, label, address, sheet } = showKillCode(made, language);
    expect(groups).toEqual(['0ABC', 'DEFG', 'HJKM', 'NPQR', 'STVW']);
    expect(label).toMatch(/0 A B C, D E F G/);
    expect(address).toBe(made.address);
    for (const said of [made.code, made.address, '18:05']) expect(sheet).toContain(said);
  });

  it('says until when the one before works, where there was one', () => {
    expect(showKillCode(made, language).before).toBe('');
    const { before } = showKillCode({ ...made, replacedUntil: Date.UTC(2026, 11, 3, 10, 7) }, language);
    expect(before).toContain('18:07');
  });

  it('that is not made is told with what keeps it back', () => {
    expect(tellNoCode({ code: 'too_many_requests', until: Date.UTC(2026, 11, 3, 10, 7) }, language).text).toContain(
      '18:07',
    );
    const titles = (['too_many_requests', 'card_not_active', 'unreachable'] as const).map(
      (code) => tellNoCode({ code }, language).title,
    );
    expect(new Set(titles).size).toBe(3);
  });
});
