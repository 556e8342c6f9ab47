import type { ActivePartner, Partner } from '../../_core/partners/partner';
import type { ClearPendingAct, CreatePartner, LoadPartner, ReplacePartner } from '../../_core/partners/partner-ports';
import { isRegistered } from '../../_core/partners/partner';
import type { QuotaPorts } from '../../_core/partners/quota';
import type { ListApplications } from '../../_core/operators/applications';
import type { ListUnsettled } from '../../_core/partners/finish-partners';
import { countOf, database, isDuplicate, only } from './app';

/** A partner as it lies in the collection `partners`; what is null is absent, so that sparse indexes leave it out. */
interface PartnerDocument {
  readonly _id: string;
  readonly revision: number;
  readonly state: Partner['state'];
  readonly pending?: NonNullable<Partner['pending']>;
  /** The credit code, once the partner is registered: two registered partners have two. */
  readonly registered?: string;
  /** Since when it waits for an operator. */
  readonly asking?: number;
  /** Not the partner's own: it changes without an act, and is read where its servers' checks are counted. */
  readonly throttled?: unknown;
}

export interface RegisteredPartners {
  readonly createPartner: CreatePartner;
  readonly loadPartner: LoadPartner;
  readonly replacePartner: ReplacePartner;
  readonly clearPendingAct: ClearPendingAct;
  readonly listApplications: ListApplications;
  readonly listUnsettled: ListUnsettled;
  readonly listActivePartners: QuotaPorts['listActivePartners'];
}

const askingOf = (partner: Partner): number | undefined =>
  partner.state === 'applied' || partner.state === 'active' ? partner.application?.at : undefined;

/** Fields that are derived, or absent where they are null. */
const fieldsOf = (partner: Partner): Readonly<Record<string, unknown>> => {
  const { id: _id, pending, ...fields } = partner;
  return {
    reason: null,
    grants: [],
    shops: [],
    ...fields,
    pending: pending ?? undefined,
    registered: isRegistered(partner) ? partner.creditCode : undefined,
    asking: askingOf(partner),
  };
};

const toDocument = (partner: Partner): PartnerDocument => {
  const present = Object.entries(fieldsOf(partner)).filter(([, value]) => value !== undefined);
  return { _id: partner.id, ...Object.fromEntries(present) } as PartnerDocument; // the fields are a partner's own
};

const fromDocument = ({
  _id,
  registered: _code,
  asking: _since,
  throttled: _until,
  pending,
  ...fields
}: PartnerDocument): Partner => ({ ...fields, id: _id, pending: pending ?? null }) as Partner; // what was written was a partner

/** Partners in the collection `partners`. */
export const createRegisteredPartners = (): RegisteredPartners => {
  const collection = database.collection('partners');
  const { command } = database;
  const partnersOf = (answer: { data?: unknown }): readonly Partner[] =>
    // Only this adapter and the operator's first registration write to this collection.
    (answer.data as readonly PartnerDocument[]).map(fromDocument);

  return {
    createPartner: async (created) => {
      try {
        await collection.add(toDocument(created));
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },
    loadPartner: async (id) => {
      const found = only(await collection.where({ _id: id }).limit(1).get()) as PartnerDocument | null;
      return found && fromDocument(found);
    },
    replacePartner: async (prior, next) => {
      const fields = Object.entries(fieldsOf(next)).map(
        ([name, value]) => [name, value === undefined ? command.remove() : command.set(value)] as const,
      );
      try {
        const query = { _id: prior.id, revision: prior.revision };
        const answer = (await collection.where(query).update(Object.fromEntries(fields))) as { updated?: unknown };
        return countOf(answer.updated) === 1 ? 'replaced' : 'overtaken';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return 'taken';
      }
    },
    clearPendingAct: async (id, act) => {
      await collection.where({ _id: id, 'pending.id': act }).update({ pending: command.remove() });
    },
    listApplications: async (limit) =>
      partnersOf(
        await collection
          .where({ asking: command.gt(0) })
          .orderBy('asking', 'asc')
          .limit(limit)
          .get(),
      ),
    listUnsettled: async (before, limit) =>
      partnersOf(
        await collection
          .where({ 'pending.at': command.lt(before) })
          .limit(limit)
          .get(),
      ),
    listActivePartners: async (after, limit) => {
      const query = { state: 'active', ...(after !== null && { _id: command.gt(after) }) };
      return partnersOf(await collection.where(query).orderBy('_id', 'asc').limit(limit).get()).filter(
        (partner): partner is ActivePartner => partner.state === 'active',
      );
    },
  };
};
