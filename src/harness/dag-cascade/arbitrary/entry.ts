/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { DagCascadeCommand } from '../../../model/dag-cascade/commands.ts';
import { isReady } from '../../../model/dag-cascade/draft.ts';
import type { DagCascadeState } from '../../../model/dag-cascade/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import { fc } from '../../contract/fast-check.ts';
import * as call from './calls.ts';
import { configure } from './configuration.ts';
import { configureFlow, moveNode } from './flow.ts';
import { isHasty, isKept, isRunning, type Scene, sceneOf } from './scene.ts';
import { arbitraryWait } from './wait.ts';

type Commands = Arbitrary<DagCascadeCommand>;

const plain = (type: 'start_orchestrator' | 'do_work' | 'async_loop') => (): Commands =>
  fc.constant({ type });

export const arbitraryEntry = ({ state, now, character }: GenerationContext<DagCascadeState>) => {
  const scene = sceneOf(state, now, character);
  return fc.record({ wait: arbitraryWait(scene), command: arbitraryCommand(scene) });
};

/** First what everything needs, then runs with their background work, and now and then what nobody should ask. */
function arbitraryCommand(scene: Scene): Commands {
  const { state, character, hasTargets, isRestless, open, busy, done, flows } = scene;
  const { isStarted } = state.control;
  const running = [...state.connections.values()].filter(({ is_busy }) => is_busy).length;
  const isConfigured = state.configurations.size > 0;
  const when = (condition: boolean, weight: number) => (condition ? weight : 0);
  const ready = open.filter(isReady);
  const restarts = isKept(character) ? 15 : isRestless ? 6 : 1;
  const few = flows.filter(({ processed }) => processed === null).length < 2;
  const proposals: readonly (readonly [number, (scene: Scene) => Commands])[] = [
    [hasTargets ? (isRestless ? 6 : 2) : 60, configure],
    [isStarted ? restarts : hasTargets ? 40 : 4, plain('start_orchestrator')],
    [isConfigured ? 3 : hasTargets ? 40 : 1, configureFlow],
    [
      when(state.nodes.size > 0 && isRestless, ready.length > 0 && scene.moved.length === 0 ? 40 : 4),
      moveNode,
    ],
    [when(isConfigured, few || scene.parents.length > 0 ? 9 : 2), call.createFlow],
    [rounds(scene, ready.length), plain('do_work')],
    // Some end together, before anybody looks.
    [running === 0 ? 1 : running < busy.length ? 80 : 45, call.taskEnds],
    [
      when(flows.length > 0, isRestless && scene.moved.length > 0 && !scene.isOvertaken ? 60 : 6) + 1,
      call.pushSteps,
    ],
    [when(open.length + done.length > 0, finishes(scene)) + 1, call.finish],
    [when(open.length > 0, 2) + 0.5, call.defer],
    [when(flows.length > 0, scene.overAtWork.length > 0 ? 40 : 2) + 0.5, call.cancel],
    [when(flows.length > 0, 2) + 0.5, call.setPriority],
    [when(flows.length > 0, 2) + 0.5, call.setStepPriority],
    [
      when(
        flows.some(({ processed }) => processed !== null),
        scene.overAtWork.length > 0 ? 140 : 4,
      ) + 0.5,
      call.restartFlow,
    ],
    [1, call.args],
    [when(flows.length > 0, 5) + 0.5, call.viewed],
    [2, plain('async_loop')],
  ];
  return fc.oneof(
    ...proposals
      .filter(([weight]) => weight > 0)
      .map(([weight, propose]) => ({ weight: Math.round(weight * 2), arbitrary: propose(scene) })),
  );
}

/** How often there is a round: mostly when there is something to do in it. */
function rounds(scene: Scene, ready: number): number {
  const { isOvertaken, isRestless, ended, open, character, state, busy } = scene;
  // What was restarted while somebody works on it is run twice.
  const isAgain = open.some((task) => isReady(task) && busy.includes(task.task_id));
  if (isOvertaken || isAgain) return 300;
  // Several requests in a round show how they are taken together.
  const requests = open.filter(({ task_data: data }) => data !== null && 'task_ids' in data).length;
  if (isHasty(character) && requests > 1) return 150;
  if (isHasty(character) && (ended.length > 0 || requests === 1)) return 8;
  if (ready === 0 && busy.every((id) => isRunning(state, id))) return 8;
  // A node is to be moved before its tasks run.
  return isRestless ? 20 : 50;
}

/** How often something is finished by name: mostly what waits for that, or what it does something unusual to. */
function finishes({ yielded, ended, overAtWork, character }: Scene): number {
  if (isHasty(character) && ended.length > 0) return 60;
  return yielded.length + ended.length + overAtWork.length > 0 ? 14 : 7;
}
