import type { QueueFarewellsPorts, SealFarewellsPorts } from '../../_core/notices/farewells';
import type { OpenNotice } from '../../_core/notices/notice';
import type { BlindIndex } from '../crypto/blind-index';
import { createDrawLineMarks, createDrawNames } from '../crypto/holder-names';
import { createNoticeSealing } from '../crypto/notice-sealing';
import type { Sealing } from '../crypto/sealing';
import { loadInstitution } from './institutions';
import { createNotices } from './notices';
import { createRegisteredPartners } from './registered-partners';

/** All that it takes to have institutions hear of something later. */
export const createNoticeQueue = (
  sealing: Sealing,
  index: Pick<BlindIndex, 'ofNoticeLine'>,
): QueueFarewellsPorts & Omit<SealFarewellsPorts, 'sha256'> & { readonly openNotice: OpenNotice } => {
  const { loadNoticeLine, createNoticeLine, replaceNoticeLine } = createNotices();
  return {
    ...{ loadNoticeLine, createNoticeLine, replaceNoticeLine, loadInstitution },
    loadPartner: createRegisteredPartners().loadPartner,
    drawNames: createDrawNames(sealing),
    drawLineMarks: createDrawLineMarks(sealing),
    noticeLineKeyOf: index.ofNoticeLine,
    ...createNoticeSealing(sealing),
  };
};
