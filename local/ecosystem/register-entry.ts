import { createEmbeddedProofing } from '../../cloudfunctions/_adapters/embedded/index';
import type { Authority } from '../authority';
import { builtFiles } from './built-files';

/**
 * Enters the person of a photographed card into the local register, with the portrait that the card shows.
 * @param card a photograph of the card's front
 */
export const enterIntoRegister = async (
  authority: Authority,
  { name, number }: { readonly name: string; readonly number: string },
  card: Uint8Array,
): Promise<void> => {
  const { readSide } = await createEmbeddedProofing({ models: builtFiles.models });
  const side = await readSide(card);
  if (side.kind !== 'front' || !side.portrait) throw new Error('the card that was read shows no portrait now');
  const entered = await authority.enrol({ name, number, portrait: side.portrait.jpeg });
  if (entered !== 'enrolled') throw new Error('the register finds no face on the portrait of this card');
};
