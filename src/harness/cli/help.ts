/** What the help of every command says about engines. */
import { visible } from '../../model/kernel/visible.ts';
import type { Io } from './io.ts';

/** The engines and their releases, oldest first; a line that says what is missing where they cannot be loaded. */
export async function enginesText(io: Pick<Io, 'services'>): Promise<string> {
  try {
    const { engines, defaultEngine } = io.services ?? (await import('../services.ts')).defaultServices;
    const width = Math.max(...engines.map(({ name }) => name.length));
    const lines = engines.map(({ name, releases }) => {
      const note = name === defaultEngine ? ' (default engine)' : '';
      return `  ${name.padEnd(width)}  ${releases.map(({ release }) => release).join(', ')}${note}`;
    });
    return `\nEngines and releases, the newest last:\n${lines.join('\n')}\n`;
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `\nThe engines cannot be listed: ${visible(first!)}\n`;
  }
}
