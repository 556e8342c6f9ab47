import type { Inspector } from './inspection';
import type { Journey } from './journey';
import { samplePerson, type Look } from './phone-user';
import { tourOfAsk } from './tour-of-ask';
import { tourOfCard, tourOfEnd } from './tour-of-card';
import { tourOfCheck } from './tour-of-check';
import { tourOfConsole } from './tour-of-console';
import { tourOfCounter } from './tour-of-counter';
import { tourOfEnrolment } from './tour-of-enrolment';
import { tourOfEntry } from './tour-of-entry';
import { tourOfSecondPhone } from './tour-of-life';
import { tourOfOffline } from './tour-of-offline';
import { tourOfPartner } from './tour-of-partner';

/** Comes to every screen and its main states, but for those of a child and its guardian, and has each looked at. */
export const tourOfEverything = async (
  journey: Journey,
  { look, person }: { readonly look: Look; readonly person: string },
  inspector: Inspector,
): Promise<void> => {
  const holder = await journey.holder(person, look);
  await tourOfEnrolment(holder, samplePerson(person).camera, 'he-huilan', inspector);
  await tourOfCard(holder, inspector);
  const merchant = await journey.merchant(look, { network: 'offline' });
  await tourOfCheck(holder, merchant, inspector);
  await tourOfEntry(holder, () => journey.merchant(look, { openId: 'oOwnerParcelShop' }), inspector);
  await tourOfCounter(holder, merchant, inspector);
  await tourOfAsk(holder, inspector);
  await tourOfOffline(holder, merchant, inspector);
  const owner = await journey.merchant(look, { openId: `oNewOwner-${person}` });
  const clerk = await journey.merchant(look, { openId: `oNewClerk-${person}` });
  await tourOfPartner({ running: journey.running, look, owner, clerk, holder }, inspector);
  await tourOfSecondPhone(await journey.holder(person, look), inspector);
  await tourOfEnd(holder, inspector);
  const newcomer = { openId: `oNewcomer-${look.language}-${look.theme}` };
  await tourOfConsole(await journey.holder('he-huilan', look, newcomer), inspector);
};
