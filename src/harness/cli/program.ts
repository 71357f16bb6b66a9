/** The command line: every command with its options. What a command does is loaded when it is called. */

import { Command, Option } from 'commander';
import { quoted } from '../contract/names.ts';
import { pgtwinVersion } from '../contract/version.ts';
import { type Io, UsageError } from './io.ts';
import { duration, listed, percentage, share, wholeNumber } from './options.ts';

/** Gets the exit status of the command. */
type End = (status: number) => void;

/** `engines` is what the help says about engines. */
export function pgtwinProgram(io: Io, engines: string, end: End): Command {
  const program = new Command('pgtwin')
    .description('Tests a model of a workflow engine against the real SQL, and the SQL against the model.')
    .version(pgtwinVersion, '-V, --version', 'print the version')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {} })
    .exitOverride()
    .argument('[command]')
    .allowExcessArguments()
    .usage('<command> [options]')
    .addHelpText('after', `\nExample:\n  pgtwin verify --for 60s\n${engines}`)
    .action((command?: string) => {
      throw new UsageError(
        command === undefined
          ? 'name a command: verify, replay, record, diff, mutants, deviations or explain'
          : `unknown command ${quoted(command)}`,
      );
    });
  for (const add of [addVerify, addReplay, addRecord, addDiff, addMutants, addDeviations, addExplain]) {
    const command = add(program, io, end);
    command.copyInheritedSettings(program).allowExcessArguments(false).addHelpText('after', engines);
  }
  return program;
}

const example = (line: string): [position: 'after', text: string] => ['after', `\nExample:\n  ${line}`];

function addVerify(program: Command, io: Io, end: End): Command {
  return program
    .command('verify')
    .description('Runs random commands on model and SQL, and compares both after every command.')
    .option('--engine <name>', 'the engine to test, or all')
    .option(
      '--release <version>',
      'the release of the model, or all (default: what the SQL names, or else the newest)',
    )
    .option('--migrations <dir>', 'the directory with the SQL (default: the installed package)')
    .option('--schema <file>', 'the file or the directory with the SQL, for an engine without migrations')
    .option('--recording <file>', 'a recording of the SQL, in place of a database')
    .option('--intended <deviation>', 'compare with the documentation in this deviation; repeatable', listed)
    .option(
      '--samples <n>',
      'number of samples for each release (default: 1200; with --engine all as few as reach every branch)',
      wholeNumber(1),
    )
    .option('--for <time>', 'time for each release, instead of --samples: 60s, 5m, 500ms', duration)
    .option('--sample <index>', 'run only this sample', wholeNumber(0))
    .option('--max-commands <n>', 'maximum number of commands in a sample', wholeNumber(1))
    .option('--seed <n>', 'seed of the samples (default: 1)', wholeNumber(0))
    .option('--workers <n>', 'number of databases (default: one for each core, at most 4)', wholeNumber(1))
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--junit <file>', 'write the report as JUnit XML; - is standard output')
    .option('--out <dir>', 'directory for the trace of a divergence and its page', '.pgtwin')
    .addHelpText(...example('pgtwin verify --release 0.1.20 --samples 400 --json report.json'))
    .action(async (flags, self: Command) => {
      refuseBoth(self, 'for', 'samples');
      refuseBoth(self, 'sample', 'samples');
      refuseBoth(self, 'sample', 'for');
      for (const other of ['samples', 'for', 'seed', 'maxCommands', 'workers'])
        refuseBoth(self, 'recording', other);
      const { verifyCommand } = await import('./verify.ts');
      end(await verifyCommand({ ...flags, isOutNamed: isNamed(self, 'out') }, io));
    });
}

function addReplay(program: Command, io: Io, end: End): Command {
  return program
    .command('replay')
    .description('Executes a trace on model and SQL, and compares both after every command.')
    .argument('[trace.json]', 'the file with the trace')
    .option('--recording <file>', 'a trace of this recording, in place of a file and a database')
    .option('--sample <index>', 'with --recording: the number of the trace', wholeNumber(0))
    .option('--release <version>', 'the release of the model (default: what the trace names)')
    .option('--migrations <dir>', 'the directory with the SQL (default: the installed package)')
    .option('--schema <file>', 'the file or the directory with the SQL, for an engine without migrations')
    .option('--intended <deviation>', 'compare with the documentation in this deviation; repeatable', listed)
    .addOption(
      new Option(
        '--as <form>',
        'print the trace as a test: pgtap; sql, which needs no extension; or ts, for vitest, which executes the SQL in PGlite. psql is a script that checks nothing',
      ).choices(['pgtap', 'sql', 'ts', 'psql']),
    )
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--html [file]', 'write a page that shows every command (default: beside the trace)')
    .addOption(
      new Option('--format <language>', 'print the graph of the steps on standard output').choices([
        'mermaid',
        'dot',
      ]),
    )
    .addHelpText(...example('pgtwin replay .pgtwin/pgflow-0.1.20-seed1-sample17.json'))
    .action(async (file: string | undefined, flags, self: Command) => {
      for (const other of ['json', 'html', 'format']) refuseBoth(self, 'as', other);
      if ((file === undefined) === (flags.recording === undefined))
        throw new UsageError('name either a file with a trace, or a recording with --recording');
      for (const other of ['as', 'migrations', 'schema']) refuseBoth(self, 'recording', other);
      if (flags.sample !== undefined && flags.recording === undefined)
        throw new UsageError('--sample needs --recording');
      const { replayCommand } = await import('./replay.ts');
      end(await replayCommand(file, flags, io));
    });
}

function addRecord(program: Command, io: Io, end: End): Command {
  return program
    .command('record')
    .description('Executes commands on the SQL and keeps what it answered in a file, for verify --recording.')
    .option('--engine <name>', 'the engine')
    .option(
      '--release <version>',
      'the release of the model (default: what the SQL names, or else the newest)',
    )
    .option('--migrations <dir>', 'the directory with the SQL (default: the installed package)')
    .option('--schema <file>', 'the file or the directory with the SQL, for an engine without migrations')
    .option('--samples <n>', 'number of samples (default: 1200)', wholeNumber(1))
    .option('--for <time>', 'time instead of --samples: 60s, 5m, 500ms', duration)
    .option('--max-commands <n>', 'maximum number of commands in a sample', wholeNumber(1))
    .option('--seed <n>', 'seed of the samples (default: 1)', wholeNumber(0))
    .option('--traces <dir>', 'the traces of this directory, instead of samples; repeatable', listed)
    .option('--from <text>', 'where the SQL came from, for whoever reads the recording')
    .option('--license <name>', 'licence of the SQL, for whoever reads the recording')
    .requiredOption(
      '--out <file>',
      'the file of the recording; an interrupted run goes on with the same command',
    )
    .addHelpText(...example('pgtwin record --release 0.8.1 --samples 300 --out pgflow.jsonl.gz'))
    .action(async (flags, self: Command) => {
      refuseBoth(self, 'for', 'samples');
      for (const other of ['samples', 'for', 'seed', 'maxCommands']) refuseBoth(self, 'traces', other);
      const { recordCommand } = await import('./record.ts');
      end(await recordCommand(flags, io));
    });
}

function addDiff(program: Command, io: Io, end: End): Command {
  return program
    .command('diff')
    .description(
      'Compares the SQL of two releases or directories. Finds the shortest commands that show a difference.',
    )
    .requiredOption(
      '--from <side>',
      'a release, a directory of migrations, or a file or a directory with a schema (for an engine without migrations)',
    )
    .requiredOption('--to <side>', 'the other side')
    .option('--engine <name>', 'the engine')
    .option('--samples <n>', 'number of samples (default: 200)', wholeNumber(1))
    .option('--for <time>', 'time instead of --samples: 60s, 5m, 500ms', duration)
    .option('--trace <file>', 'execute only this trace')
    .option('--max-commands <n>', 'maximum number of commands in a sample', wholeNumber(1))
    .option('--seed <n>', 'seed of the samples (default: 1)', wholeNumber(0))
    .option('--allowed <file>', 'JSON file of expected differences: a list of function, where and reason')
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--junit <file>', 'write the report as JUnit XML; - is standard output')
    .option(
      '--html [file]',
      'with --trace: write a page that shows every command (default: beside the trace)',
    )
    .option('--out <dir>', 'directory for the traces of differences and their pages', '.pgtwin')
    .addHelpText(...example('pgtwin diff --from 0.8.1 --to ./my-migrations --for 60s'))
    .action(async (flags, self: Command) => {
      refuseBoth(self, 'for', 'samples');
      refuseBoth(self, 'trace', 'samples');
      refuseBoth(self, 'trace', 'for');
      const { diffCommand } = await import('./diff.ts');
      end(await diffCommand({ ...flags, isOutNamed: isNamed(self, 'out') }, io));
    });
}

function addMutants(program: Command, io: Io, end: End): Command {
  return program
    .command('mutants')
    .description('Plants bugs in the SQL, one at a time, and reports which of them verify finds.')
    .option('--engine <name>', 'the engine')
    .option('--release <version>', 'the release of model and SQL (default: the newest)')
    .option('--samples <n>', 'maximum number of samples for a mutant (default: 400)', wholeNumber(1))
    .option('--for <time>', 'maximum time for a mutant (default: 30s, without --samples)', duration)
    .option('--seed <n>', 'seed of the samples (default: 1)', wholeNumber(0))
    .option('--function <name>', 'only mutants of this function; repeatable', listed)
    .option('--operator <name>', 'only mutants of this operator; repeatable', listed)
    .option('--mutant <id>', 'only this mutant; repeatable', listed)
    .option('--sample <n>', 'only this number of mutants, drawn at random', wholeNumber(1))
    .option('--shard <n/m>', 'only share n of m, to divide the work between machines', share)
    .option('--merge <files...>', 'merge the reports of all shares, and run nothing')
    .option('--workers <n>', 'number of databases (default: one for each core, at most 4)', wholeNumber(1))
    .option('--fail-under <percent>', 'end with status 1 if fewer mutants are killed', percentage)
    .option('--resume <file>', 'keep each result in this file, and continue from the results in it')
    .option('--list', 'list the mutants, and run nothing')
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--html <file>', 'write the report as a page')
    .addHelpText(...example('pgtwin mutants --release 0.1.20 --function fail_task --html mutants.html'))
    .action(async (flags, self: Command) => {
      for (const other of ['list', 'resume', 'shard', 'sample']) refuseBoth(self, 'merge', other);
      const { mutantsCommand } = await import('./mutants.ts');
      end(await mutantsCommand(flags, io));
    });
}

function addDeviations(program: Command, io: Io, end: End): Command {
  return program
    .command('deviations')
    .description('Lists where the SQL does something else than its documentation says.')
    .argument('[id]', 'show only this deviation, with all details')
    .option('--engine <name>', 'the engine')
    .option('--release <version>', 'only deviations of this release')
    .option('--json <file>', 'write them as JSON, with their traces; - is standard output')
    .addHelpText(...example('pgtwin deviations stalled-tasks-are-never-retried'))
    .action(async (id: string | undefined, flags) => {
      const { deviationsCommand } = await import('./deviations.ts');
      end(await deviationsCommand(id, flags, io));
    });
}

function addExplain(program: Command, io: Io, end: End): Command {
  return program
    .command('explain')
    .description('Says in words what a value says that was found in a store.')
    .argument('<value>', 'the value; write -- before one that begins with a minus sign')
    .option('--engine <name>', 'the engine that it is of')
    .option('--release <version>', 'the release that it is of (default: the engine says)')
    .option('--json <file>', 'write the same as JSON; - is standard output')
    .addHelpText(...example('pgtwin explain --engine activity-ledger 889000001000001'))
    .action(async (value: string, flags) => {
      const { explainCommand } = await import('./explain.ts');
      end(await explainCommand(value, flags, io));
    });
}

const isNamed = (command: Command, option: string) => command.getOptionValueSource(option) === 'cli';

function refuseBoth(command: Command, one: string, other: string): void {
  const { [one]: first, [other]: second } = command.opts();
  if (first === undefined || second === undefined) return;
  const word = (option: string) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`${word(one)} and ${word(other)} exclude each other: use one of them`);
}
