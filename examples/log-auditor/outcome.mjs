// What an audit may come to besides success, each with the code that the program exits with.

/** The log contradicts what it signed, or denies what it claimed. */
export class Lie extends Error {
  exitCode = 1;
}

/** It could not be checked, or not yet. */
export class Unchecked extends Error {
  exitCode = 2;
}

/** What was brought to be checked, a receipt or an event, is not the issuer's. */
export class NotGenuine extends Error {
  exitCode = 3;
}
