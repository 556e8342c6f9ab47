/**
 * What all properties have in common.
 *
 * - One seed, so that a run that turns red was turned red by the change at hand; `PROPERTY_SEED=random` tries other examples, and says
 *   with which seed a property failed.
 * - A limit: a property that fails is shrunk, and of a long history of calls that can take hours in which jest's own timer never fires,
 *   since nothing waits in between. It is told with what was found until then; one that is too slow to be tried in full fails too.
 */
import fc from 'fast-check';

const seed = process.env['PROPERTY_SEED'] ?? '20261127';

fc.configureGlobal({
  ...(seed !== 'random' && { seed: Number(seed) }),
  interruptAfterTimeLimit: Number(process.env['PROPERTY_SECONDS'] ?? 300) * 1000,
  markInterruptAsFailure: true,
  // A mutant that is noticed is noticed: nobody reads by which example.
  endOnFailure: process.env['MUTATION_PORTION'] !== undefined,
});
