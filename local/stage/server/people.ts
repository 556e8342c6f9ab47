import type { ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { pictureNames, picturePath, sampleChildren, samplePeople } from '../../people';
import { sampleOperators, sampleOwner, samplePartners, sampleStaff } from '../../ecosystem/partners';
import { YOURSELF } from './own-card';
import { replyFile, replyText } from './reply';

/** Open id of a sample person's account. */
const openIdOf = (person: string): string => `oSample-${person}`;

const namesOf = (partner: string) =>
  samplePartners.find(({ id }) => id === partner)?.names ?? { zh: partner, en: partner };

const everybody = [...samplePeople, ...sampleChildren];

/** Whoever can be logged in on a phone of the page. */
export const peopleAddresses = () => ({
  people: everybody.map(({ id, name, pinyin }) => ({ id, openId: openIdOf(id), name: { zh: name, en: pinyin } })),
  staff: [
    ...sampleStaff.map(({ openId, partner, terminal }) => ({ openId, shop: namesOf(partner), terminal })),
    { openId: sampleOwner.openId, shop: namesOf(sampleOwner.partner), terminal: null },
  ],
  operators: sampleOperators,
  yourself: YOURSELF,
});

/** Answers `/people/<id>/<picture>.jpg`. */
export const replyPicture = (response: ServerResponse, path: string): void => {
  const [, , id = '', file = ''] = path.split('/');
  const person = everybody.find((one) => one.id === id);
  const picture = pictureNames.find((name) => `${name}.jpg` === file);
  if (!person || !picture) {
    replyText(response, 404, 'txt', 'There is no such picture here.\n');
    return;
  }
  const at = picturePath(person, picture);
  replyFile(response, dirname(at), basename(at));
};
