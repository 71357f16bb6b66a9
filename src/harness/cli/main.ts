/** The command `pgtwin`: reads the command line, calls a command, and turns what happened into an exit status. */

import { CommanderError } from 'commander';
import { visible, visibleLines } from '../../model/kernel/visible.ts';
import { InterruptedError } from '../../sql/driver.ts';
import { shortened } from '../contract/names.ts';
import { failureLine } from './failure.ts';
import { enginesText } from './help.ts';
import { type Io, UsageError } from './io.ts';
import { pgtwinProgram } from './program.ts';
import { endOfOutput, StandardStream } from './standard-streams.ts';

/** Runs a command line (without node and script) and gives the exit status; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  // The list of engines is loaded for the help alone: what it needs may be what is missing.
  const isHelp = argv.some((word) => word === '--help' || word === '-h' || word === 'help');
  const program = pgtwinProgram(io, isHelp ? await enginesText(io) : '', (result) => {
    status = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status === interrupted ? statusOf(io.signal) : status;
  } catch (error) {
    if (io.signal.aborted && isInterruption(error)) {
      io.stderr.write(`pgtwin: ${failureLine(error)}\n`);
      return statusOf(io.signal);
    }
    // Help and version end this way too, having printed what they print.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    io.stderr.write(`pgtwin: ${lineOf(error, argv, program.commands)}\n`);
    if (io.env.PGTWIN_DEBUG && error instanceof Error) io.stderr.write(`${visibleLines(traceOf(error))}\n`);
    return 2;
  }
}

/** What is wrong; where the command line is, it ends with the help to look at. */
function lineOf(error: unknown, argv: readonly string[], commands: readonly { name(): string }[]): string {
  if (!(error instanceof CommanderError || error instanceof UsageError)) return failureLine(error);
  const command = commands.find((each) => each.name() === argv[0]);
  const help = `see pgtwin ${command ? `${command.name()} ` : ''}--help`;
  const fault = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return `${visible(shortened(fault, longestFault))}; ${help}`;
}

/** What was typed may be anything: so much of it is enough to know it again. */
const longestFault = 500;

const traceOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.stack}\ncaused by ${error.cause.stack}` : String(error.stack);

/** Of a command that was interrupted, by whatever signal. */
const interrupted = 130;

const signals = { SIGINT: interrupted, SIGTERM: 143, SIGHUP: 129 } as const;

const statusOf = ({ reason }: AbortSignal): number => signals[reason as keyof typeof signals] ?? interrupted;

const isInterruption = (error: unknown): boolean =>
  error instanceof InterruptedError || (error instanceof Error && error.cause instanceof InterruptedError);

/** The process itself: real streams, real signals. */
export async function main(): Promise<void> {
  const controller = new AbortController();
  for (const [name, status] of Object.entries(signals)) {
    process.on(name, () => {
      // Once ends it in good order, twice at once.
      if (controller.signal.aborted) process.exit(status);
      controller.abort(name);
    });
  }
  const [stdout, stderr] = [new StandardStream(process.stdout), new StandardStream(process.stderr)];
  const io = { stdout: stdout.stream, stderr: stderr.stream, env: process.env, signal: controller.signal };
  process.exitCode = await endOfOutput(await run(process.argv.slice(2), io), stdout, stderr);
}
