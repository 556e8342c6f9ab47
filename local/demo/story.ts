import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  showMatchMark,
  type ListHistoryReply,
  type MatchMark,
  type PurposeId,
  type RedeemCodeReply,
} from '../../protocol';
import type { Ecosystem } from '../ecosystem/ecosystem';
import { sampleStaff } from '../ecosystem/partners';
import type { HeadlessPhone } from '../phone/headless/headless-phone';
import { drawCode, scanCode } from './code-picture';
import { checkCredential } from './credential-check';
import type { FunctionLog } from './function-log';
import type { Findings, Report } from './report';

/** How the story ended. */
export type Ending = 'holds' | 'refused' | 'inReview';

export interface StoryOptions {
  readonly front: string;
  readonly back: string;
  readonly selfie: string;
  /** Enters the card's person into the local register before the face is compared; null where that is not wanted. */
  readonly seedAuthority: ((person: { name: string; number: string }) => Promise<void>) | null;
  readonly outputDir: string;
  readonly report: Report;
  readonly log: FunctionLog;
}

const PURPOSE: PurposeId = 'parcel-pickup';

/** Ends the story: what was refused, or what did not come as the story says. */
class StoryEnds extends Error {
  override readonly name = 'StoryEnds';
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending);
    this.ending = ending;
  }
}

type Called<Reply> =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly error: { readonly code: string } };

/** The teller of one story: times each step and reports it. */
const createTeller = (phone: HeadlessPhone, { report }: StoryOptions) => {
  const timed = async <Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> => {
    const before = performance.now();
    const value = await work();
    return { value, ms: Math.round(performance.now() - before) };
  };
  const refused = (step: string, ms: number, error: { readonly code: string }): never => {
    const { code, ...rest } = error;
    report.refused(step, ms, code, phone.guidance(code as Parameters<HeadlessPhone['guidance']>[0], 'en'), rest);
    throw new StoryEnds('refused');
  };
  return {
    /** A step that must be accepted. */
    accepted: async <Reply>(
      step: string,
      title: string,
      work: () => Promise<Called<Reply>>,
      tell: (reply: Reply) => Findings | Promise<Findings>,
    ): Promise<Reply> => {
      const { value, ms } = await timed(work);
      if (!value.ok) return refused(step, ms, value.error);
      report.step(step, title, ms, await tell(value.reply));
      return value.reply;
    },
    /** A step that must be refused, with that code. */
    refusedAs: async (
      step: string,
      title: string,
      code: string,
      work: () => Promise<Called<unknown>>,
    ): Promise<void> => {
      const { value, ms } = await timed(work);
      if (value.ok || value.error.code !== code) {
        return refused(step, ms, { code: value.ok ? 'accepted_unexpectedly' : value.error.code });
      }
      report.step(step, title, ms, { refused: code });
    },
    timed,
    refused,
  };
};

const markOf = (mark: MatchMark): string => {
  const { word, colour } = showMatchMark(mark);
  return `${word.zh} ${word.en}, ${colour.en}`;
};

const tellAnswer = ({ answer }: RedeemCodeReply): Findings => ({
  purpose: answer.purpose,
  tier: answer.tier,
  status: `${answer.facts.status}, as of ${new Date(answer.facts.statusAsOf).toISOString()}`,
  codeAgeMs: answer.facts.redeemedAt - answer.facts.codeMadeAt,
  claims: answer.claims,
  portrait: answer.portrait === null ? null : `${String(Buffer.from(answer.portrait, 'base64').length)} bytes of JPEG`,
  match: markOf(answer.matchMark),
});

const tellHistory = ({ entries }: ListHistoryReply): Findings => ({
  entries: entries.map((entry) =>
    entry.kind === 'card_checked'
      ? `${entry.kind}: ${entry.partner.zh} ${entry.partner.en}, ${entry.terminal}, look: ${entry.look ?? 'not said'}`
      : entry.kind,
  ),
});

/** From two pictures of a card and a selfie to a minted card. */
const enrol = async (phone: HeadlessPhone, options: StoryOptions): Promise<string> => {
  const { report, log, front, back, selfie } = options;
  const teller = createTeller(phone, options);
  const enrolment = await teller.accepted('consent', 'Consent given, enrolment begun', phone.enrolment.begin, () => ({
    consents: ['document', 'face'],
  }));
  const { fields } = await teller.accepted(
    'document',
    'Both sides of the card read',
    () => phone.enrolment.submitDocument(enrolment, front, back),
    ({ fields: read }) => ({ fields: read }),
  );
  if (options.seedAuthority) {
    const { name, number } = fields;
    const { seedAuthority } = options;
    const { ms } = await teller.timed(() => seedAuthority({ name: name.value, number: number.value }));
    report.step('authority', 'authority: seeded from this card', ms, { authority: 'seeded from this card' });
  }
  for (;;) {
    const reply = await teller.accepted(
      'face',
      'Selfie compared with portrait and authority',
      () => phone.enrolment.submitSelfie(enrolment, selfie),
      ({ outcome }) => ({ outcome, ...log.faceFindings() }),
    );
    if (reply.outcome === 'inReview') {
      report.note(
        '  The likeness is neither clear enough to accept nor to refuse: the case now waits for a person to decide.',
      );
      throw new StoryEnds('inReview');
    }
    if (reply.outcome === 'retake') {
      report.note('  A retake is asked for; the same picture is sent again.');
      continue;
    }
    const { credential } = await teller.accepted(
      'card',
      'Card minted',
      () => phone.enrolment.mint(enrolment, reply.nonce),
      ({ card, credential: sdJwt }) => ({
        ...card,
        mintedAt: new Date(card.mintedAt).toISOString(),
        credential: `${String(sdJwt.length)} characters`,
      }),
    );
    return credential;
  }
};

/** Shows the card, draws its code, reads the picture back and gives what a scanner saw. */
const showAndScan = async (phone: HeadlessPhone, options: StoryOptions, name: string): Promise<string> => {
  const teller = createTeller(phone, options);
  const showing = await teller.accepted(
    name,
    'Card shown',
    () => phone.showing.show(PURPOSE),
    ({ matchMark, expiresAt }) => ({
      purpose: PURPOSE,
      until: new Date(expiresAt).toISOString(),
      match: markOf(matchMark),
    }),
  );
  const file = join(options.outputDir, `${name}.png`);
  const { value, ms } = await teller.timed(async () => {
    const code = showing.currentCode();
    const picture = await drawCode(code);
    mkdirSync(options.outputDir, { recursive: true });
    writeFileSync(file, picture.png);
    return { code, picture, scanned: await scanCode(picture.png) };
  });
  if (value.scanned !== value.code) return teller.refused('code', ms, { code: 'picture_not_decoded' });
  const { code, picture } = value;
  options.report.step(
    name.replace('showing', 'code'),
    'Code drawn and read back from its picture',
    ms,
    { code, version: picture.version, picture: file },
    picture.text,
  );
  return value.scanned;
};

/** Plays the whole story; each step is reported as it ends. */
export const playStory = async (ecosystem: Ecosystem, options: StoryOptions): Promise<Ending> => {
  const holder = await ecosystem.phone('oHolderOfTheStory01');
  const [staff] = sampleStaff;
  if (!staff) throw new Error('the sample shop has no staff');
  const merchant = await ecosystem.phone(staff.openId);
  const teller = createTeller(holder, options);
  const check = (code: string): ReturnType<HeadlessPhone['redeemCode']> => merchant.redeemCode(code, PURPOSE);
  try {
    const credential = await enrol(holder, options);
    const { value, ms } = await teller.timed(() => checkCredential(credential, ecosystem.cloud.url));
    options.report.step('credential', 'Credential verified by an independent library', ms, value);

    const code = await showAndScan(holder, options, 'showing');
    const { answer } = await teller.accepted('check', 'Merchant’s check', () => check(code), tellAnswer);
    await teller.accepted(
      'look',
      'Staff compared portrait and person',
      () => merchant.reportLook({ eventId: answer.eventId, look: 'same' }),
      ({ look }) => ({ look }),
    );
    await teller.refusedAs('replay', 'Second redemption', 'code_already_used', () => check(code));

    const second = await showAndScan(holder, options, 'second-showing');
    await teller.accepted('suspend', 'Card suspended by its holder', holder.suspendCard, ({ card }) => ({
      status: card.status,
    }));
    await teller.refusedAs('check-suspended', 'Check of the suspended card', 'suspended', () => check(second));
    await teller.accepted('resume', 'Card resumed by its holder', holder.resumeCard, ({ card }) => ({
      status: card.status,
    }));
    await teller.accepted('check-resumed', 'Check of the resumed card', () => check(second), tellAnswer);
    await teller.accepted('history', 'The holder’s history', holder.listHistory, tellHistory);
    return 'holds';
  } catch (error) {
    if (error instanceof StoryEnds) return error.ending;
    throw error;
  }
};
