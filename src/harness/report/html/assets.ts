/** The script and the style of a page, each as one text: what the build made of `client`, or its sources as they stand. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface Assets {
  readonly script: string;
  readonly style: string;
}

let loaded: Promise<Assets> | undefined;

export function loadAssets(): Promise<Assets> {
  loaded ??= import.meta.url.endsWith('.ts') ? bundled() : built();
  return loaded;
}

async function built(): Promise<Assets> {
  const read = (name: string) => readFile(new URL(`./client/${name}`, import.meta.url), 'utf8');
  const [script, style] = await Promise.all([read('main.js'), read('page.css')]);
  return { script, style };
}

/** In development, with the bundler and the options that `npm run build` has. */
async function bundled(): Promise<Assets> {
  const { build } = await import('esbuild');
  const file = (name: string) => fileURLToPath(new URL(`./client/${name}`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [file('main.ts'), file('page.css')],
    bundle: true,
    minify: true,
    target: 'es2020',
    outdir: 'out',
    write: false,
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text;
  return { script: text('.js'), style: text('.css') };
}
