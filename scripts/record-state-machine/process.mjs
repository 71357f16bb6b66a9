/** A process of the original: it carries out one machine, and may end at any command. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export class Process {
  #program;
  #folder;
  #child;
  #lines;
  #errors = '';
  #ended;

  /** `folder`: where it has a folder of its own meanwhile. */
  constructor(program, folder) {
    this.#program = program;
    this.#folder = mkdtempSync(join(folder, 'run-'));
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'];
    this.#child = spawn(program, ['-test.run', '^TestProgram$'], { cwd: this.#folder, stdio });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#errors += text;
    });
    this.#child.stdio[3].on('error', () => {});
    this.#ended = new Promise((resolve) => this.#child.on('close', resolve));
    this.#lines = createInterface({ input: this.#child.stdio[4] })[Symbol.asyncIterator]();
  }

  /** What is seen after a command; or with which words the process ended, and what it left behind. */
  async ask(command) {
    this.#child.stdio[3].write(`${JSON.stringify(command)}\n`);
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value);
    await this.#ended;
    return { panic: wordsOf(this.#errors), clock: this.#clock(), store: this.#left() };
  }

  async end() {
    this.#child.stdio[3].end();
    await this.#ended;
    rmSync(this.#folder, { recursive: true });
  }

  /** It lies in a file: a mutex of eight bytes, then the seconds and the count. */
  #clock() {
    const bytes = readFileSync(join(this.#folder, 'clock'));
    return { WallTime: bytes.readUInt32LE(8), Logical: bytes.readUInt32LE(12) };
  }

  #left() {
    const { output, error } = spawnSync(this.#program, ['-test.run', '^TestProgram$'], {
      env: { ...process.env, RECORDER_STORE: join(this.#folder, 'fornext') },
      stdio: ['ignore', 'ignore', 'inherit', 'ignore', 'pipe'],
    });
    if (error) throw error;
    return JSON.parse(String(output[4])).store;
  }
}

/** The words of a panic, without what the runtime tells of where it was. */
function wordsOf(errors) {
  const [, words] = /^panic: (.*?)(?:\n\[signal .*?)?\n\ngoroutine \d/s.exec(errors) ?? [];
  if (words === undefined) throw new Error(`the process ended without a panic: ${errors.slice(0, 2000)}`);
  return words;
}
