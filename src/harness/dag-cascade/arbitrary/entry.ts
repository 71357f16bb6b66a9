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
import { type Scene, sceneOf } from './scene.ts';
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
  const { state, hasTargets, isRestless, open, busy, done, flows } = scene;
  const { isStarted } = state.control;
  const running = [...state.connections.values()].filter(({ is_busy }) => is_busy).length;
  const isConfigured = state.configurations.size > 0;
  const when = (condition: boolean, weight: number) => (condition ? weight : 0);
  const ready = open.filter(isReady);
  const few = flows.filter(({ processed }) => processed === null).length < 2;
  const proposals: readonly (readonly [number, (scene: Scene) => Commands])[] = [
    [hasTargets ? (isRestless ? 6 : 1) : 60, configure],
    [isStarted ? (isRestless ? 6 : 1) : hasTargets ? 40 : 4, plain('start_orchestrator')],
    [isConfigured ? 3 : hasTargets ? 40 : 1, configureFlow],
    [
      when(state.nodes.size > 0 && isRestless, ready.length > 0 && scene.moved.length === 0 ? 40 : 4),
      moveNode,
    ],
    [when(isConfigured, few || scene.parents.length > 0 ? 12 : 3), call.createFlow],
    [scene.isOvertaken ? 300 : open.length > 0 ? 26 : 6, plain('do_work')],
    // Some end together, before anybody looks.
    [busy.length > 0 ? (running > 0 && running < busy.length ? 80 : 28) : 1, call.taskEnds],
    [
      when(flows.length > 0, isRestless && scene.moved.length > 0 && !scene.isOvertaken ? 60 : 6) + 1,
      call.pushSteps,
    ],
    [when(open.length + done.length > 0, 7) + 1, call.finish],
    [when(open.length > 0, 2) + 0.5, call.defer],
    [when(flows.length > 0, 2) + 0.5, call.cancel],
    [when(flows.length > 0, 2) + 0.5, call.setPriority],
    [when(flows.length > 0, 2) + 0.5, call.setStepPriority],
    [
      when(
        flows.some(({ processed }) => processed !== null),
        scene.overAtWork.length > 0 ? 60 : 4,
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
