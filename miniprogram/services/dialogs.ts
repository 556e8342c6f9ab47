/** Questions and passing words, for screens. */
export { ask, choose, say, tell } from '../platform/dialogs';
