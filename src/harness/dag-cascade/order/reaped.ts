/** The order in which connections were asked what came of their tasks: it shows in the errors that leak from one task to the next. */
import type { Tasks } from './tasks.ts';

/** How the statement of a task ended: `OK`, or how it failed; null where nothing was asked. */
type Member = readonly [task_id: number, outcome: string | null, slot: number];

/** What is ended without an error has that of whichever was asked first. */
export function inEndedOrder(members: readonly string[], { byId }: Tasks): readonly string[] {
  const parsed = members.map((text) => ({ text, member: JSON.parse(text) as Member }));
  const recorded = parsed.map(({ member: [id] }) => byId.get(id)?.processing_error ?? 'OK');
  const score = (outcome: string | null) => recorded.filter((error) => error === outcome).length;
  return parsed.toSorted((a, b) => score(b.member[1]) - score(a.member[1])).map(({ text }) => text);
}

/**
 * Each failure keeps the error of the first failure since the last task that was OK, and those that were OK all get the
 * error that is left in the end. So the failures fall into runs, with one that was OK between each two.
 */
export function inReapedOrder(members: readonly string[], { byId }: Tasks): readonly string[] {
  const parsed = members.map((text) => ({ text, member: JSON.parse(text) as Member }));
  const asked = parsed.filter(({ member: [, outcome] }) => outcome !== null);
  const recorded = ({ member: [id] }: (typeof parsed)[number]) => {
    const task = byId.get(id);
    // A node that waits for its steps has forgotten it.
    return task === undefined || task.source === 'step processing' ? undefined : task.processing_error;
  };
  const isOk = ({ member: [, outcome] }: (typeof parsed)[number]) => outcome === 'OK';
  const fine = asked.filter(isOk);
  const left = fine.map(recorded).find((error) => error !== undefined) ?? null;

  const runs = new Map<string, typeof parsed>();
  for (const each of asked.filter((one) => !isOk(one))) {
    const error = recorded(each) ?? each.member[1]!;
    const run = runs.get(error) ?? [];
    // The first of a run is the one whose own error it is.
    runs.set(error, each.member[1] === error ? [each, ...run] : [...run, each]);
  }
  // The error that is left is that of the last run.
  const names = [...runs.keys()].sort((a, b) => Number(a === left) - Number(b === left));
  const order: typeof parsed = [];
  const separators = [...fine];
  for (const [i, name] of names.entries()) {
    if (i > 0) order.push(...separators.splice(0, 1));
    order.push(...runs.get(name)!);
  }
  const ordered = left === null ? [...order, ...separators] : [...separators, ...order];
  const others = parsed.filter(({ member: [, outcome] }) => outcome === null);
  return [...ordered, ...others].map(({ text }) => text);
}
