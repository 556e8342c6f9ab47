/** The super-app's scanner, for screens. */
export { scanCode, type Scanned } from '../platform/scan';
