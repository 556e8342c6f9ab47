import type { GetFiguresReply } from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';

/** States of a case, by the service's names; one that is not here is shown by that. */
const states: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    started: '已开始',
    documentRead: '证件已读取',
    faceMatched: '人脸已通过',
    fingerprintBound: '指纹已绑定',
    inReview: '人工复核中',
    appealable: '可申诉',
    minted: '已办好',
    refused: '已拒绝',
    expired: '已过期',
  },
  en: {
    started: 'Started',
    documentRead: 'Document read',
    faceMatched: 'Face matched',
    fingerprintBound: 'Fingerprint bound',
    inReview: 'In review',
    appealable: 'Can be appealed',
    minted: 'Card made',
    refused: 'Refused',
    expired: 'Expired',
  },
};

const words = {
  zh: {
    statuses: { valid: '有效', suspended: '停用', revoked: '吊销' },
    levels: {
      below: { title: '远低于报备线', text: '达到十万张时，须在三十个工作日内向网信部门备案。' },
      near: { title: '接近报备线', text: '已超过八万张。请准备备案材料。' },
      reached: { title: '须备案', text: '已达十万张，须在三十个工作日内向网信部门备案。' },
    },
  },
  en: {
    statuses: { valid: 'Valid', suspended: 'Suspended', revoked: 'Revoked' },
    levels: {
      below: {
        title: 'Below what must be reported',
        text: 'From 100,000 on they are reported to the authority within 30 working days.',
      },
      near: { title: 'Near what must be reported', text: 'More than 80,000. Prepare the report.' },
      reached: { title: 'To be reported', text: '100,000 or more: report to the authority within 30 working days.' },
    },
  },
} as const;

const tones = { below: 'info', near: 'warn', reached: 'bad' } as const;

/** A count with its thousands apart. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Figures as the screen shows them. */
export interface ToldFigures {
  readonly faces: string;
  readonly level: { readonly tone: 'info' | 'warn' | 'bad'; readonly title: string; readonly text: string };
  readonly cases: readonly Fact[];
  readonly cards: readonly { readonly status: string; readonly light: string; readonly full: string }[];
}

/** Tells the figures. */
export const tellFigures = (figures: GetFiguresReply, language: Language): ToldFigures => {
  const said = words[language];
  const of = (status: string, tier: string): string =>
    grouped(figures.cards.find((one) => one.status === status && one.tier === tier)?.count ?? 0);
  return {
    faces: grouped(figures.storedFaces),
    level: { tone: tones[figures.facesLevel], ...said.levels[figures.facesLevel] },
    cases: figures.cases.map(({ state, count }) => ({ name: states[language][state] ?? state, value: grouped(count) })),
    cards: (['valid', 'suspended', 'revoked'] as const).map((status) => ({
      status: said.statuses[status],
      light: of(status, 'light'),
      full: of(status, 'full'),
    })),
  };
};
