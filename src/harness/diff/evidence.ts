/** The files of what differs: for each group its trace, and the page that shows it. */
import { join } from 'node:path';
import { SetupError } from '../../sql/setup-error.ts';
import { defaultEngine } from '../engines.ts';
import { commandLine } from '../report/replay-line.ts';
import { writeTraceFile } from '../trace.ts';
import type { Group } from './groups.ts';
import { writeTandemPage } from './page.ts';
import type { Pair, PairOptions } from './pair.ts';
import type { KeptGroup } from './report.ts';

/** That something cannot be written is a remark, and hides nothing. */
export class Evidence {
  readonly remarks: string[] = [];
  readonly #options: PairOptions & { readonly out?: string | undefined };
  readonly #pair: Pair;
  readonly #seed: number;

  constructor(options: PairOptions & { readonly out?: string | undefined }, pair: Pair, seed: number) {
    this.#options = options;
    this.#pair = pair;
    this.#seed = seed;
  }

  async keep(group: Group, number: number): Promise<KeptGroup | null> {
    const { out, from, to } = this.#options;
    if (out === undefined) return null;
    const label = (side: string) => side.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '');
    const { engine } = this.#pair.heading;
    const path = join(out, `${engine}-${label(from)}-to-${label(to)}-seed${this.#seed}-${number}`);
    const file = `${path}.json`;
    try {
      await writeTraceFile(file, group.trace);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      this.remarks.push(`a trace is not kept: ${error.message}`);
      return null;
    }
    const replay = this.replayOf(file);
    return { file, page: await this.#pageOf(group, `${path}.html`, replay), replay };
  }

  /** The line that shows the trace again; null where it is in no file. */
  replayOf(file: string): string;
  replayOf(file: string | undefined): string | null;
  replayOf(file: string | undefined): string | null {
    if (file === undefined) return null;
    const { engine, from, to } = this.#options;
    const named = engine === undefined || engine === defaultEngine ? [] : ['--engine', engine];
    return commandLine(['pgtwin', 'diff', ...named, '--from', from, '--to', to, '--trace', file]);
  }

  /** The page may fail for any reason, its own bugs included: the trace says as much as it does. */
  async #pageOf({ type, what, trace, sample }: Group, page: string, replay: string): Promise<string | null> {
    const facts = [
      ['differs', `${type}: ${what}`],
      ['seed', String(this.#seed)],
      ['sample', String(sample)],
    ] as const;
    try {
      await writeTandemPage(page, this.#pair, { trace, facts, replay });
      return page;
    } catch (error) {
      this.remarks.push(`a page is not written: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}
