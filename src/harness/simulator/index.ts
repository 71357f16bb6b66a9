/** Entry point `pgtwin`: unit-testing a flow. Loads no package. */

export { simulate } from './simulate.ts';
