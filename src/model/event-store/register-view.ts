/** `register_view`, a view changed or deleted by hand, and the trigger that gives a view its locks. */
import type { Instant } from '../kernel/instant.ts';
import { notNullViolation } from '../kernel/sql-error.ts';
import { firstInstantFrom, localTimestamp, printedTimestamp } from '../kernel/timestamp.ts';
import type { DeleteView, RegisterView, UpdateView } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import type { Fact } from './facts.ts';
import { branchOf, done, refuse } from './outcome.ts';
import { type EventStoreState, type Lock, lockIn, type View } from './state.ts';

/** A new view, or the same with all its options anew. */
export function registerView(state: EventStoreState, command: RegisterView, setting: Setting): Decision {
  const { now } = setting;
  const { v_view, v_lock_timeout_s = 300, v_pooling_delay_s = null, v_edge_function_url = null } = command;
  if (v_view === null) return refuse(command.type, notNullViolation('view'));
  if (command.v_start_at === null) return refuse(command.type, notNullViolation('start_at'));
  if (v_lock_timeout_s === null) return refuse(command.type, notNullViolation('lock_timeout_s'));
  const known = state.subscriptions.get(v_view)?.view;
  const view: View = {
    view: v_view,
    start_at: command.v_start_at === undefined ? localTimestamp(now) : printedTimestamp(command.v_start_at),
    lock_timeout_s: v_lock_timeout_s,
    pooling_delay_s: v_pooling_delay_s,
    edge_function_url: v_edge_function_url,
    created_at: known?.created_at ?? now,
    updated_at: now,
  };
  return withLocks(state, command.type, view, setting, known ? 'registered-again' : 'registered');
}

/** Surprise: whatever is changed of a view, its locks are made anew. */
export function updateView(state: EventStoreState, command: UpdateView, setting: Setting): Decision {
  const known = viewOf(state, command.view);
  if (!known) return done([], [], [branchOf(command.type, 'no-such-view')]);
  const { lock_timeout_s } = command;
  if (lock_timeout_s === null) return refuse(command.type, notNullViolation('lock_timeout_s'));
  const view = { ...known, lock_timeout_s, updated_at: setting.now };
  return withLocks(state, command.type, view, setting, 'updated');
}

/** Its locks go with it. */
export function deleteView(state: EventStoreState, command: DeleteView): Decision {
  const known = viewOf(state, command.view);
  if (!known) return done([], [], [branchOf(command.type, 'no-such-view')]);
  return done([viewRow(known)], [{ type: 'view_deleted', view: known.view }], ['delete_view/deleted']);
}

const viewOf = ({ subscriptions }: EventStoreState, view: string | null) =>
  view === null ? undefined : subscriptions.get(view)?.view;

export const viewRow = (view: View) => ({ ...view });

function withLocks(
  state: EventStoreState,
  command: 'register_view' | 'update_view',
  view: View,
  setting: Setting,
  reached: string,
): Decision {
  const facts: Fact[] = [{ type: 'view_registered', row: view }];
  const names = new Set([reached]);
  const subscription = state.subscriptions.get(view.view);
  const startsAt = firstInstantFrom(view.start_at);
  state.partitions.forEach((partition, decider_id) => {
    const newest = partition.events.last;
    if (!newest) return;
    const known = subscription && lockIn(subscription, partition);
    // Surprise: nothing is taken from the lock that is there, but for how long it is held.
    const [first] = partition.events.first(1, Infinity, ({ created_at }) => created_at >= startsAt);
    const keeps = known && setting.asDocumented.has('registering-a-view-again-forgets-what-it-acknowledged');
    const row: Lock = {
      view: view.view,
      decider_id,
      offset: newest.offset,
      last_offset: keeps ? known.last_offset : first ? first.offset - 1 : newest.offset,
      locked_until: known?.locked_until ?? setting.now,
      offset_final: newest.final,
      created_at: known?.created_at ?? setting.now,
      updated_at: setting.now,
    };
    facts.push({ type: 'lock_set', row });
    names.add(first ? 'starts-within' : 'starts-at-the-end');
    names.add(nameOf(known, row, setting.now));
  });
  return done(
    [viewRow(view)],
    facts,
    Array.from(names, (name) => branchOf(command, name)),
  );
}

function nameOf(known: Lock | undefined, { last_offset }: Lock, now: Instant): string {
  if (!known) return 'lock-created';
  if (last_offset < known.last_offset) return 'acknowledgements-forgotten';
  return known.locked_until > now ? 'lock-kept-held' : 'lock-made-anew';
}
