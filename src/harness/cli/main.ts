/** The command `pgtwin`: reads the command line, hands over, and turns what happened into an exit status. */
import { Command, CommanderError, Option } from 'commander';
import { pgtwinVersion } from '../contract/version.ts';
import { diagramLanguages } from '../report/diagram.ts';
import { failureLine } from './failure.ts';
import { type Io, UsageError } from './io.ts';
import { duration, listed, percentage, share, wholeNumber } from './options.ts';

/** Runs a command line (without node and script) and answers with the exit status; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = pgtwinProgram(io, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    // Help and version end this way too, having printed what they print.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const line =
      error instanceof CommanderError
        ? `${error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')}; see pgtwin --help`
        : failureLine(error);
    io.stderr.write(`pgtwin: ${line}\n`);
    if (io.env.PGTWIN_DEBUG && error instanceof Error) io.stderr.write(`${traceOf(error)}\n`);
    return 2;
  }
}

const traceOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.stack}\ncaused by ${error.cause.stack}` : String(error.stack);

/** The process itself: real streams, Ctrl-C. */
export async function main(): Promise<void> {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    // Once ends it in good order, twice at once.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  // Whoever reads the output may stop reading.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const { stdout, stderr, env } = process;
  process.exitCode = await run(process.argv.slice(2), { stdout, stderr, env, signal: controller.signal });
}

function pgtwinProgram(io: Io, end: (status: number) => void): Command {
  const program = new Command('pgtwin')
    .description('A pure model of a workflow engine, proven against its real SQL.')
    .version(pgtwinVersion, '-V, --version', 'print the version')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {} })
    .exitOverride()
    .argument('[command]')
    .allowExcessArguments()
    .usage('<command> [options]')
    .addHelpText('after', '\nExample:\n  pgtwin verify --for 60s')
    .action((command?: string) => {
      throw new UsageError(
        command === undefined
          ? 'name a command: verify, replay, diff, mutants or deviations; see pgtwin --help'
          : `unknown command "${command}"; see pgtwin --help`,
      );
    });
  addVerify(program, io, end);
  addReplay(program, io, end);
  addDiff(program, io, end);
  addMutants(program, io, end);
  addDeviations(program, io, end);
  return program;
}

function addVerify(program: Command, io: Io, end: (status: number) => void): void {
  const command = program
    .command('verify')
    .description('random samples, model against SQL, compared after every command')
    .option('--engine <name>', 'what is tested', 'pgflow')
    .option(
      '--release <version>',
      'of the model, or all (default: told from the SQL that is named, or the newest modelled)',
    )
    .option('--migrations <dir>', 'the SQL (default: that of the release, from the installed package)')
    .option('--schema <file>', 'the SQL, for an engine without migrations (default: that of the release)')
    .option('--intended <deviation>', 'check the documentation in this instead; repeatable', listed)
    .option('--samples <n>', 'how many samples (of each release)', wholeNumber(1))
    .option('--for <time>', 'how long, instead of how many: 60s, 5m, 500ms', duration)
    .option('--sample <index>', 'one sample by itself', wholeNumber(0))
    .option('--max-commands <n>', 'commands of a sample at most', wholeNumber(1))
    .option('--seed <n>', 'of the campaign (default: 1)', wholeNumber(0))
    .option('--workers <n>', 'databases at once (default: one a core, at most 4)', wholeNumber(1))
    .option('--json <file>', 'the report as JSON; - is standard output')
    .option('--junit <file>', "the report as JUnit's XML; - is standard output")
    .option('--out <dir>', 'where the trace of a divergence and its page are written', '.pgtwin')
    .addHelpText('after', '\nExample:\n  pgtwin verify --release 0.1.20 --samples 400 --json report.json')
    .action(async (flags, self: Command) => {
      conflict(self, 'for', 'samples');
      conflict(self, 'sample', 'samples');
      conflict(self, 'sample', 'for');
      const { verifyCommand } = await import('./verify.ts');
      end(await verifyCommand(flags, io));
    });
  command.copyInheritedSettings(program).allowExcessArguments(false);
}

function addReplay(program: Command, io: Io, end: (status: number) => void): void {
  const command = program
    .command('replay')
    .description('a kept trace on model and SQL')
    .argument('<trace.json>', 'the trace')
    .option('--release <version>', 'of the model (default: the one that the trace names)')
    .option('--migrations <dir>', 'the SQL (default: that of the release, from the installed package)')
    .option('--schema <file>', 'the SQL, for an engine without migrations (default: that of the release)')
    .option('--intended <deviation>', 'check the documentation in this instead; repeatable', listed)
    .addOption(
      new Option('--as <form>', 'print it as a pgTAP test, a psql script or a vitest test').choices([
        'pgtap',
        'sql',
        'ts',
      ]),
    )
    .option('--json <file>', 'the report as JSON; - is standard output')
    .option('--html [file]', 'a page that shows every moment of it (default: beside the trace)')
    .addOption(
      new Option('--format <language>', 'the graph of its steps, on standard output').choices(
        diagramLanguages,
      ),
    )
    .addHelpText('after', '\nExample:\n  pgtwin replay .pgtwin/pgflow-0.1.20-seed1-sample17.json')
    .action(async (file: string, flags, self: Command) => {
      conflict(self, 'as', 'json');
      conflict(self, 'as', 'migrations');
      conflict(self, 'as', 'schema');
      conflict(self, 'as', 'html');
      conflict(self, 'as', 'format');
      const { replayCommand } = await import('./replay.ts');
      end(await replayCommand(file, flags, io));
    });
  command.copyInheritedSettings(program).allowExcessArguments(false);
}

function addDiff(program: Command, io: Io, end: (status: number) => void): void {
  const command = program
    .command('diff')
    .description(
      'the SQL of two releases or directories against each other: the shortest commands on which they differ',
    )
    .requiredOption(
      '--from <side>',
      'a release, a directory of migrations, or a file with a schema where the engine has no migrations',
    )
    .requiredOption('--to <side>', 'another')
    .option('--engine <name>', 'whose SQL', 'pgflow')
    .option('--samples <n>', 'how many samples (default: 200)', wholeNumber(1))
    .option('--for <time>', 'how long, instead of how many: 60s, 5m, 500ms', duration)
    .option('--trace <file>', 'that trace alone, as it is')
    .option('--max-commands <n>', 'commands of a sample at most', wholeNumber(1))
    .option('--seed <n>', 'of the samples (default: 1)', wholeNumber(0))
    .option('--allowed <file>', 'differences that are meant: JSON, a list of function, where and reason')
    .option('--json <file>', 'the report as JSON; - is standard output')
    .option('--junit <file>', "the report as JUnit's XML; - is standard output")
    .option('--html [file]', 'with --trace, a page that shows every moment of it (default: beside the trace)')
    .option('--out <dir>', 'where the traces of what differs and their pages are written', '.pgtwin')
    .addHelpText('after', '\nExample:\n  pgtwin diff --from 0.8.1 --to ./my-migrations --for 60s')
    .action(async (flags, self: Command) => {
      conflict(self, 'for', 'samples');
      conflict(self, 'trace', 'samples');
      conflict(self, 'trace', 'for');
      const { diffCommand } = await import('./diff.ts');
      end(await diffCommand(flags, io));
    });
  command.copyInheritedSettings(program).allowExcessArguments(false);
}

function addMutants(program: Command, io: Io, end: (status: number) => void): void {
  const command = program
    .command('mutants')
    .description('bugs planted in the SQL one at a time, and which of them verify finds')
    .option('--engine <name>', 'what is tested', 'pgflow')
    .option('--release <version>', 'of model and SQL (default: the newest modelled)')
    .option('--samples <n>', 'samples a mutant at most (default: 400)', wholeNumber(1))
    .option('--for <time>', 'time a mutant at most (default: 30s, unless --samples is given)', duration)
    .option('--seed <n>', 'of the samples (default: 1)', wholeNumber(0))
    .option('--function <name>', 'mutants of this one alone; repeatable', listed)
    .option('--operator <name>', 'mutants of this kind alone; repeatable', listed)
    .option('--mutant <id>', 'this one alone; repeatable', listed)
    .option('--sample <n>', 'so many of them, drawn at random', wholeNumber(1))
    .option('--shard <n/m>', 'the n-th of m shares, for as many machines', share)
    .option('--merge <files...>', 'the reports of all shares as one, instead of running')
    .option('--workers <n>', 'databases at once (default: one a core, at most 4)', wholeNumber(1))
    .option('--fail-under <percent>', 'end with status 1 where fewer are killed', percentage)
    .option('--resume <file>', 'keep results in this file as they come, and go on from those that it has')
    .option('--list', 'show the mutants without running them')
    .option('--json <file>', 'the report as JSON; - is standard output')
    .option('--html <file>', 'the report as a page')
    .addHelpText(
      'after',
      '\nExample:\n  pgtwin mutants --release 0.1.20 --function fail_task --html mutants.html',
    )
    .action(async (flags, self: Command) => {
      for (const other of ['list', 'resume', 'shard', 'sample']) conflict(self, 'merge', other);
      const { mutantsCommand } = await import('./mutants.ts');
      end(await mutantsCommand(flags, io));
    });
  command.copyInheritedSettings(program).allowExcessArguments(false);
}

function addDeviations(program: Command, io: Io, end: (status: number) => void): void {
  const command = program
    .command('deviations')
    .description('where the SQL does something other than its documentation says')
    .argument('[id]', 'one of them, whole')
    .option('--engine <name>', 'whose', 'pgflow')
    .option('--release <version>', 'those of this release alone')
    .option('--json <file>', 'the registry as JSON, with the traces; - is standard output')
    .addHelpText('after', '\nExample:\n  pgtwin deviations stalled-tasks-are-never-retried')
    .action(async (id: string | undefined, flags) => {
      const { deviationsCommand } = await import('./deviations.ts');
      end(await deviationsCommand(id, flags, io));
    });
  command.copyInheritedSettings(program).allowExcessArguments(false);
}

function conflict(command: Command, one: string, other: string): void {
  const { [one]: first, [other]: second } = command.opts();
  if (first !== undefined && second !== undefined)
    throw new UsageError(`--${one} and --${other} exclude each other`);
}
