/** The clipboard, for screens. */
export { copyText } from '../platform/clipboard';
