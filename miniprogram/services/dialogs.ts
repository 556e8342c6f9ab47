/** Questions and passing words, for screens. */
export { ask, say } from '../platform/dialogs';
