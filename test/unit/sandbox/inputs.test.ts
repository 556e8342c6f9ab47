import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarDate, errorTable, parseIdNumber, validators } from '../../../protocol';
import { problemCodes } from '../../../cloudfunctions/_adapters/runtime/problem-table';
import {
  askOutcomes,
  codeOutcomes,
  refusedAsks,
  type Happens,
} from '../../../cloudfunctions/_core/sandbox/forced-outcomes';
import { testPersons } from '../../../cloudfunctions/_core/sandbox/test-persons';
import { samplePeople } from '../../../local/people';

const numbers = [...askOutcomes, ...refusedAsks].map(({ number }) => number);
const codes = codeOutcomes.map(({ code }) => code);
/** How a client hears of it, as the guide writes that. */
const heardOf = (happens: Happens): string => {
  switch (happens.kind) {
    case 'tells':
      return 'an ID token';
    case 'declines':
      return '`access_denied`';
    case 'waits':
      return '`expired_token`';
    case 'hindered':
      return `\`unmet_authentication_requirements\`, \`${happens.code}\``;
  }
};

const page = readFileSync(join(__dirname, '../../../docs/sandbox.md'), 'utf8');

describe('test persons', () => {
  it.each(testPersons.map((one) => [one.id, one] as const))('%s is nobody', (_, { person }) => {
    const parsed = parseIdNumber(person.number, calendarDate('2026-11-27'));
    // No region has that code; all else is as of a number, since servers look at it.
    expect(parsed).toMatchObject({ ok: true, region: '990101', birthDate: person.birthDate, sex: person.sex });
    expect(person.name).toMatch(/^.(样例|小样)$/);
    expect([person.address, person.issuingAuthority].join()).toMatch(/沙盒.*测试/);
  });

  it('are told apart by all that names them, and from the people of demonstrations', () => {
    const sets = [
      testPersons.map(({ id }) => id),
      testPersons.map(({ key }) => key),
      testPersons.map(({ card }) => card.id),
      testPersons.map(({ dataKey }) => dataKey),
      [...testPersons.map(({ person }) => person.number), ...samplePeople.map(({ idNumber }) => idNumber)],
      testPersons.map(({ names }) => names.zh),
      testPersons.map(({ names }) => names.en),
    ];
    for (const set of sets) expect(new Set(set).size).toBe(set.length);
  });

  it('are of both tiers, one of them a child, and of each later status', () => {
    expect(new Set(testPersons.map(({ card }) => card.tier))).toEqual(new Set(['light', 'full']));
    expect(new Set(testPersons.map(({ later }) => later))).toEqual(
      new Set(['valid', 'suspended', 'revoked', 'expired', 'unknown']),
    );
    expect(testPersons.filter(({ person }) => person.birthDate > '2012')).toHaveLength(1);
  });
});

describe('inputs that force an outcome', () => {
  it('are numbers and codes as the service takes them, each once', () => {
    for (const number of numbers) expect(number).toMatch(/^9000000\d\d$/);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const code of codes)
      expect(validators.VerificationOrder({ code, purpose: 'age-check', counter: 'Desk 1' })).toBe(true);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have names of their own in both languages', () => {
    for (const outcomes of [[...askOutcomes, ...refusedAsks], codeOutcomes])
      for (const language of ['zh', 'en'] as const)
        expect(new Set(outcomes.map(({ names }) => names[language])).size).toBe(outcomes.length);
  });

  it('force all that an ask can come to', () => {
    const hindered = askOutcomes.flatMap(({ happens }) => (happens.kind === 'hindered' ? [happens.code] : []));
    // What `claimCounter` finds against a card.
    expect(hindered).toEqual(['card_not_active', 'tier_too_low', 'card_limited', 'fingerprint_not_bound']);
    const kinds = askOutcomes.map(({ happens }) => happens.kind);
    expect(new Set(kinds)).toEqual(new Set(['tells', 'declines', 'waits', 'hindered']));
    const told = askOutcomes.flatMap(({ happens }) => (happens.kind === 'tells' ? [happens.person] : []));
    expect(new Set(told)).toEqual(new Set(testPersons.map(({ key }) => key)));
  });

  it('force every problem that an order can hear, but for those that an order makes by itself', () => {
    const ofAccess = ['caller_unknown', 'token_invalid', 'proof_invalid', 'scope_insufficient'];
    const ofRequest = [
      'request_invalid',
      'media_type_unsupported',
      'body_too_large',
      'method_not_allowed',
      'not_found',
    ];
    const ofOrder = ['idempotency_key_reused', 'purpose_not_registered', 'claims_not_granted', 'not_in_sandbox'];
    const forced = codeOutcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
    expect([...forced, ...ofAccess, ...ofRequest, ...ofOrder].sort()).toEqual([...problemCodes].sort());
  });

  it('stand in the guide, each with what it comes to and when, and no others do', () => {
    const rows = [...page.matchAll(/^\| (`(?:9000000\d\d|SANDBOX-[A-Z-]+)`.*) \|$/gm)];
    const told = rows.map(([, cells = '']) => cells.split(' | ').map((cell) => cell.trim()));
    const refusedAt = { quota_used: '`access_denied`', too_many_requests: '429 `slow_down`' };
    const expected = [
      ...askOutcomes.map(({ number, names, happens, afterMs, slowMs }) => {
        const after = happens.kind === 'waits' ? 'its end' : `${String(Math.max(afterMs, slowMs) / 1000)} s`;
        return [`\`${number}\``, names.en, heardOf(happens), after];
      }),
      ...refusedAsks.map(({ number, names, code }) => {
        const error = refusedAt[code as keyof typeof refusedAt];
        return [`\`${number}\``, names.en, `${error}, \`${code}\``, 'at once'];
      }),
      ...codeOutcomes.map((one) => {
        const heard = 'refused' in one ? `${String(errorTable[one.refused].http)} \`${one.refused}\`` : '200';
        return [`\`${one.code}\``, one.names.en, heard];
      }),
    ];
    expect(told).toEqual(expected);
  });

  it('have their names of outcomes in the guide, and so has each counter that is hindered', () => {
    const [, listed = ''] = /Outcomes are called ([^.]+)\./.exec(page) ?? [];
    const names = [...listed.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    const offered = askOutcomes.filter(({ id }) => !['slow-down', 'nobody'].includes(id));
    expect(names).toEqual(offered.map(({ id }) => id));
    const counters = [...(/At a counter with the name\s([^.]+)/.exec(page)?.[1] ?? '').matchAll(/`([a-z-]+)`/g)];
    const hindering = askOutcomes.filter(({ happens }) => happens.kind === 'hindered').map(({ id }) => id);
    expect(counters.map(([, name]) => name).slice(0, hindering.length)).toEqual(hindering);
  });
});
