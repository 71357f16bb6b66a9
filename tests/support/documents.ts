/** The documents of the repository. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export const textOf = (document: string): Promise<string> => readFile(join(root, document), 'utf8');

/** Where the links of a document lead that name a file. */
export const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => target!);

export const documentsInDocs: readonly string[] = (await readdir(join(root, 'docs'), { recursive: true }))
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));
