/** GitHub's own checks of workflows and actions, which its package has for editors. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { validate } from '@actions/languageservice';
import { build } from 'esbuild';
import type { TextDocument } from 'vscode-languageserver-textdocument';

interface Linter {
  readonly validate: typeof validate;
  readonly TextDocument: typeof TextDocument;
}

/** What an action takes, by name. */
export type ActionInputs = Readonly<
  Record<string, { description: string; required?: boolean; default?: string }>
>;

/** The package imports JSON as bundlers take it and Node does not, so it is bundled. */
async function loadLinter(): Promise<Linter> {
  const contents = `export { validate } from '@actions/languageservice';
    export { TextDocument } from 'vscode-languageserver-textdocument';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const folder = await mkdtemp(join(tmpdir(), 'pgtwin-linter-'));
  const file = join(folder, 'linter.mjs');
  try {
    await writeFile(file, outputFiles[0]!.text);
    return await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `path:line: what is wrong`; `inputsOf` are those of the actions that the file uses, by the name of their repository. */
export async function lintWorkflow(
  path: string,
  content: string,
  inputsOf: Readonly<Record<string, ActionInputs>>,
): Promise<string[]> {
  const { validate, TextDocument } = await loadedLinter();
  const fetchActionMetadata = async ({ name }: { name: string }) => {
    return { name, description: '', inputs: inputsOf[name] ?? {} };
  };
  // It remembers what it has seen by address alone.
  const document = TextDocument.create(`file:///${++linted}/${path}`, 'yaml', 0, content);
  const found = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } });
  return found.map(({ message, range }) => `${path}:${range.start.line + 1}: ${message}`);
}

let linted = 0;
let linter: Promise<Linter> | undefined;
function loadedLinter(): Promise<Linter> {
  linter ??= loadLinter();
  return linter;
}
