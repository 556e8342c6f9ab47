import type { QueueFarewellsPorts, SealFarewellsPorts } from '../../_core/notices/farewells';
import type { OpenNotice, SealNotice, Told } from '../../_core/notices/notice';
import type { Queued } from '../../_core/notices/queue-notices';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from './sealing';

export interface NoticeSealing
  extends Pick<SealFarewellsPorts, 'sealFarewells'>, Pick<QueueFarewellsPorts, 'openFarewells'> {
  readonly sealNotice: SealNotice;
  readonly openNotice: OpenNotice;
}

/** Seals what institutions are told, each notice under a key of its own: with the notice, its key is gone. */
export const createNoticeSealing = (sealing: Sealing): NoticeSealing => {
  const seal = (context: string, value: Told | readonly Queued[]) => {
    const dataKey = sealing.newDataKey();
    return { dataKey, sealed: sealing.seal(dataKey, context, Buffer.from(JSON.stringify(value))) };
  };
  const open = (
    context: string,
    { dataKey, sealed }: { readonly dataKey: SealedKey; readonly sealed: string },
  ): unknown => JSON.parse(sealing.open(dataKey, context, sealed).toString());
  // What opens under a context was sealed under it, a few lines above.
  return {
    sealNotice: (id, told) => seal(`notice ${id}`, told),
    openNotice: (notice) => open(`notice ${notice.id}`, notice) as Told,
    sealFarewells: (id, all) => seal(`farewells ${id}`, all),
    openFarewells: (id, farewells) => open(`farewells ${id}`, farewells) as readonly Queued[],
  };
};
