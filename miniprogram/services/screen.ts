/** The phone's screen while a code or somebody's data are shown, for screens. */
export { buzz, hideCaptures, onCapture, showBrightly } from '../platform/screen';
