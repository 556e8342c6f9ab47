import { randomBytes } from 'node:crypto';
import { deletionId, eventId, instant } from '../../../protocol';
import type { Erasures } from '../../../cloudfunctions/_adapters/cloudbase/erasures';
import type { Identities } from '../../../cloudfunctions/_adapters/cloudbase/identities';
import { createSealing } from '../../../cloudfunctions/_adapters/crypto/sealing';
import { nextRevisionOf } from '../../../cloudfunctions/_core/card/change-identity';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import type { LastingConsent } from '../../../cloudfunctions/_core/consents/consent';
import { resources } from '../../../cloudfunctions/resources';
import { createShowingWorld } from '../../support/showing-world';
import { found, startCloudUnderTest, type CloudUnderTest } from '../cloud/cloud-under-test';

const sealing = createSealing(randomBytes(32));
let under: CloudUnderTest;
let identities: Identities;
let erasures: Erasures;

beforeAll(async () => {
  const collections = resources.collections.filter(({ name }) => ['identities', 'deletions'].includes(name));
  under = await startCloudUnderTest({ collections });
  // The adapters' SDK finds the cloud by the environment that has just been set.
  identities = (await import('../../../cloudfunctions/_adapters/cloudbase/identities')).createIdentities(sealing);
  erasures = (await import('../../../cloudfunctions/_adapters/cloudbase/erasures')).createErasures();
});
afterAll(() => under.close());

const consent: LastingConsent = {
  ...{ number: 3, client: 'bank-branches', partner: 'minjiang-bank', purpose: 'bank-account-opening' },
  ...{ until: instant(2_000_000_000_000), withdrawnAt: null },
};

const written = async (prior: Identity, change: Partial<Identity>): Promise<Identity> => {
  const next = nextRevisionOf(prior, change);
  expect(await identities.replaceIdentity(prior, next)).toBe(true);
  return next;
};
const documents = () => found(under.app.database().collection('identities').limit(10));

describe('consents that last', () => {
  it('come back as they were kept, lie sealed, and go with the last of them and with the account', async () => {
    const created = { ...createShowingWorld().identity(), dataKey: sealing.newDataKey() };
    await identities.createIdentity(created);
    expect((await identities.loadIdentity(created.key))?.consents).toBeUndefined();
    const given = await written(created, { consents: [consent] });
    expect(await identities.loadIdentity(created.key)).toEqual(given);
    const [sealed] = await documents();
    for (const told of ['minjiang-bank', 'bank-branches', 'bank-account-opening', '2000000000000'])
      expect(JSON.stringify(sealed)).not.toContain(told);
    // What nothing has changed is not sealed anew.
    const beside = await written(given, { deletion: null });
    expect((await documents())[0]?.['consents']).toBe(sealed?.['consents']);

    const withdrawn = await written(beside, { consents: [{ ...consent, withdrawnAt: instant(5) }] });
    expect(await identities.loadIdentity(created.key)).toEqual(withdrawn);
    const { command } = under.app.database();
    const marked = under.app
      .database()
      .collection('identities')
      .where({ 'unannounced.since': command.exists(true) });
    expect(await found(marked)).toMatchObject([{ _id: created.key, unannounced: { since: withdrawn.revision } }]);

    const empty = await written(withdrawn, { consents: [] });
    expect((await documents())[0]).not.toHaveProperty('consents');
    const last = await written(empty, { consents: [consent] });
    const { key, account, revision } = last;
    const event = {
      ...{ id: eventId('e'.repeat(32)), at: instant(9), commitment: 'c'.repeat(43) },
      open: { salt: 's'.repeat(22), content: '{}' },
    };
    const proof = { id: deletionId('d'.repeat(32)), deletedAt: instant(9), unreadableEvents: 3, proof: 'a.b.c' };
    const erasure = { ...proof, key, account, revision, event, places: [], pictures: [] };
    expect(await erasures.eraseIdentity(last, erasure)).toBe(true);
    const [erased] = await documents();
    expect(Object.keys(erased ?? {}).sort()).toEqual(['_id', 'erased', 'revision']);
  });
});
