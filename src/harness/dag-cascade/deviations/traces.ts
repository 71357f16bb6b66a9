/** Words for the traces of the registry. */
import type { DagCascadeCommand, NodeJson } from '../../../model/dag-cascade/commands.ts';
import type { TraceEntry } from '../../contract/trace.ts';

/** At once, but for what is marked as later. */
export const commands = (...list: (DagCascadeCommand | Later)[]): readonly TraceEntry<DagCascadeCommand>[] =>
  list.map((each) => ('later' in each ? { at: 1, command: each.later } : { at: 0, command: each }));

interface Later {
  readonly later: DagCascadeCommand;
}

/** A millisecond after the others. */
export const later = (command: DagCascadeCommand): Later => ({ later: command });

export const start: readonly DagCascadeCommand[] = [
  { type: 'configure', _configuration: { targets: [{ target: 't', connection_string: '' }] } },
  { type: 'start_orchestrator' },
];

export const configureFlow = (...nodes: NodeJson[]) =>
  ({ type: 'configure_flow', _flow_name: 'f', _configuration: { nodes } }) as const;

export const createFlow = { type: 'create_flow', _flow: 'f' } as const;
export const doWork = { type: 'do_work' } as const;

/** A flow of these nodes, with a run. */
export const running = (...nodes: NodeJson[]): readonly DagCascadeCommand[] => [
  ...start,
  configureFlow(...nodes),
  createFlow,
];

/** Both in the background. */
export const twoRunning: readonly DagCascadeCommand[] = [
  ...running({ node: 'a', target: 't' }, { node: 'b', target: 't' }),
  doWork,
];

export const ends = (task_id: number, error: string | null = null): DagCascadeCommand => ({
  type: 'task_ends',
  task_id,
  error,
});
