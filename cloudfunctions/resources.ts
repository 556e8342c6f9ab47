import { collections } from './resource-collections';
import type { Resources } from './resource-types';
export type * from './resource-types';

export const resources = {
  collections,
  functions: [
    {
      name: 'holder',
      runtime: 'Nodejs20.19',
      memoryMb: 512,
      // Proofing's own limit, the authority's and what lies between.
      timeoutSeconds: 60,
      invokedBy: ['wechat'],
      environment: [
        'ISSUER',
        'ISSUER_KEYS',
        'DATA_KEY',
        'INDEX_KEY',
        'PROOFING_KEY',
        'AUTHORITY',
        'REMINDER_TEMPLATES',
      ],
      openApis: ['soter.verifySignature'],
    },
    {
      name: 'verifier',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      // Fifty passes are handed in with one call.
      timeoutSeconds: 20,
      invokedBy: ['wechat'],
      environment: ['ISSUER', 'DATA_KEY', 'INDEX_KEY', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_KEYS'],
    },
    {
      name: 'operator',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 20,
      invokedBy: ['wechat'],
      environment: ['ISSUER', 'DATA_KEY', 'INDEX_KEY', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_PUBLIC_KEYS'],
    },
    {
      name: 'public',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 10,
      // A phone calls it like any function and hears what anyone hears by HTTP: who calls is not looked at.
      invokedBy: ['http', 'wechat'],
      environment: ['ISSUER', 'ISSUER_PUBLIC_KEYS', 'RECEIPT_PUBLIC_KEYS'],
    },
    {
      name: 'institution',
      // Its library asks for it.
      runtime: 'Nodejs22.21',
      memoryMb: 256,
      timeoutSeconds: 10,
      // A partner's own function calls it with the event of a route: who invokes is not looked at, the token says who asks.
      invokedBy: ['http', 'function'],
      environment: [
        'ISSUER',
        'INSTITUTION_KEYS',
        'PAIRWISE_KEY',
        'REFERENCE_KEY',
        'DATA_KEY',
        'INDEX_KEY',
        'RECEIPT_KEYS',
      ],
    },
    {
      name: 'sandbox',
      runtime: 'Nodejs22.21',
      memoryMb: 256,
      timeoutSeconds: 10,
      // As `institution`.
      invokedBy: ['http', 'function'],
      // Keys of its own, and none that opens anything of a person.
      environment: ['ISSUER', 'SANDBOX_KEYS', 'SANDBOX_RECEIPT_KEYS', 'SANDBOX_SECRET'],
    },
    {
      name: 'emergency',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 10,
      invokedBy: ['http'],
      environment: ['DATA_KEY', 'INDEX_KEY'],
    },
    {
      name: 'proofing',
      runtime: 'Nodejs20.19',
      memoryMb: 1024,
      timeoutSeconds: 35,
      invokedBy: ['function'],
      environment: ['PROOFING_KEY', 'PROOFING_PROVIDER'],
    },
    {
      name: 'jobs',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 60,
      invokedBy: ['timer'],
      environment: ['ISSUER', 'ISSUER_KEYS', 'DATA_KEY', 'INDEX_KEY', 'AUTHORITY', 'REMINDER_TEMPLATES'],
      openApis: ['subscribeMessage.send'],
    },
    {
      // It alone reaches out to addresses of partners, in the provider's name; nobody's call comes near it.
      name: 'notices',
      runtime: 'Nodejs20.19',
      memoryMb: 256,
      timeoutSeconds: 60,
      invokedBy: ['timer'],
      environment: ['ISSUER', 'INSTITUTION_KEYS', 'PAIRWISE_KEY', 'REFERENCE_KEY', 'DATA_KEY', 'INDEX_KEY'],
    },
  ],
  routes: [
    { path: '/.well-known', function: 'public' },
    { path: '/.well-known/openid-configuration', function: 'institution' },
    { path: '/.well-known/oauth-authorization-server', function: 'institution' },
    { path: '/.well-known/oauth-authorization-server/sandbox', function: 'sandbox' },
    { path: '/institution', function: 'institution' },
    { path: '/public', function: 'public' },
    { path: '/public/kill', function: 'emergency' },
    { path: '/sandbox', function: 'sandbox' },
  ],
  timers: [
    { name: 'expire', function: 'jobs', everySeconds: 300 },
    { name: 'finish', function: 'jobs', everySeconds: 60 },
    { name: 'forget', function: 'jobs', everySeconds: 3600 },
    { name: 'quotas', function: 'jobs', everySeconds: 300 },
    { name: 'faces', function: 'jobs', everySeconds: 3600 },
    { name: 'followSource', function: 'jobs', everySeconds: 300 },
    { name: 'keepLog', function: 'jobs', everySeconds: 10 },
    { name: 'publishStatus', function: 'jobs', everySeconds: 60 },
    { name: 'massActs', function: 'jobs', everySeconds: 60 },
    { name: 'remind', function: 'jobs', everySeconds: 60 },
    { name: 'tell', function: 'notices', everySeconds: 10 },
  ],
  storage: [
    // Whatever a call is told of goes with the decision: this is for what was uploaded for a call that never came.
    { prefix: 'evidence/', clientAccess: 'upload', maxBytes: 25_000_000, keptDays: 1 },
    { prefix: 'review/', clientAccess: 'none', maxBytes: 25_000_000 },
  ],
} as const satisfies Resources;
