import type { ListInstitutionsReply } from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { addressFacts, keyFact, useFact } from './institution-acts';
import { groupedReference } from './reference';

type Listed = ListInstitutionsReply['institutions'][number];

/** A partner's server as a form about it needs to know it. */
export interface ListedServer extends Pick<Listed, 'client' | 'use' | 'redirectUris' | 'events'> {
  /** The names of its keys. */
  readonly kids: readonly string[];
}

/** The server as a form needs it. */
export const listedServer = ({ client, use, redirectUris, events, keys }: Listed): ListedServer => ({
  ...{ client, use, redirectUris, events },
  kids: keys.map(({ kid }) => kid),
});

/** A partner's server as the list shows it. */
export interface ToldServer {
  readonly client: string;
  /** Its id, as two people compare it aloud. */
  readonly title: string;
  readonly mark: string;
  readonly isActive: boolean;
  readonly facts: readonly Fact[];
}

const marks = { zh: { active: '使用中', ended: '已终止' }, en: { active: 'Active', ended: 'Ended' } } as const;

/** Tells a partner's servers, those that ask first. */
export const tellServers = (institutions: readonly Listed[], language: Language): ToldServer[] =>
  [...institutions]
    .sort((one, other) => one.state.localeCompare(other.state))
    .map(({ client, use, state, keys, redirectUris, events }) => ({
      client,
      title: groupedReference(client),
      mark: marks[language][state],
      isActive: state === 'active',
      facts: [
        useFact(use, language),
        ...keys.map(({ kid, thumbprint }) => keyFact(kid, thumbprint, language)),
        ...addressFacts({ redirectUris, events }, language),
      ],
    }));
