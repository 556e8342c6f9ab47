import { forgeAnswers, forgePublished, holdCalls } from './calls';
import type { Inspector } from './inspection';
import type { PhoneUser } from './phone-user';
import { proveEntry, restsFromToast, waits } from './steps';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** From the history to the check that staff said yes at. */
const openCheck = async (holder: PhoneUser): Promise<void> => {
  await holder.taps(new RegExp(holder.words.staffSame));
  await holder.sees(holder.words.receiptSigned);
};

const proofs = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  const held = await holdCalls(holder, 'holder');
  await holder.taps(new RegExp(words.staffSame));
  await waits(holder);
  await looks(holder, 'entry-loading');
  held.release();
  await holder.sees(words.receiptSigned);
  await looks(holder, 'entry-check');
  await holder.settings({ network: 'offline' });
  await holder.taps(words.prove);
  await holder.sees(words.unchecked);
  await looks(holder, 'entry-unchecked');
  await holder.settings({ network: 'online' });
  await holder.taps(words.goBack);
  await openCheck(holder);
  await proveEntry(holder);
  await looks(holder, 'entry-proven');
};

const rights = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await holder.taps(words.report);
  await holder.button(words.askedTooMuch).waitFor();
  await looks(holder, 'entry-report-reasons');
  await holder.taps(words.askedTooMuch);
  await holder.sees(words.reported);
  await holder.taps(words.askDeletion);
  await holder.button(words.deletionYes).waitFor();
  await looks(holder, 'entry-deletion-question');
  await holder.taps(words.deletionYes);
  await holder.sees(words.deletionAsked);
  await looks(holder, 'entry-acted');
};

const answers = async (owner: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = owner;
  await owner.sees(words.noCounter);
  await looks(owner, 'scan-no-terminal');
  await owner.taps(words.requests);
  await owner.button(words.isDeleted).waitFor();
  await looks(owner, 'requests');
  await owner.taps(words.keepByLaw);
  await owner.button(words.retention).waitFor();
  await looks(owner, 'requests-grounds');
  await owner.taps(words.retention);
  await owner.taps(words.confirmKeep);
  await owner.sees(words.noRequests);
  await restsFromToast(owner);
  await looks(owner, 'requests-answered');
};

/** States that no sample person comes to within a day. */
const rare = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  const overdue = await forgeAnswers(holder, 'openEntry', async (real) => {
    const { standing, ...reply } = await real();
    const deletion = isRecord(standing) && isRecord(standing['deletion']) ? standing['deletion'] : {};
    const late = { ...deletion, isOverdue: true, answered: null };
    return { ...reply, standing: { isReported: false, mayAskDeletion: false, deletion: late, consent: null } };
  });
  await openCheck(holder);
  await holder.sees(words.deletionOverdue);
  await looks(holder, 'entry-overdue');
  overdue.release();
  await holder.taps(words.goBack);
  const until = Date.now() + 365 * 24 * 60 * 60 * 1000;
  const given = { isReported: true, mayAskDeletion: true, deletion: null, consent: { state: 'given', until } };
  const lasting = await forgeAnswers(holder, 'openEntry', async (real) => ({ ...(await real()), standing: given }));
  const withdrawn = { ...given, consent: { state: 'withdrawn', at: Date.now() } };
  const acted = await forgeAnswers(holder, 'withdrawLastingConsent', () => ({ ok: true, standing: withdrawn }));
  await openCheck(holder);
  await holder.sees(words.mayAsk);
  await looks(holder, 'entry-consent');
  await holder.taps(words.withdrawConsent);
  await holder.button(words.withdrawYes).waitFor();
  await looks(holder, 'entry-consent-question');
  await holder.taps(words.withdrawYes);
  await holder.sees(words.consentWithdrawn);
  await looks(holder, 'entry-consent-withdrawn');
  [acted, lasting].forEach(({ release }) => release());
  await holder.taps(words.goBack);
  const missing = await forgeAnswers(holder, 'openEntry', () => ({
    ok: true,
    entry: { kind: 'entry_missing', number: 3 },
    opening: null,
    standing: { ...given, isReported: false, mayAskDeletion: false },
  }));
  await holder.taps(new RegExp(words.staffSame));
  await holder.sees(words.entryMissing);
  await holder.button(words.withdrawConsent).waitFor();
  await looks(holder, 'entry-missing');
  missing.release();
  await holder.taps(words.goBack);
  await holder.settings({ network: 'offline' });
  await holder.taps(new RegExp(words.staffSame));
  await holder.sees(words.noConnection);
  await looks(holder, 'entry-offline');
  await holder.settings({ network: 'online' });
  await holder.taps(words.goBack);
};

const contradiction = async (holder: PhoneUser, { looks }: Inspector): Promise<void> => {
  const { words } = holder;
  await openCheck(holder);
  const forged = await forgePublished(holder, '/public/log/inclusion', (told) => ({ ...told, proof: [] }));
  await holder.taps(words.prove);
  await holder.sees(words.alarm);
  await looks(holder, 'entry-contradiction');
  await holder.taps(words.copyEvidence);
  await holder.sees(words.copied);
  await restsFromToast(holder);
  forged.release();
  await holder.taps(words.goBack);
};

/**
 * Walks over what a holder sees of one check, what the business is asked, and what comes of it. @returns with the first screen
 * @param callOwner gives the owner of the business that made the check a phone, on the merchant's first screen
 */
export const tourOfEntry = async (
  holder: PhoneUser,
  callOwner: () => Promise<PhoneUser>,
  inspector: Inspector,
): Promise<void> => {
  const { words } = holder;
  await holder.taps(words.history);
  await holder.sees(words.staffSame);
  await proofs(holder, inspector);
  await rights(holder, inspector);
  await answers(await callOwner(), inspector);
  await holder.taps(words.goBack);
  await holder.taps(words.goBack);
  await holder.taps(words.history);
  await holder.sees(words.deletionAnswered);
  await inspector.looks(holder, 'history-answered');
  await holder.taps(new RegExp(words.deletionAnswered));
  await holder.button(words.aboutCheck).waitFor();
  await inspector.looks(holder, 'entry-answer');
  await holder.taps(words.aboutCheck);
  await holder.sees(words.keptByLaw);
  await inspector.looks(holder, 'entry-answered');
  await holder.taps(words.goBack);
  await holder.taps(words.goBack);
  await rare(holder, inspector);
  await contradiction(holder, inspector);
  await holder.taps(words.goBack);
};
