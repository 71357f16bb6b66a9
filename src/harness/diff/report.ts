/** What `diff` found, as reports carry it. */
import type { AnyCommand } from '../contract/command.ts';
import type { Both } from '../contract/diff.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import type { Versions } from '../contract/version.ts';
import { showValue, toJson } from '../lockstep/values.ts';
import type { AllowedDifference } from './allowed.ts';
import type { Group, Signature } from './groups.ts';

export interface Side {
  /** As it was asked for: a release or a directory. */
  readonly name: string;
  readonly migrations: number;
  /** Tables, columns, functions and parameters that the other side lacks; none of them is compared. */
  readonly onlyHere: readonly string[];
  readonly remarks: readonly string[];
}

/** What is compared, known before the first sample. */
export interface DiffHeading {
  readonly pgtwin: string;
  readonly engine: string;
  readonly versions: Versions;
  readonly from: Side;
  readonly to: Side;
  /** The release whose commands are asked of both. */
  readonly commandsOf: string;
  readonly remarks: readonly string[];
}

export interface DiffReport extends DiffHeading {
  /** Columns of results that one side alone returns, not compared either: `start_tasks returns task_index`. */
  readonly returnedOnlyIn: Both<readonly string[]>;
  /** Commands and parameters that a side lacks, and that were asked of neither. */
  readonly notAsked: readonly string[];
  readonly leftOut: readonly { readonly table: string; readonly reason: string }[];
  readonly seed: number;
  readonly maxCommands: number;
  readonly samples: number;
  readonly commands: number;
  readonly seconds: number;
  readonly groups: readonly ReportedGroup[];
  /** Differences that there was no time to look into, or that only showed after others and were too many. */
  readonly notFollowed: readonly Signature[];
  /** Differences that did not show when their trace was executed once more: choices that nothing promises. */
  readonly unsteady: readonly Signature[];
  /** Entries of the file of allowed differences that were met. */
  readonly allowed: readonly AllowedDifference[];
  /** Those that were not: they would hide the next difference in the same place. */
  readonly stale: readonly AllowedDifference[];
  /** The file of the page of a trace that was looked at alone; null where none was asked for. */
  readonly page: string | null;
  readonly interrupted: boolean;
  readonly verdict: 'same' | 'different' | 'interrupted';
}

export interface ReportedGroup {
  /** From 1. */
  readonly number: number;
  /** The command after which it differs. */
  readonly function: string;
  /** What differs, first of all: what a file of allowed differences names. */
  readonly where: string;
  /** Everything that differs along with it after the shortest trace. */
  readonly places: readonly string[];
  /** In how many samples it was seen. */
  readonly samples: number;
  /** The first of them. */
  readonly firstSample: number;
  /** Numbers of groups that differ earlier in its trace: it may be no more than what follows from them. */
  readonly follows: readonly number[];
  readonly trace: Trace<AnyCommand>;
  readonly commands: number;
  readonly commandsBefore: number;
  readonly file: string | null;
  /** The file of the page that shows it, if there is one. */
  readonly page: string | null;
  /** The line that shows it again. */
  readonly replay: string | null;
  readonly differences: readonly {
    readonly where: string;
    readonly row: string;
    readonly from: unknown;
    readonly to: unknown;
    /** Both as text that tells SQL NULL, JSON's null and what is absent apart. */
    readonly shown: { readonly from: string; readonly to: string };
  }[];
}

export function reportGroup(
  group: Group,
  number: number,
  known: {
    readonly samples: number;
    readonly groupOf: (signature: Signature) => number;
  },
): ReportedGroup {
  const startedAt = startOf(group.trace);
  const follows = group.follows.map(known.groupOf).filter((each) => each > 0 && each !== number);
  return {
    number,
    function: group.type,
    where: group.what,
    places: [...new Set([group.what, ...group.places.map(({ what }) => what)])],
    samples: known.samples,
    firstSample: group.sample,
    follows: [...new Set(follows)].sort((a, b) => a - b),
    trace: group.trace,
    commands: group.trace.commands.length,
    commandsBefore: group.commandsBefore,
    file: null,
    page: null,
    replay: null,
    differences: group.places.map(({ where, row, from, to }) => ({
      where,
      row,
      from: toJson(from),
      to: toJson(to),
      shown: { from: showValue(from, startedAt), to: showValue(to, startedAt) },
    })),
  };
}

/** The JSON of `diff`; fields may be added to it, none is taken away. */
export function diffJson(report: DiffReport): object {
  return { ...report, seconds: Math.round(report.seconds * 1000) / 1000 };
}
