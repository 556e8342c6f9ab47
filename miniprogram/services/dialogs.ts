/** Questions and passing words, for screens. */
export { ask, say, type Question } from '../platform/dialogs';
