import type { ExportedEvent, ExportedRecord } from '../../protocol';

/** What is stored of a sample holder. */
export const exportedRecord: ExportedRecord = {
  person: {
    name: '林之远',
    number: '110101199003070000',
    sex: 'male',
    ethnicity: null,
    birthDate: '1990-03-07',
    address: '北京市东城区',
    issuingAuthority: '北京市公安局东城分局',
    validFrom: '2019-04-12',
    validTo: null,
    portrait: '/9j/',
  },
  card: {
    id: 'a'.repeat(32),
    status: 'valid',
    tier: 'light',
    maskedName: '林**',
    mintedAt: 1_795_000_000_000,
    validTo: '2029-04-12',
  },
  holderKey: 'k'.repeat(43),
  consents: [{ subject: 'document', text: '2026-11', at: 1_795_000_000_000 }],
  lastingConsents: [
    {
      ...{ number: 4, client: 'minjiang-counter', partner: 'minjiang-bank', purpose: 'bank-account-opening' },
      ...{ until: 1_826_536_000_000, withdrawnAt: null },
    },
  ],
  fingerprint: null,
  faceTemplate: null,
};

/** An event of that holder's. @param at days after the first */
export const exportedEvent = (number: number): ExportedEvent => ({
  number,
  id: number.toString(16).padStart(32, '0'),
  at: 1_795_000_000_000 + number * 86_400_000,
  commitment: 'c'.repeat(43),
  salt: 's'.repeat(22),
  content: '{"kind":"data_exported"}',
  look: null,
});
