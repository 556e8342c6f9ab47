import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment for Node, with this process's own typed arrays. Jest gives each test file a realm of its own, and native
 * code (the recognition runtime) takes an array of another realm for no array at all.
 */
export default class NativeArraysEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, {
      Float32Array,
      Float64Array,
      Int32Array,
      BigInt64Array,
      Uint16Array,
      Int8Array,
      Int16Array,
    });
  }
}
