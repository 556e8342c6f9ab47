import { showMoment } from './days';
import type { Language } from './guidance';

/** A tree of the log, as far as a screen tells of it. */
interface SeenTree {
  readonly size: number;
  /** Whole seconds since 1970. */
  readonly issuedAt: number;
}

type Contradiction = 'entry_differs' | 'keys_changed' | 'checkpoint_invalid' | 'log_rewritten' | 'proof_wrong';

/** What the proof of an entry came to. */
export type ProofOutcome =
  | {
      readonly kind: 'proven';
      readonly leaf: number;
      readonly checkpoint: SeenTree;
      readonly since: SeenTree | null;
      readonly isKeyNew: boolean;
    }
  | { readonly kind: 'waiting' | 'late' }
  | { readonly kind: 'unchecked'; readonly because: 'unreachable' | 'storage_failed' | 'older' }
  | { readonly kind: 'contradiction'; readonly fault: Contradiction };

/** An outcome as a screen tells it. */
export interface ToldProof {
  readonly tone: 'good' | 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
  /** What was checked, one line each. */
  readonly lines: readonly string[];
  /** Whether asking again may come to something else. */
  readonly canAskAgain: boolean;
}

const words = {
  zh: {
    proven: '已证明',
    provenText: '这条记录在公开日志中，没有被改动。以下各项由您的手机亲自验证：',
    leaf: (leaf: number, size: number) => `日志共 ${String(size)} 条，这条是第 ${String(leaf + 1)} 条`,
    signed: (at: string) => `签发方于 ${at} 签名`,
    since: (size: number) => `与本机上次核对的 ${String(size)} 条前后一致，没有被改写`,
    first: '这是本机第一次核对日志，以后每次都会与这一次比对',
    newKey: '签名的密钥是本机第一次见到的；签发方更换密钥时会这样',
    waiting: '还没有进入日志',
    waitingText: '记录约每 10 秒写入一次日志，请稍后再证明。',
    late: '迟迟没有进入日志',
    lateText: '这条记录早该写入日志了。请过一会儿再试；如果仍然如此，请到柜台反映。',
    unchecked: '未能核对',
    because: {
      unreachable: '没有收到回应，请检查网络后再试一次。这不说明记录有问题。',
      storage_failed: '手机存储读写失败，请清理空间后再试一次。',
      older: '收到的日志比本机核对过的旧，请稍后再试。',
    },
    contradiction: '警告：日志与事实不符',
    faults: {
      entry_differs: '日志中承诺的内容与这条记录所说的不一样。',
      keys_changed: '签发方或其密钥与本机最初见到的不同。',
      checkpoint_invalid: '收到的日志没有签发方的有效签名。',
      log_rewritten: '日志与本机以前核对过的对不上：有人改写或删去了记录。',
      proof_wrong: '日志给出的证明不成立。',
    },
    alarm: '正常的日志不会这样。本机已保存证据，请不要删除小程序，并将证据交给您信任的人或监管部门。',
    receipts: {
      signed: '由签发方签名，内容一致',
      wrong: '无效：签名不对，或内容不一致。请到柜台反映。',
      unchecked: '未验证：没有取到它的公钥。联网后可重新打开再试。',
    },
  },
  en: {
    proven: 'Proven',
    provenText: 'This entry is in the public log and was not changed. Your phone has checked this itself:',
    leaf: (leaf: number, size: number) => `Leaf ${String(leaf + 1)} of ${String(size)} in the log`,
    signed: (at: string) => `Signed by the issuer on ${at}`,
    since: (size: number) => `The log goes on from the ${String(size)} leaves that this phone checked before`,
    first: 'This phone checked the log for the first time and remembers it: every later check must go on from here',
    newKey: 'The signing key is new to this phone, as it is when the issuer changes keys',
    waiting: 'Not in the log yet',
    waitingText: 'Entries are put into the log about every 10 seconds. Try again in a moment.',
    late: 'Still not in the log',
    lateText: 'This entry should have been in the log long ago. Try again later; if it stays so, tell a counter.',
    unchecked: 'It could not be checked',
    because: {
      unreachable: 'No answer came. Check the network and try again. Nothing is wrong with the entry by that.',
      storage_failed: "The phone's storage failed. Free some space and try again.",
      older: 'The log that came is older than what this phone has checked. Try again in a moment.',
    },
    contradiction: 'Alarm: the log contradicts itself',
    faults: {
      entry_differs: 'What the log was given is not what this entry says.',
      keys_changed: 'The issuer, or one of its keys, is another than this phone first saw.',
      checkpoint_invalid: 'The log that came is not signed by the issuer.',
      log_rewritten: 'The log does not go on from what this phone checked before: entries were changed or removed.',
      proof_wrong: 'The proof that the log gives does not hold.',
    },
    alarm:
      'An honest log never does that. The evidence is kept on this phone: do not delete the mini-program, and hand the evidence to somebody you trust, or to the supervising authority.',
    receipts: {
      signed: 'Signed by the issuer, and says the same',
      wrong: 'Not valid: not signed by the issuer, or it says something else. Tell a counter.',
      unchecked: 'Not verified: its key could not be had. Open this again with a network.',
    },
  },
} as const;

/** How a screen tells what the proof of an entry came to. */
export const tellProof = (proof: ProofOutcome, language: Language): ToldProof => {
  const said = words[language];
  switch (proof.kind) {
    case 'proven': {
      const { checkpoint, since, leaf } = proof;
      return {
        tone: 'good',
        title: said.proven,
        text: said.provenText,
        lines: [
          said.leaf(leaf, checkpoint.size),
          said.signed(showMoment(checkpoint.issuedAt * 1000, language)),
          since ? said.since(since.size) : said.first,
          ...(proof.isKeyNew ? [said.newKey] : []),
        ],
        canAskAgain: false,
      };
    }
    case 'waiting':
      return { tone: 'info', title: said.waiting, text: said.waitingText, lines: [], canAskAgain: true };
    case 'late':
      return { tone: 'warn', title: said.late, text: said.lateText, lines: [], canAskAgain: true };
    case 'unchecked':
      return { tone: 'warn', title: said.unchecked, text: said.because[proof.because], lines: [], canAskAgain: true };
    case 'contradiction':
      return {
        tone: 'bad',
        title: said.contradiction,
        text: said.faults[proof.fault],
        lines: [said.alarm],
        canAskAgain: false,
      };
  }
};

/** What a screen says of a receipt. */
export const tellReceipt = (state: 'signed' | 'unchecked' | 'wrong', language: Language): string =>
  words[language].receipts[state];
