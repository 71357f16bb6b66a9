/** A function as the server has it in force, and where its text is from. */

export interface SqlFunction {
  /** `pgflow.add_step(text, text)`: tells overloads apart. */
  readonly signature: string;
  /** `add_step` */
  readonly name: string;
  readonly language: string;
  /** `CREATE OR REPLACE FUNCTION …`, as the server prints it, the body as it was written. */
  readonly definition: string;
  /** The script that the body is from, and the line (from 1) on which the body starts; nothing where none has it. */
  readonly origin: { readonly file: string; readonly line: number } | undefined;
}
