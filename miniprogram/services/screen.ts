/** The phone's screen while a code is shown, for screens. */
export { buzz, onCapture, showBrightly } from '../platform/screen';
