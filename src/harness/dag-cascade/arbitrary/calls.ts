/** Random calls on runs and tasks. */
import type { Arbitrary } from 'fast-check';
import type { DagCascadeCommand } from '../../../model/dag-cascade/commands.ts';
import { isFlowTask, type Task } from '../../../model/dag-cascade/state.ts';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { present } from '../../contract/present.ts';
import { anyNode } from './flow.ts';
import {
  flowNames,
  isHasty,
  isParent,
  isRunning,
  mostly,
  nodeNames,
  nul,
  type Scene,
  unknownId,
} from './scene.ts';

type Commands = Arbitrary<DagCascadeCommand>;

const from = drawnLater(() =>
  fc.constantFrom<'orchestrator' | 'elsewhere' | undefined>(
    'elsewhere',
    'elsewhere',
    'orchestrator',
    undefined,
  ),
);
const withFrom = <T extends object>(command: T, who: 'orchestrator' | 'elsewhere' | undefined) =>
  (who === undefined ? command : { ...command, from: who }) as DagCascadeCommand;

const anyRun = ({ flows }: Scene): Arbitrary<number | null> => {
  const odd = fc.constantFrom<number | null>(unknownId, null, -1);
  const ids = flows.map(({ flow_id }) => flow_id);
  // The latest are those that something happens in.
  if (ids.length === 0) return odd;
  const known = fc.constantFrom(...ids, ...ids.slice(-2), ...ids.slice(-2));
  return fc.oneof({ weight: 14, arbitrary: known }, { weight: 1, arbitrary: odd });
};

/** None where there is nothing to choose from. */
const some = <T>(weight: number, values: readonly T[]) =>
  values.length === 0 ? [] : [{ weight, arbitrary: fc.constantFrom(...values) }];
const idsOf = (tasks: readonly Task[]): number[] => tasks.map(({ task_id }) => task_id);

const anyTask = ({ open, done, busy, yielded, ended, overAtWork }: Scene): Arbitrary<number | null> =>
  fc.oneof(
    ...some(3, idsOf(overAtWork)),
    ...some(8, busy),
    ...some(8, idsOf(open)),
    ...some(8, idsOf(yielded)),
    ...some(8, idsOf(ended)),
    ...some(3, idsOf(done)),
    { weight: 1, arbitrary: fc.constantFrom<number | null>(unknownId, null, -1) },
  );

export const createFlow = (scene: Scene): Commands => {
  const parents = scene.parents.length > 0 ? scene.parents : scene.done.filter(isParent);
  const parent = mostly(
    parents.length > 0 ? fc.constantFrom(...idsOf(parents)) : anyTask(scene),
    anyTask(scene),
    6,
  );
  const only = fc.constantFrom<(string | null)[] | null>(
    ['a'],
    ['a', 'b'],
    ['c', null],
    [],
    [...nodeNames],
    ['a b', 'say "a"', '', 'b'],
    null,
  );
  const leftOut = fc.constant(undefined);
  const known = [...scene.state.configurations.keys()].filter((name) => flowNames.includes(name));
  return fc
    .record({
      _flow: mostly(
        // Those that are there, mostly.
        fc.constantFrom(...flowNames, ...known, ...known, ...known, ...known),
        fc.constantFrom<string | null>('nowhere', null, nul),
        20,
      ),
      _arguments: mostly(
        fc.constantFrom<Jsonb | undefined>({ k: 1 }, { k: 1 }, undefined),
        fc.constantFrom<Jsonb>(null, {}, [nul]),
      ),
      _only_these_nodes: mostly(leftOut, mostly(only, fc.constant([nul]), 8), 4),
      _parent_task_id:
        scene.parents.length > 0
          ? mostly(parent, leftOut, 3)
          : mostly(leftOut, parent, parents.length > 0 ? 1 : 10),
      _force_priority: mostly(leftOut, fc.constantFrom(1, -5, null), 4),
      from,
    })
    .map((parameters) => ({ type: 'create_flow', ...present(parameters) })) as Commands;
};

/** Mostly to a node that is under way. */
const anyPlace = (scene: Scene) => {
  const { moved, open } = scene;
  const places = (moved.length > 0 ? moved : open).flatMap(({ task_data: data }) =>
    isFlowTask(data) ? [{ _flow_id: data.flow_id, _node: data.node }] : [],
  );
  const any = fc.record({ _flow_id: anyRun(scene), _node: anyNode(scene) });
  return places.length === 0 ? any : mostly(fc.constantFrom(...places), any, moved.length > 0 ? 9 : 2);
};

export const pushSteps = (scene: Scene): Commands =>
  fc
    .tuple(
      anyPlace(scene),
      mostly(
        fc.constantFrom<Jsonb[]>(
          [{ x: 1 }],
          [{ x: 1 }, { y: 2 }],
          [{ y: 2 }],
          [{ z: 1 }, { z: 2 }, { z: 3 }],
        ),
        fc.constantFrom<Jsonb[] | null>([{}], [], [3, 3], [null], [nul], null),
        5,
      ),
    )
    .map(([place, _arguments]) => ({ type: 'push_steps', ...place, _arguments }));

export const finish = (scene: Scene): Commands =>
  fc
    .tuple(
      anyTask(scene),
      isHasty(scene.character)
        ? fc.constantFrom(true, true, true, false)
        : fc.constantFrom(undefined, undefined, false, true, true, null),
      mostly(
        fc.constantFrom(undefined, ...(isHasty(scene.character) ? [undefined] : ['late', 'late']), null),
        fc.constant(nul),
        30,
      ),
      isHasty(scene.character) ? mostly(fc.constant<'elsewhere'>('elsewhere'), from, 5) : from,
    )
    .map(([task_id, _failed, _error_message, who]) =>
      withFrom(
        {
          type: 'finish',
          task_id,
          ...(_failed !== undefined && { _failed }),
          ...(_error_message !== undefined && { _error_message }),
        },
        who,
      ),
    );

export const defer = (scene: Scene): Commands =>
  fc
    .tuple(anyTask(scene), fc.constantFrom('00:00:10', '720:00:00', '-00:00:10', '00:00:00', null), from)
    .map(([task_id, _duration, who]) => withFrom({ type: 'defer', task_id, _duration }, who));

/** Mostly of a run with a task that somebody works on though it is over: only what is over can be restarted. */
export function cancel(scene: Scene): Commands {
  const runs = scene.overAtWork.flatMap(({ task_data: data }) => (isFlowTask(data) ? [data.flow_id] : []));
  const run = runs.length > 0 ? mostly(fc.constantFrom(...runs), anyRun(scene), 4) : anyRun(scene);
  return fc.tuple(run, from).map(([_flow_id, who]) => withFrom({ type: 'cancel', _flow_id }, who));
}

const priority = drawnLater(() => fc.constantFrom(4, -4, 99, -99, 100, -100, null));

export const setPriority = (scene: Scene): Commands =>
  fc
    .record({ _flow_id: anyRun(scene), _priority: priority })
    .map((rest) => ({ type: 'set_priority', ...rest }));

/** Mostly of a step of that run, and where there is one, of a step that has started another run. */
export function setStepPriority(scene: Scene): Commands {
  const steps = (scene.parents.length > 0 ? scene.parents : [...scene.open, ...scene.done]).flatMap(
    ({ task_id, task_data: data }) =>
      isFlowTask(data) ? [{ _flow_id: data.flow_id, _task_id: task_id }] : [],
  );
  const any = fc.record({ _flow_id: anyRun(scene), _task_id: anyTask(scene) });
  return fc
    .tuple(steps.length > 0 ? mostly(fc.constantFrom(...steps), any, 2) : any, priority)
    .map(([place, _priority]) => ({ type: 'set_step_priority', ...place, _priority }));
}

/** From the node of a task that is over while its statement runs, or from anywhere. */
export function restartFlow(scene: Scene): Commands {
  const places = scene.overAtWork.flatMap(({ task_data: data }) =>
    isFlowTask(data) ? [{ type: 'restart_flow' as const, _flow_id: data.flow_id, _node: data.node }] : [],
  );
  // Without a node, they are deleted while somebody works on them.
  const whole = places.map(({ type, _flow_id }) => ({ type, _flow_id }));
  return places.length > 0
    ? mostly(fc.constantFrom(...places, ...places, ...whole), restartAny(scene), 4)
    : restartAny(scene);
}

const restartAny = (scene: Scene): Commands =>
  fc
    .tuple(
      anyRun(scene),
      fc.oneof({ weight: 4, arbitrary: anyNode(scene) }, { weight: 1, arbitrary: fc.constant(undefined) }),
    )
    .map(([_flow_id, _node]) => ({ type: 'restart_flow', _flow_id, ...(_node !== undefined && { _node }) }));

export const args = (scene: Scene): Commands => anyRun(scene).map((_flow_id) => ({ type: 'args', _flow_id }));

/** Whether its flow was started by a step. */
function isOfChild({ state }: Scene, id: number): boolean {
  const data = state.tasks.get(id)?.task_data;
  return data !== undefined && isFlowTask(data) && state.flows.get(data.flow_id)?.parent_task_id != null;
}

/** Mostly of what runs. */
export const taskEnds = (scene: Scene): Commands => {
  const { busy } = scene;
  const running = busy.filter((id) => isRunning(scene.state, id));
  const ofChildren = running.filter((id) => isOfChild(scene, id));
  const ofDeleted = running.filter((id) => scene.state.tasks.get(id) === undefined);
  const likely = [ofChildren, ofDeleted].find((ids) => ids.length > 0) ?? running;
  const task = fc.oneof(
    {
      weight: running.length > 0 ? 20 : 0,
      arbitrary: running.length > 0 ? fc.constantFrom(...running, ...likely, ...likely) : fc.constant(1),
    },
    { weight: 1, arbitrary: anyTask(scene).map((id) => id ?? unknownId) },
  );
  const error = scene.character > 0.3 && scene.character < 0.75 ? ['boom', 'bang', 'bang'] : ['boom'];
  return fc
    .record({ task_id: task, error: fc.constantFrom<string | null>(null, null, null, ...error, '', 'OK') })
    .map((rest) => ({ type: 'task_ends', ...rest }));
};

export const viewed = (scene: Scene): Commands =>
  fc
    .record({
      type: fc.constantFrom('v_flow_task', 'v_flow_node_status', 'v_flow_status'),
      flow_id: anyRun(scene),
    })
    .map((command) => command as DagCascadeCommand);
