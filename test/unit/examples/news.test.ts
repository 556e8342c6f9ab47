const { openingPage } = jest.requireActual<{
  openingPage: (language: 'zh' | 'en', opening: object) => string;
}>('../../../examples/bank/page.mjs');

const opening = {
  ...{ id: 'an-opening', state: 'opened', revision: 2 },
  account: {
    ...{ number: '6200 0000 0000 0000', level: 'full', proofs: [], reference: 'a-reference' },
    customer: {},
    news: { kind: 'consent-withdrawn', event_timestamp: Date.UTC(2026, 10, 28, 17, 12, 18) / 1000 },
  },
};

describe('what the provider has told since', () => {
  it.each([
    ['en', 'Nov 29, 2026, 01:12'],
    ['zh', '2026年11月29日 01:12'],
  ] as const)('bears the time of the counter, wherever the server stands (%s)', (language, expected) => {
    expect(openingPage(language, opening)).toContain(` · ${expected}<`);
  });
});
