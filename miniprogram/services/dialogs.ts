/** Questions and passing words, for screens. */
export { ask, say, tell } from '../platform/dialogs';
