import { askOutcomes, refusedAsks } from '../../../cloudfunctions/_core/sandbox/forced-outcomes';
import type { ErrorCode } from '../../../protocol';

type Language = 'zh' | 'en';
/** What a library throws where the provider has refused. */
interface Fault {
  readonly error?: string;
  readonly error_description?: string;
}
interface Refused {
  readonly code: string;
  readonly reason: string;
}
type RefusalOf = (fault: Fault) => Refused;

/** A sample partner's page, and how it reads what its provider refuses: programs of other people, in plain JavaScript. */
interface Example {
  readonly refusalOf: RefusalOf;
  readonly page: (language: Language, refused: Refused) => string;
  readonly words: Readonly<Record<Language, { readonly refusals: Readonly<Record<string, string>> }>>;
}

type Words = Pick<Example, 'words'>;
type Page = (language: Language, shown: object) => string;

const folder = '../../../examples';
const { refusalOf: heardByBank } = jest.requireActual<{ refusalOf: RefusalOf }>(`${folder}/bank/provider.mjs`);
const { refusalOf: heardByRailway } = jest.requireActual<{ refusalOf: RefusalOf }>(`${folder}/railway/provider.mjs`);
const { openingPage } = jest.requireActual<{ openingPage: Page }>(`${folder}/bank/page.mjs`);
const { orderPage } = jest.requireActual<{ orderPage: Page }>(`${folder}/railway/page.mjs`);

const examples: Readonly<Record<'bank' | 'railway', Example>> = {
  bank: {
    refusalOf: heardByBank,
    page: (language, refused) => openingPage(language, { id: 'an-opening', state: 'refused', ...refused }),
    ...jest.requireActual<Words>(`${folder}/bank/words.mjs`),
  },
  railway: {
    refusalOf: heardByRailway,
    page: (language, refused) => orderPage(language, { state: 'refused', train: 'J701', ...refused }),
    ...jest.requireActual<Words>(`${folder}/railway/words.mjs`),
  },
};

/** Why a page says that nothing was told. */
const saidBy = ({ refusalOf, page }: Example, language: Language, fault: Fault): string => {
  const [, said = ''] = /<p role="alert">([^<]*)<\/p>/.exec(page(language, refusalOf(fault))) ?? [];
  return said.replaceAll('&#39;', "'");
};

/** What keeps a holder's card from serving, as the sandbox has each. */
const hindrances = askOutcomes.flatMap(({ happens }) => (happens.kind === 'hindered' ? [happens.code] : []));

/** Whatever an ask is refused for, and the code of OAuth by which that comes; what is over is `expired_token` for a server, `access_denied` in a browser. */
const reasons: readonly (readonly [ErrorCode, string])[] = [
  ...hindrances.map((code) => [code, 'unmet_authentication_requirements'] as const),
  ...refusedAsks.map(({ code }) => [code, code === 'too_many_requests' ? 'slow_down' : 'access_denied'] as const),
  ['ask_over', 'expired_token'],
  ['ask_over', 'access_denied'],
  ['claims_not_granted', 'access_denied'],
  ['purpose_not_registered', 'access_denied'],
];

/** What a reason is told by; the others are the administrator's to mend, and told as such. */
const tells: Partial<Record<ErrorCode, RegExp>> = {
  card_not_active: /suspended, revoked or expired/,
  tier_too_low: /card is grey/,
  card_limited: /another phone/,
  fingerprint_not_bound: /“Security”/,
  quota_used: /used up its checks for today/,
  too_many_requests: /Wait a minute/,
  ask_over: /No answer came/,
};
/** A ticket takes no colour card. */
const unheard = { bank: [], railway: ['tier_too_low'] } as const satisfies Record<keyof typeof examples, ErrorCode[]>;

describe.each(Object.entries(examples))('the page of the %s', (name, example) => {
  const { refusals } = example.words.en;
  const without: readonly string[] = name === 'bank' ? unheard.bank : unheard.railway;

  it.each(reasons)('says of %s, by %s, what it is', (reason, error) => {
    const fault = { error, error_description: `${reason}: what is to be done about it` };
    const wanted = without.includes(reason) ? undefined : tells[reason];
    const said = saidBy(example, 'en', fault);
    if (wanted) expect(said).toMatch(wanted);
    else expect(said).toBe(refusals['other']);
    const { refusals: chinese } = example.words.zh;
    expect(saidBy(example, 'zh', fault)).toBe(wanted ? chinese[reason] : chinese['other']);
  });

  it('says that nobody agreed only where somebody has declined', () => {
    const declined = { error: 'access_denied', error_description: 'the holder declined' };
    expect(saidBy(example, 'en', declined)).toBe(refusals['access_denied']);
    expect(refusals['access_denied']).toMatch(/did not agree/);
  });

  it('says the same of a reason that it has never heard of, and of none that only looks like one', () => {
    for (const reason of ['of_tomorrow', 'constructor', '__proto__'])
      expect(saidBy(example, 'en', { error: 'access_denied', error_description: `${reason}: words` })).toBe(
        refusals['other'],
      );
    expect(saidBy(example, 'en', { error: 'access_denied', error_description: 'Some words: more' })).toBe(
      refusals['access_denied'],
    );
    expect(saidBy(example, 'en', {})).toBe(refusals['unreachable']);
  });

  it('has the same words in both languages', () => {
    expect(Object.keys(example.words.zh.refusals)).toEqual(Object.keys(refusals));
  });
});
