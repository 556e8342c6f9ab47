import { fieldNames, purposeTable, type ExportedEvent, type ExportedRecord, type FieldName } from '../protocol';
import { cardFace } from './card-face';
import { inChina, showDate, showMoment } from './days';
import type { Language } from './guidance';
import { fieldName } from './refusal';
import { capital } from './said';

/** A part of the export, in words. */
export interface ExportedSection {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
}

interface Exported {
  readonly madeAt: number;
  readonly record: ExportedRecord;
  readonly events: readonly ExportedEvent[];
}

const words = {
  zh: {
    title: '虚拟身份卡：平台保存的关于您的一切',
    made: '导出时间：',
    person: '身份资料',
    card: '虚拟身份卡',
    consents: '您的同意',
    biometrics: '指纹与人脸',
    events: '记录',
    male: '男',
    female: '女',
    none: '没有',
    endless: '长期',
    kind: '种类',
    status: '状态',
    minted: '办理时间',
    until: '有效期至',
    id: '编号',
    key: '手机密钥的指纹值',
    killCode: '停用码',
    madeOn: (at: string) => `${at}生成`,
    subjects: { document: '使用身份证', face: '使用人脸', faceTemplate: '保存人脸特征' },
    consent: (text: string, at: string) => `文本 ${text}，${at}`,
    lasting: (partner: string, purpose: string) => `${partner} 可查询（${purpose}）`,
    lastsUntil: (date: string) => `至 ${date}`,
    withdrawnOn: (date: string) => `${date} 已撤回`,
    fingerprint: '指纹',
    bound: '已绑定；指纹本身只在手机里',
    template: '人脸特征',
    kept: (text: string) => `保存着一组数字；同意的文本 ${text}`,
    count: '条数',
    oldest: '最早',
    newest: '最近',
    each: '内容',
    eachText: '每一条的原文和证明都在数据文件里，“使用记录”里可以逐条阅读',
  },
  en: {
    title: 'Virtual identity card: all that the service keeps about you',
    made: 'Made: ',
    person: 'Personal data',
    card: 'Card',
    consents: 'Your consents',
    biometrics: 'Fingerprint and face',
    events: 'Entries',
    male: 'Male',
    female: 'Female',
    none: 'None',
    endless: 'No end',
    kind: 'Kind',
    status: 'Status',
    minted: 'Made',
    until: 'Valid to',
    id: 'Reference',
    key: "Thumbprint of your phone's key",
    killCode: 'Kill code',
    madeOn: (at: string) => `made ${at}`,
    subjects: { document: 'Use of the identity card', face: 'Use of the face', faceTemplate: 'A measure of the face' },
    consent: (text: string, at: string) => `text ${text}, ${at}`,
    lasting: (partner: string, purpose: string) => `${partner} may ask after the card (${purpose})`,
    lastsUntil: (date: string) => `until ${date}`,
    withdrawnOn: (date: string) => `withdrawn on ${date}`,
    fingerprint: 'Fingerprint',
    bound: 'Bound; the fingerprint itself stays in the phone',
    template: 'Measure of your face',
    kept: (text: string) => `a list of numbers is kept; consent by text ${text}`,
    count: 'How many',
    oldest: 'Oldest',
    newest: 'Newest',
    each: 'Content',
    eachText: 'each one with its proof is in the data file; the history tells them in words',
  },
} as const;

const dates: readonly FieldName[] = ['birthDate', 'validFrom', 'validTo'];

const personValue = (record: ExportedRecord, field: FieldName, language: Language): string => {
  const said = words[language];
  const { person } = record;
  if (field === 'sex') return said[person.sex];
  const value = person[field];
  if (value === null) return field === 'validTo' ? said.endless : said.none;
  return dates.includes(field) ? showDate(value, language) : value;
};

const cardLines = ({ card, holderKey }: ExportedRecord, language: Language): ExportedSection['lines'] => {
  const said = words[language];
  const face = cardFace(card, language);
  const code = card.killCodeMadeAt;
  return [
    { name: said.kind, value: face.tierName },
    { name: said.status, value: face.statusName },
    { name: said.minted, value: showMoment(card.mintedAt, language) },
    { name: said.until, value: face.validTo },
    { name: said.killCode, value: code === undefined ? said.none : said.madeOn(showMoment(code, language)) },
    { name: said.id, value: card.id },
    { name: said.key, value: holderKey },
  ];
};

const eventLines = (events: readonly ExportedEvent[], language: Language): ExportedSection['lines'] => {
  const said = words[language];
  const [newest, oldest] = [events[0], events[events.length - 1]];
  const day = (event: ExportedEvent): string => showDate(inChina(event.at).date, language);
  const period =
    newest && oldest
      ? [
          { name: said.newest, value: day(newest) },
          { name: said.oldest, value: day(oldest) },
        ]
      : [];
  return [{ name: said.count, value: String(events.length) }, ...period, { name: said.each, value: said.eachText }];
};

const lastingLines = ({ lastingConsents }: ExportedRecord, language: Language): ExportedSection['lines'] => {
  const said = words[language];
  const day = (at: number): string => showDate(inChina(at).date, language);
  return lastingConsents.map(({ partner, purpose, until, withdrawnAt }) => ({
    name: said.lasting(partner, purposeTable[purpose].names[language]),
    value: withdrawnAt === null ? said.lastsUntil(day(until)) : said.withdrawnOn(day(withdrawnAt)),
  }));
};

/** The export, to be read on the screen. */
export const exportedSections = ({ record, events }: Exported, language: Language): ExportedSection[] => {
  const said = words[language];
  const { consents, fingerprint, faceTemplate } = record;
  return [
    {
      title: said.person,
      lines: fieldNames.map((field) => ({
        name: capital(fieldName(field, language)),
        value: personValue(record, field, language),
      })),
    },
    { title: said.card, lines: cardLines(record, language) },
    {
      title: said.consents,
      lines: [
        ...consents.map(({ subject, text, at }) => ({
          name: said.subjects[subject],
          value: said.consent(text, showDate(inChina(at).date, language)),
        })),
        ...lastingLines(record, language),
      ],
    },
    {
      title: said.biometrics,
      lines: [
        { name: said.fingerprint, value: fingerprint ? said.bound : said.none },
        { name: said.template, value: faceTemplate ? said.kept(faceTemplate.consentText) : said.none },
      ],
    },
    { title: said.events, lines: eventLines(events, language) },
  ];
};

/** The same as a text to keep. */
export const exportedText = (exported: Exported, language: Language): string => {
  const said = words[language];
  const colon = language === 'zh' ? '：' : ': ';
  const parts = exportedSections(exported, language).map(({ title, lines }) =>
    [title, ...lines.map(({ name, value }) => `  ${name}${colon}${value}`)].join('\r\n'),
  );
  return [said.title, said.made + showMoment(exported.madeAt, language), ...parts].join('\r\n\r\n');
};
