// What the provider is loaded on stands first.
import { providerIsLoaded } from './node-22';
import Library, { errors, interactionPolicy } from 'oidc-provider';

providerIsLoaded();

/** The OAuth library: every other module takes it from here. */
export { Library as Provider, errors, interactionPolicy };
