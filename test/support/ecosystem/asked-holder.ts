import {
  createCode,
  createPresentation,
  createShowingStatement,
  presentableClaims,
  sessionHandle,
  validators,
  type AnswerAskReply,
  type ClaimCounterReply,
} from '../../../protocol';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { accepted } from './client';
import type { EnrolledHolder } from './enrolment';
import { createKeyPair } from './keys';
import { prepare } from './showing';

/** The phone's side of an ask, by the functions' actions alone. */
export interface AskedHolder {
  /** A number to read out. */
  readonly readOut: () => Promise<string>;
  /** The session that asked by a number, or null. */
  readonly find: (number: string) => Promise<string | null>;
  readonly claim: (session: string) => Promise<ClaimCounterReply>;
  /** Agrees to what a claimed session asks, for a purpose that needs no finger and no face. */
  readonly agree: (session: string, asked: ClaimCounterReply) => Promise<AnswerAskReply>;
  readonly decline: (session: string) => Promise<void>;
}

export const askedHolder = (holder: EnrolledHolder): AskedHolder => {
  const { client, key: holderKey, credential } = holder;
  const byHolder = (request: object) => client.ask('holder', request);
  const presentationOf = ({ ask, claims }: ClaimCounterReply): string | null =>
    ask?.presentation
      ? createPresentation({
          ...ask.presentation,
          credential,
          disclose: presentableClaims(claims),
          issuedAt: Math.floor(Date.now() / 1000),
          sha256,
          sign: holderKey.sign,
        })
      : null;
  return {
    readOut: async () => {
      const reply = byHolder({ action: 'openAskNumber' });
      return (await accepted(reply, validators.OpenAskNumberReply)).number;
    },
    find: async (number) => {
      const reply = byHolder({ action: 'findAsk', number });
      return (await accepted(reply, validators.FindAskReply)).session;
    },
    claim: (session) => accepted(byHolder({ action: 'claimCounter', session }), validators.ClaimCounterReply),
    agree: async (session, asked) => {
      const handle = await prepare(client);
      const key = createKeyPair();
      const statement = createShowingStatement({
        handle,
        key: key.publicKey,
        purpose: asked.purpose,
        session: sessionHandle(session),
        sign: holderKey.sign,
      });
      await accepted(byHolder({ action: 'openShowing', statement }), validators.OpenShowingReply);
      const code = createCode({ handle, issuedAt: Math.floor(Date.now() / 1000), sign: key.sign });
      const presentation = presentationOf(asked);
      const answer = { action: 'answerAsk', session, code, ...(presentation !== null && { presentation }) };
      return accepted(client.ask('verifier', answer), validators.AnswerAskReply);
    },
    decline: async (session) => {
      await accepted(byHolder({ action: 'declineAsk', session }), validators.DeclineAskReply);
    },
  };
};
