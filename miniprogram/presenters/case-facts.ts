import type { DocumentFields } from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { readFields } from './read-fields';

/** All that was read from a document, as its reviewer goes over it. */
export const caseFacts = (fields: DocumentFields, language: Language): Fact[] => {
  const { front, back } = readFields(fields, language);
  return [...front, ...back].map(({ name, value, isDoubtful }) => ({
    name: name.charAt(0).toUpperCase() + name.slice(1),
    value,
    isDoubtful,
  }));
};
