import { calendarDate, purposeTable, type DisclosableClaim } from '../../../protocol';
import { disclose } from '../../../cloudfunctions/_core/showing/disclose';
import { redeemCode } from '../../../cloudfunctions/_core/showing/redeem-code';
import { createShowingWorld, firstTerminal, scan, shown } from '../../support/showing-world';

const { person } = createShowingWorld().identity();
const on = calendarDate('2026-03-10');
const every: readonly DisclosableClaim[] = [...new Set(Object.values(purposeTable).flatMap(({ claims }) => claims))];

describe('what is told of a person', () => {
  it('is what is asked for, in that order, and nothing else', () => {
    expect(Object.keys(disclose(person, ['sex', 'masked_name'], on))).toEqual(['sex', 'masked_name']);
    expect(disclose(person, [], on)).toEqual({});
  });

  it('leaves out what the document lacks, instead of telling that it is nothing', () => {
    const lacking = disclose({ ...person, ethnicity: null, validTo: null }, every, on);
    expect(Object.keys(lacking)).not.toContain('ethnicity');
    expect(Object.keys(lacking)).not.toContain('document_expires_on');
    expect(Object.values(lacking)).not.toContain(null);
    const having = disclose({ ...person, ethnicity: '汉', validTo: calendarDate('2036-01-05') }, every, on);
    expect(having).toMatchObject({ ethnicity: '汉', document_expires_on: '2036-01-05' });
    expect(Object.keys(having).sort()).toEqual([...every].sort());
  });

  it('is of age from the eighteenth birthday on, by the day in China', () => {
    const of = (birthDate: string) =>
      disclose({ ...person, birthDate: calendarDate(birthDate) }, ['age_over_18'], on).age_over_18;
    expect([of('2008-03-10'), of('2008-03-11'), of('1990-05-17')]).toEqual([true, false, true]);
  });
});

describe('a showing that was opened for less than its task asks', () => {
  it('is refused at the counter, and nothing is consumed', async () => {
    const { world, showing } = await shown();
    world.change((found) => ({
      ...found,
      showing: found.showing?.state === 'open' ? { ...found.showing, purpose: 'train-ticket' } : found.showing,
    }));
    const result = await redeemCode(world.ports, firstTerminal.key, scan(showing.code(), 1, 'train-ticket'));
    expect(result).toEqual({ ok: false, error: { code: 'counter_needed' } });
    expect(world.identity().showing?.state).toBe('open');
    expect(world.events.ofKind('card_checked')).toEqual([]);
  });
});
