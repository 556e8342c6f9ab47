import { validators, type KeyStanding, type Validator } from '../../protocol';
import { startEcosystem, type Ecosystem } from '../ecosystem/ecosystem';
import { compromised, rotated } from '../ecosystem/issuer-keys';
import { sampleOperators } from '../ecosystem/partners';
import { changeIssuerKeys, loadSecrets } from '../ecosystem/secrets';
import { picturePath } from '../people';
import type { HeadlessPhone } from '../phone/headless/headless-phone';
import { judge, publishedKeys, type Verdict } from './stranger';

/** What the drill found after each step. */
export interface DrillStep {
  readonly step: 'mint' | 'rotate' | 'compromise' | 'publish' | 'queue' | 'renew' | 'settle';
  readonly title: string;
  /** The names of the keys that are published. */
  readonly keys: readonly string[];
  /** What a stranger makes of the first person's credential of the old key, and of that which the phone holds now. */
  readonly old: Verdict;
  readonly held: Verdict;
  /** The same of the second person's, which the next key signed; null before it is minted. */
  readonly second: Verdict | null;
  /** How each key stands, and how many cards wait for a new credential, as operators are told. */
  readonly standings: readonly KeyStanding[];
  readonly queued: number;
}

const need = <Reply>(called: { ok: true; reply: Reply } | { ok: false; error: { code: string } }): Reply => {
  if (!called.ok) throw new Error(`the service refused: ${called.error.code}`);
  return called.reply;
};

/** The issuer's operators of security, at their phones. */
const createOperators = (url: string) => {
  const [first = '', second = ''] = sampleOperators
    .filter(({ role }) => role === 'security')
    .map(({ openId }) => openId);
  const ask = async <Reply>(openId: string, event: object, isReply: Validator<Reply>): Promise<Reply> => {
    const headers = { 'x-local-openid': openId };
    const response = await fetch(`${url}/wx/call/operator`, { method: 'POST', headers, body: JSON.stringify(event) });
    const answer: unknown = await response.json();
    const result = typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : answer;
    if (!isReply(result)) throw new Error(`the service refused an operator: ${JSON.stringify(result)}`);
    return result;
  };
  return {
    /** The keys that sign cards, as their list tells them. */
    cardKeys: async () => {
      const { keys } = await ask(first, { action: 'listKeys' }, validators.ListKeysReply);
      return keys.filter(({ use }) => use === 'cards');
    },
    /** One proposes that the cards of a key are signed anew, the other confirms it. */
    renewCardsOf: async (kid: string): Promise<void> => {
      const act = { kind: 'renew_cards', target: { by: 'kid', kid }, reason: 'issuer_compromised' };
      const { proposal, hash } = await ask(first, { action: 'proposeAct', ...act }, validators.ProposeActReply);
      await ask(second, { action: 'confirmAct', proposal, hash }, validators.DoneReply);
    },
  };
};

const enrol = async (phone: HeadlessPhone, id: string): Promise<string> => {
  const at = (picture: 'card-front' | 'card-back' | 'selfie-2'): string => picturePath({ id }, picture);
  const enrolment = need(await phone.enrolment.begin());
  need(await phone.enrolment.submitDocument(enrolment, at('card-front'), at('card-back')));
  const face = need(await phone.enrolment.submitSelfie(enrolment, at('selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  return need(await phone.enrolment.mint(enrolment, face.nonce)).credential;
};

/** The ecosystem of a folder, started again after each change of its keys: a function takes its keys from its environment. */
const createRestarts = async (dataDir: string) => {
  let running: Ecosystem = await startEcosystem({ dataDir, fresh: true });
  const { url } = running.cloud;
  const phones = {
    first: await running.phone('oDrillHolder01'),
    second: await running.phone('oDrillHolder02'),
  };
  return {
    url,
    phones,
    cloud: () => running.cloud,
    restart: async (): Promise<void> => {
      await running.close();
      // At the same address: it is the issuer's name.
      running = await startEcosystem({ dataDir, fresh: false, port: Number(new URL(url).port) });
    },
    close: () => running.close(),
  };
};

/**
 * Plays the day on which an issuing key is stolen: a card under key A, the rotation to B, A called compromised; strangers refuse what
 * A signed, the cards are queued, and the holder's next look fetches a credential under B.
 * @param dataDir a folder for all state; it is emptied first
 * @param tell hears of each step once it is over
 */
export const playKeyCompromise = async (dataDir: string, tell: (step: DrillStep) => void): Promise<void> => {
  const drill = await createRestarts(dataDir);
  const { url, phones } = drill;
  const operators = createOperators(url);
  let old = '';
  let second: string | null = null;
  const found = async (step: DrillStep['step'], title: string): Promise<void> => {
    const held = await phones.first.heldCredential();
    const listed = await operators.cardKeys();
    tell({
      step,
      title,
      keys: [...(await publishedKeys(url)).keys()],
      old: await judge(url, old),
      held: await judge(url, held ?? ''),
      second: second === null ? null : await judge(url, second),
      standings: listed.map(({ standing }) => standing),
      queued: listed.reduce((sum, key) => sum + key.queued, 0),
    });
  };
  try {
    const kidA = loadSecrets(dataDir).issuerKeys[0]?.kid ?? '';
    old = await enrol(phones.first, 'lin-zhiyuan');
    await found('mint', 'A card was minted under key A');

    changeIssuerKeys(dataDir, rotated);
    await drill.restart();
    second = await enrol(phones.second, 'he-huilan');
    await found('rotate', 'Key B signs now, and signed a second card; A still verifies');

    changeIssuerKeys(dataDir, (keys) => compromised(keys, kidA));
    await drill.restart();
    await found(
      'compromise',
      'Key A is called compromised: it is published no more, and its lists are believed no more',
    );

    await drill.cloud().runTimer('publishStatus');
    await found('publish', 'The lists are signed anew by key B');

    await operators.renewCardsOf(kidA);
    await drill.cloud().runTimer('massActs');
    await found('queue', 'Two operators decided that the cards of key A are signed anew; they are queued');

    need(await phones.first.getCard());
    await found('renew', 'The holder looked at the card: the phone fetched a credential under key B');

    await drill.cloud().runTimer('publishStatus');
    await found('settle', 'The place of the old credential is revoked in its list');
  } finally {
    await drill.close();
  }
};
