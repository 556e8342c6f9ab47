/** The super-app's scanner, for screens. */
export { scanCode } from '../platform/scan';
