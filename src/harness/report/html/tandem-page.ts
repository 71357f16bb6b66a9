/** The page of a trace that was executed on two installations of the SQL. */
import { basename } from 'node:path';
import type { Row } from '../../../model/kernel/transition.ts';
import { type Both, type Journal, sideNames } from '../../contract/diff.ts';
import type { Observation } from '../../contract/observation.ts';
import { startOf } from '../../contract/trace.ts';
import type { Pair } from '../../diff/pair.ts';
import type { PairRecording } from '../../diff/record.ts';
import type { TandemMoment } from '../../diff/tandem.ts';
import { count } from '../text.ts';
import { leftOutRemark } from './left-out.ts';
import { pageDifference } from './page-difference.ts';
import type { PageInput, PageMoment } from './page-input.ts';

export interface TandemPage {
  /** What else there is to know, such as the seed, before the versions. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What to type to see it again; null where the trace is in no file. */
  readonly replay: string | null;
}

export function tandemPage(
  { release, heading, support }: Pick<Pair, 'release' | 'heading' | 'support'>,
  { trace, initial, moments: recorded, leftOut, areSame }: PairRecording,
  { facts, replay }: TandemPage,
): PageInput {
  const journals = (support.journals ?? []).map((journal) => new Journals(journal));
  const moments = recorded.map((moment) =>
    journals.reduce((paired, journal) => journal.paired(paired), moment),
  );
  const { from, to, versions, pgtwin, engine, commandsOf } = heading;
  const names = sideNamesOf(from.name, to.name);
  const startedAt = startOf(trace);
  const done = count(leftOut + moments.length, 'command');
  return {
    title: areSame
      ? `${names.from} and ${names.to} behave the same: ${done}.`
      : `${names.to} behaves differently from ${names.from}: ${done}.`,
    tone: areSame ? 'good' : 'bad',
    facts: [
      ...facts,
      ['from', `${engine} ${from.name} (${count(from.migrations, 'migration')})`],
      ['to', `${engine} ${to.name} (${count(to.migrations, 'migration')})`],
      ['commands of', `${engine} ${commandsOf}`],
      ['pgtwin', pgtwin],
      ...Object.entries(versions).map(([name, version]): [string, string] => [name, String(version)]),
      ['begins', trace.startedAt],
    ],
    remarks: [
      ...leftOutRemark(leftOut, moments.length),
      ...heading.remarks,
      ...[from, to].flatMap(({ name, remarks }) => remarks.map((remark) => `${name}: ${remark}`)),
    ],
    replay: replay === null ? null : `npx ${replay}`,
    startedAt,
    sides: [names.from, names.to],
    key: release.comparison.key,
    drawing: release.drawing,
    initial: initial.from,
    moments: moments.flatMap((moment, i) =>
      momentsOf(moment, names, release.machine.describe(moment.command), i === moments.length - 1),
    ),
  };

  function momentsOf(
    { startedAt: at, answers, tables, places, reconciled }: TandemMoment,
    { from: first, to: second }: Both<string>,
    sql: string,
    isLast: boolean,
  ): PageMoment[] {
    const sides = [
      { ...answers.from, tables: tables.from },
      { ...answers.to, tables: tables.to },
    ];
    const differences = places.map(({ where, row, from: one, to: other }) =>
      pageDifference({ where, row, values: [one, other] }, release.drawing, startedAt),
    );
    const shown: PageMoment = { at, sql, branches: [], sides, differences };
    if (!reconciled || isLast) return [shown];
    const ended = Math.max(answers.from.finishedAt, answers.to.finishedAt);
    const nothing = { result: { ok: true, rows: [] }, finishedAt: ended } as const;
    return [
      shown,
      {
        at: ended,
        sql: `-- copy: the tables of ${first} replace those of ${second}`,
        note: 'This is not a command of the trace. Both sides now have the same rows, so the next command is compared on its own.',
        branches: [],
        sides: [
          { ...nothing, tables: reconciled.from },
          { ...nothing, tables: reconciled.to },
        ],
        differences: [],
      },
    ];
  }
}

/** A directory by its last part, where that tells the two apart. */
function sideNamesOf(from: string, to: string): Both<string> {
  const [one, other] = [basename(from), basename(to)];
  return one === other || one === '' || other === '' ? { from, to } : { from: one, to: other };
}

/** What both sides wrote down, with what is of one kind beside each other: ids of their own would pair it at random. */
class Journals {
  readonly #journal: Journal;
  readonly #rows: Record<keyof Both<unknown>, Row[]> = { from: [], to: [] };
  readonly #seen = { from: 0, to: 0 };
  #next = 1;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  paired(moment: TandemMoment): TandemMoment {
    const { table, id } = this.#journal;
    const kinds = new Map<string, number>();
    for (const side of sideNames) {
      const rows = moment.tables[side].get(table) ?? [];
      const added = rows.filter((row) => Number(row[id]) > this.#seen[side]);
      const nth = new Map<string, number>();
      for (const row of added) {
        const kind = this.#journal.kindOf(row);
        nth.set(kind, (nth.get(kind) ?? 0) + 1);
        const name = `${kind} ${nth.get(kind)}`;
        const place = kinds.get(name) ?? this.#next++;
        kinds.set(name, place);
        this.#rows[side].push({ ...row, [id]: place });
        this.#seen[side] = Number(row[id]);
      }
    }
    // Most traces write nothing into some of them.
    if (this.#rows.from.length === 0 && this.#rows.to.length === 0) return moment;
    const withJournal = (tables: Both<Observation>): Both<Observation> => ({
      from: new Map(tables.from).set(table, this.#rows.from.slice()),
      to: new Map(tables.to).set(table, this.#rows.to.slice()),
    });
    const { tables, reconciled } = moment;
    return {
      ...moment,
      tables: withJournal(tables),
      reconciled: reconciled && withJournal(reconciled),
    };
  }
}
