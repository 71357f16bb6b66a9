/**
 * The SQL side cannot be set up: a package that is not installed, a directory that is not there, a migration
 * that does not install. One line that says what and how to mend it; the command line ends with status 2.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
