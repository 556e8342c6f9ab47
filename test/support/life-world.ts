import { createKeyProof, type AccountKey, type DeletionId, type IdentityKey } from '../../protocol';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { createDeletionIssuer, createPublishedKeys } from '../../cloudfunctions/_adapters/crypto/deletion-issuer';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import type { DeletePorts, PrepareDeletionPorts } from '../../cloudfunctions/_core/card/delete-account';
import type { Deletion, Erasure, LoadErasures } from '../../cloudfunctions/_core/card/erasure';
import type { ExportDataPorts } from '../../cloudfunctions/_core/card/export-data';
import type { GetCardPorts } from '../../cloudfunctions/_core/card/holder-card';
import type { LoadIdentityByCard } from '../../cloudfunctions/_core/card/identity-ports';
import type { IssueKillCodePorts, KillCardPorts } from '../../cloudfunctions/_core/card/kill-card';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import { mintCard } from '../../cloudfunctions/_core/enrolment/mint-card';
import type { StatusPlace } from '../../cloudfunctions/_core/status/status-list';
import type { Result } from '../../cloudfunctions/_core/result';
import type { MintCardReply } from '../../protocol';
import { phoneOf, pictures, valueOf, vouched } from './enrolment-steps';
import { createEnrolmentWorld, type EnrolmentPorts, type EnrolmentWorld } from './enrolment-world';
import { issuer, issuerKeys } from './issuer';
import { newKeyPair, type KeyPair } from './key-pair';
import { createNoticeStore, type NoticeStore } from './notice-store';

export type LifePorts = EnrolmentPorts &
  GetCardPorts &
  KillCardPorts &
  IssueKillCodePorts &
  PrepareDeletionPorts &
  DeletePorts &
  ExportDataPorts & { readonly loadErasures: LoadErasures; readonly loadIdentityByCard: LoadIdentityByCard };

/** The ports of `LifePorts` that answer later, as far as a deletion asks them. */
export const laterDeletionPorts = [
  'loadIdentityOfAccount',
  'appendEvent',
  'eraseIdentity',
  'loadErasure',
  'loadDeletion',
  'writeEntry',
  'touchList',
  'leaveRemintQueue',
  'forgetCases',
  'forgetReminders',
  'keepDeletion',
  'loadInstitution',
  'loadNoticeLine',
  'createNoticeLine',
  'forgetErasure',
] as const satisfies readonly (keyof LifePorts)[];

/** The life of cards from their enrolment to their deletion, over stores in memory. */
export interface LifeWorld extends EnrolmentWorld {
  readonly ports: LifePorts;
  /** Deletions that are not finished. */
  readonly erasures: () => readonly Erasure[];
  readonly deletions: () => readonly Deletion[];
  /** Entries of the status lists that a deletion wrote, and the lists that it called changed. */
  readonly entries: readonly { readonly place: StatusPlace; readonly value: number }[];
  readonly touched: ReadonlySet<number>;
  /** Who was taken off the queue of those that need a new credential. */
  readonly unqueued: ReadonlySet<IdentityKey>;
  /** Whose reminders were forgotten. */
  readonly unreminded: ReadonlySet<AccountKey>;
  /** What institutions' servers are to be told, and who hears. */
  readonly notices: NoticeStore;
}

const index = createBlindIndex(new Uint8Array(32).fill(7));

export const createLifeWorld = (start?: string): LifeWorld => {
  const world = createEnrolmentWorld(start);
  const erasures = new Map<IdentityKey, Erasure>();
  const deletions = new Map<DeletionId, Deletion>();
  const entries: { place: StatusPlace; value: number }[] = [];
  const touched = new Set<number>();
  const unqueued = new Set<IdentityKey>();
  const unreminded = new Set<AccountKey>();
  const { identities } = world;
  const notices = createNoticeStore();
  const ports: LifePorts = {
    ...world.ports,
    ...identities.ports,
    ...world.cases.ports,
    ...world.events.ports,
    ...notices.ports,
    // The place of an identity that is being deleted is taken until that is done.
    createIdentity: (created) =>
      erasures.has(created.key) ? Promise.resolve('identity_taken') : identities.ports.createIdentity(created),
    ...issuerKeys.names,
    writeEntry: (place, value) => {
      entries.push({ place, value });
      return Promise.resolve();
    },
    touchList: (list) => {
      touched.add(list);
      return Promise.resolve();
    },
    leaveRemintQueue: (key) => {
      unqueued.add(key);
      return Promise.resolve();
    },
    forgetReminders: (account) => {
      unreminded.add(account);
      return Promise.resolve();
    },
    sha256,
    killCodeKeyOf: index.ofKillCode,
    killAddress: `${issuer}/public/kill`,
    proveDeletion: createDeletionIssuer(issuer, issuerKeys),
    publishedKeys: createPublishedKeys(issuerKeys),
    eraseIdentity: (prior, erasure) => {
      const isErased = identities.remove(prior);
      if (isErased) erasures.set(prior.key, erasure);
      return Promise.resolve(isErased);
    },
    loadErasure: (id) => Promise.resolve([...erasures.values()].find((one) => one.id === id) ?? null),
    loadIdentityByCard: (id) => Promise.resolve(identities.all().find(({ card }) => card.id === id) ?? null),
    loadErasures: (limit) => Promise.resolve([...erasures.values()].slice(0, limit)),
    forgetErasure: ({ key, id }) => {
      if (erasures.get(key)?.id === id) erasures.delete(key);
      return Promise.resolve();
    },
    keepDeletion: (deletion) => {
      if (!deletions.has(deletion.id)) deletions.set(deletion.id, deletion);
      return Promise.resolve();
    },
    loadDeletion: (id) => Promise.resolve(deletions.get(id) ?? null),
  };
  return {
    ...world,
    ports,
    erasures: () => [...erasures.values()],
    deletions: () => [...deletions.values()],
    entries,
    touched,
    unqueued,
    unreminded,
    notices,
  };
};

/** The present identity of an account, or null. */
export const identityOf = ({ identities }: LifeWorld, account: AccountKey): Identity | null =>
  identities.all().find((one) => one.account === account) ?? null;

export interface MintOptions {
  /** The phone's new key; a fresh one where it is absent. */
  readonly key?: KeyPair;
  /** The key of the card before, where the phone has it. */
  readonly prior?: KeyPair;
  /** The day from which the person's document is valid. */
  readonly validFrom?: string;
}

/** Enrols a person on an account, the face being compared. @returns the key, and what the minting came to */
export const tryEnrol = async (
  world: LifeWorld,
  account: AccountKey,
  person: number,
  { key = newKeyPair(), prior, validFrom }: MintOptions = {},
): Promise<{ readonly key: KeyPair; readonly minted: Result<MintCardReply> }> => {
  const phone = phoneOf(world, account, world.ports);
  const caseId = await phone.start();
  const picture = pictures.document(person);
  if (picture.shows !== 'document') throw new Error('no document');
  const { document } = picture;
  const dated =
    validFrom === undefined ? document.fields.validFrom : { ...document.fields.validFrom, value: validFrom };
  const fields = { ...document.fields, validFrom: dated };
  valueOf(await phone.readDocument(caseId, { ...picture, document: { ...document, fields } }));
  const matched = valueOf(await phone.matchFace(caseId, pictures.face(0.7, vouched)));
  if (matched.outcome !== 'matched') throw new Error('the face did not match');
  const proofBy = (by: KeyPair): string => createKeyProof({ nonce: matched.nonce, key: by.publicKey, sign: by.sign });
  const minted = await mintCard(world.ports, account, {
    action: 'mintCard',
    caseId,
    proof: proofBy(key),
    ...(prior && { priorProof: proofBy(prior) }),
  });
  return { key, minted };
};

/** As `tryEnrol`, where a card must come of it. */
export const enrolPerson = async (
  world: LifeWorld,
  account: AccountKey,
  person: number,
  options?: MintOptions,
): Promise<KeyPair> => {
  const { key, minted } = await tryEnrol(world, account, person, options);
  valueOf(minted);
  return key;
};
