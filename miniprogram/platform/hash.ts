export { sha256 } from '../vendor/noble-curves';
