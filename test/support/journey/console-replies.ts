import sharp from 'sharp';
import { createKillCode, KILL_CODE_BYTES, showKillCode } from '../../../protocol';
import type {
  DeleteVisitorReply,
  FindCardReply,
  GetFiguresReply,
  ListActsReply,
  ListAlarmsReply,
  ListAuditReply,
  ListKeysReply,
  ListMassActsReply,
  ListTasksReply,
  OpenApplicationReply,
  GuardianStep,
  ReceiveVisitorReply,
} from '../../../protocol';
import { picture } from '../ecosystem/pictures';

/** What the operators' pages show of a day on which something waits everywhere. */
const HOUR = 3_600_000;
const hexOf = (digit: string): string => digit.repeat(32);

/** The portrait of a sample person's document, as a reply carries it. */
export const portraitOf = async (id: string): Promise<string> =>
  (await sharp(picture(id, 'portrait')).resize(96, 128).jpeg({ quality: 70 }).toBuffer()).toString('base64');

export const tasks = (now: number): ListTasksReply => ({
  ok: true,
  cases: [
    { case: '4b1d7c90e2f35a68'.repeat(2), since: now - 26 * HOUR, isAppeal: false, accepted: 'other' },
    { case: '09e4ab37c6d1825f'.repeat(2), since: now - 3 * HOUR, isAppeal: true, accepted: 'other' },
    { case: 'd83f10b65c7ea294'.repeat(2), since: now - HOUR / 4, isAppeal: false, accepted: 'none' },
    { case: '5fa2c81e07d49b63'.repeat(2), since: now - 40 * HOUR, isAppeal: false, accepted: 'own' },
  ],
  applications: [
    {
      partner: '7d2e'.repeat(8),
      names: { zh: '星河湾酒店管理有限公司', en: 'Xinghewan Hotel Management Company' },
      since: now - 50 * HOUR,
      isRegistered: false,
    },
    { partner: 'sample-hotel', names: { zh: '听雨楼酒店', en: 'Tingyu Hotel' }, since: now - HOUR, isRegistered: true },
  ],
});

export const hotelApplication: OpenApplicationReply = {
  ok: true,
  askedAt: Date.UTC(2026, 10, 20, 2),
  details: {
    names: { zh: '星河湾酒店管理有限公司', en: 'Xinghewan Hotel Management Company' },
    creditCode: '91350100M000100Y43',
    category: 'hotel',
    address: '浙江省杭州市西湖区云栖里路218号',
    contactRole: 'legal-representative',
  },
  wanted: [
    { purpose: 'parcel-pickup', claims: ['masked_name', 'masked_number', 'address'], why: '为住客代收快递' },
    { purpose: 'age-check', claims: ['age_over_18'], why: '酒吧入场' },
  ],
  grants: [{ purpose: 'age-check', claims: ['age_over_18'], perDay: 200 }],
};

export const acts = (now: number): ListActsReply => ({
  ok: true,
  acts: [
    {
      proposal: hexOf('1'),
      kind: 'revoke_card',
      target: 'a1b2c3d4e5f60718'.repeat(2),
      reason: 'obtained_by_fraud',
      hash: '5e'.repeat(32),
      proposedAt: now - 2 * HOUR,
      proposedBy: '3f9ac2'.padEnd(32, '0'),
      isOwn: false,
    },
    {
      proposal: hexOf('2'),
      kind: 'suspend_partner',
      target: 'sample-internet-cafe',
      reason: 'unusual_rate',
      hash: '7c'.repeat(32),
      proposedAt: now - HOUR / 3,
      proposedBy: 'c04d11'.padEnd(32, '0'),
      isOwn: true,
    },
    {
      proposal: hexOf('3'),
      kind: 'vouch_for_case',
      target: '0f1e2d3c4b5a6978'.repeat(2),
      reason: 'face_not_possible',
      hash: '19'.repeat(32),
      proposedAt: now - HOUR / 30,
      proposedBy: '88e0b7'.padEnd(32, '0'),
      isOwn: false,
    },
    {
      proposal: hexOf('4'),
      kind: 'delete_at_counter',
      target: 'e5f60718a1b2c3d4'.repeat(2),
      reason: 'kill_code_and_card_seen',
      hash: 'b3'.repeat(32),
      proposedAt: now - HOUR / 20,
      proposedBy: '88e0b7'.padEnd(32, '0'),
      isOwn: false,
    },
  ],
});

export const alarms = (now: number): ListAlarmsReply => ({
  ok: true,
  alarms: [
    {
      alarm: hexOf('5'),
      kind: 'unusual_rate',
      partner: 'sample-internet-cafe',
      names: { zh: '蓝鲸网咖', en: 'Blue Whale Internet Café' },
      purpose: 'internet-cafe',
      count: 412,
      at: now - HOUR / 2,
    },
    {
      alarm: hexOf('6'),
      kind: 'over_quota',
      partner: 'sample-parcel-shop',
      names: null,
      purpose: 'parcel-pickup',
      count: 2000,
      at: now - 9 * HOUR,
    },
  ],
});

export const foundCard = (now: number): FindCardReply => ({
  ok: true,
  card: 'a1b2c3d4e5f60718'.repeat(2),
  status: 'suspended',
  tier: 'light',
  mintedAt: now - 900 * HOUR,
  stops: [
    { reason: 'by_holder', at: now - 70 * HOUR },
    { reason: 'frozen_by_court', at: now - 5 * HOUR },
  ],
});

/** Somebody at the counter, with a card or with a case. */
export const visitor = async (about: 'card' | 'case'): Promise<ReceiveVisitorReply> => ({
  ok: true,
  about,
  reference: hexOf('b'),
  maskedName: '林**',
  portrait: await portraitOf('lin-zhiyuan'),
  tier: about === 'card' ? 'light' : null,
  number: '40417210',
  may: about === 'card' ? ['raise', 'delete'] : [],
});

/** A code that is well written and of no card. */
export const UNKNOWN_CODE = showKillCode(createKillCode(new Uint8Array(KILL_CODE_BYTES).fill(9)));

/** A deletion that was proposed for who stands at the counter. */
export const proposedDeletion: DeleteVisitorReply = {
  ok: true,
  proposal: 'c41b7d90e2f35a68'.repeat(2),
  hash: 'a7'.repeat(32),
  expiresAt: Date.UTC(2036, 0, 1),
  proofAddress: `https://id.example.com/public/deletions/${'c41b7d90e2f35a68'.repeat(2)}`,
};

/** A child under 14 at the counter, with a guardian who has consented or with none. */
export const visitorWithGuardian = async (step: GuardianStep): Promise<ReceiveVisitorReply> => ({
  ...(await visitor('case')),
  guardian: { step, ...(step !== 'needed' && { maskedName: '沈**', portrait: await portraitOf('shen-ruoxi') }) },
});

export const figures: GetFiguresReply = {
  ok: true,
  cases: [
    ...(['documentRead', 'faceMatched', 'inReview', 'appealable', 'started', 'minted', 'refused', 'expired'] as const),
  ].map((state, at) => ({ state, count: [12, 3, 7, 2, 31, 81_204, 940, 2311][at] ?? 0 })),
  cards: (['valid', 'suspended', 'revoked'] as const).flatMap((status, at) => [
    { status, tier: 'light' as const, count: [64_120, 310, 88][at] ?? 0 },
    { status, tier: 'full' as const, count: [16_402, 51, 9][at] ?? 0 },
  ]),
  storedFaces: 81_004,
  facesLevel: 'near',
};

/** Keys of every standing, named as RFC 7638 would name them. */
export const keys = (now: number): ListKeysReply => {
  const cards = [
    { kid: 'q3GkZ0uYvX4pTn1LwR8sJd7fHc2aBe5mKo9iVy6xU_E', standing: 'coming', since: 24, queued: 0 },
    { kid: 'Wm8tRb2yNcL5hQxZ7vKj1sPfD4gA0eUo3iTz6lYrXwM', standing: 'signing', since: -2_000, queued: 0 },
    { kid: 'b7HnV1kXoZ4sMfQ9dLw2tGjR6yAe8cPuT3iB5xUvKzI', standing: 'overlap', since: -9_000, queued: 0 },
    { kid: 'Jx5rC9oKe2LvB7nYtW0mQhS4uZf1gDaP8iX3jTwRqAk', standing: 'refused', since: -12_000, queued: 1_207 },
    { kid: 'z1UqTf6cRj8WbM4xEoN2kSvY9hLd3gAp7iKt5nXwZuQ', standing: 'over', since: -60_000, queued: 0 },
  ] as const;
  const lives = 6 * 366 * 24;
  return {
    ok: true,
    keys: [
      ...cards.map(({ kid, standing, since, queued }) => ({
        ...{ kid, use: 'cards' as const, standing, queued },
        from: now + since * HOUR,
        to: now + (since + lives) * HOUR,
      })),
      {
        kid: 'Ld0vXy5mQa8rGt2cJw7nZk4pUf9hBe1sRi6oTx3zKuY',
        ...{ use: 'receipts', standing: 'signing', queued: 0 },
        from: now - 2_000 * HOUR,
        to: now + (lives - 2_000) * HOUR,
      },
    ],
  };
};

export const massActs = (now: number): ListMassActsReply => ({
  ok: true,
  acts: [
    {
      kind: 'renew_cards',
      target: { by: 'kid', kid: 'Jx5rC9oKe2LvB7nYtW0mQhS4uZf1gDaP8iX3jTwRqAk' },
      ...{ proposal: hexOf('7'), count: 41_300, total: 64_120 },
      ...{ startedAt: now - HOUR / 4, finishedAt: null },
    },
    {
      kind: 'revoke_cards',
      target: { by: 'office', office: '云栖市公安局西溪分局' },
      reason: 'office_compromised',
      ...{ proposal: hexOf('8'), count: 318, total: 318 },
      ...{ startedAt: now - 50 * HOUR, finishedAt: now - 49 * HOUR },
    },
    {
      kind: 'revoke_cards',
      target: {
        by: 'minted',
        from: Date.parse('2026-10-01T00:00:00+08:00'),
        to: Date.parse('2026-10-04T00:00:00+08:00'),
      },
      reason: 'obtained_by_fraud',
      ...{ proposal: hexOf('9'), count: 0, total: 0 },
      ...{ startedAt: now - 500 * HOUR, finishedAt: now - 500 * HOUR },
    },
  ],
});

export const audit = (now: number): ListAuditReply => {
  const operator = '3f9ac2'.padEnd(32, '0');
  const happened = [
    { kind: 'act_confirmed', proposal: hexOf('1'), operator },
    {
      kind: 'act_proposed',
      proposal: hexOf('1'),
      act: 'revoke_card',
      target: 'a1b2c3d4e5f60718'.repeat(2),
      reason: 'obtained_by_fraud',
      operator,
    },
    { kind: 'review_opened', case: hexOf('4'), picture: 2, operator },
    { kind: 'partner_suspended', reason: 'complaints', partner: 'sample-hotel', by: { kind: 'operator', operator } },
    {
      kind: 'staff_joined',
      member: hexOf('c'),
      role: 'clerk',
      partner: 'sample-hotel',
      by: { kind: 'member', member: hexOf('c') },
    },
  ];
  return {
    ok: true,
    entries: happened.map((happening, back) => {
      const [id, at] = [String(back).padStart(32, 'e'), now - back * 9 * HOUR];
      return { id, at, salt: 'A'.repeat(22), content: JSON.stringify({ id, at, happening }) };
    }),
    next: null,
  };
};
