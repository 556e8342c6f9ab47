/**
 * Draws the sample identity cards and photographs them: `npx tsx scripts/draw-cards.ts [id …]`.
 * Prevents pictures of cards that no longer say what `local/people/people.json` says. The same people, fonts and versions give
 * the same files. Needs the fonts named in `draw-cards/fonts.ts`; who does not redraw needs none, as the pictures are committed.
 */
import { writeFile } from 'node:fs/promises';
import { picturePath, sampleChildren, samplePeople } from '../local/people';
import { backSvg } from './draw-cards/back-side';
import { requireFonts } from './draw-cards/fonts';
import { frontSvg } from './draw-cards/front-side';
import { photograph } from './draw-cards/photograph';
import { cutOutPortrait } from './draw-cards/portrait';

const draw = async (): Promise<void> => {
  requireFonts();
  const wanted = process.argv.slice(2);
  const all = [...samplePeople, ...sampleChildren];
  const people = all.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  if (people.length === 0) throw new Error(`no such person; there are: ${all.map(({ id }) => id).join(', ')}`);
  for (const person of people) {
    const portrait = await cutOutPortrait(picturePath(person, 'portrait'));
    await writeFile(
      picturePath(person, 'card-front'),
      await photograph(frontSvg(person, portrait), `${person.id} front`),
    );
    await writeFile(picturePath(person, 'card-back'), await photograph(backSvg(person), `${person.id} back`));
    console.log(`drew both sides of ${person.id}`);
  }
};

draw().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
