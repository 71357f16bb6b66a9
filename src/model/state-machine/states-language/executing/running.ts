/** A state does its work. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { attempt, Failure } from '../language/failure.ts';
import { choose, complete } from './completing.ts';
import { failActivity } from './failing.ts';
import { putActivity, setTimer, tell } from './live.ts';
import { startBranches, startIterations } from './parts.ts';
import {
  itemsOf,
  numberOf,
  type Scene,
  sceneOf,
  shaped,
  through,
  timestampOf,
  wordsOf,
} from './selecting.ts';
import type { Activity, Live } from './state.ts';
import { openTask } from './tasks.ts';

/** What goes wrong on the way is the failure of the activity. */
export function work(live: Live, activity: Activity, does: (scene: Scene) => void): void {
  const failure = attempt(() => does(sceneOf(live, activity)));
  if (failure) failActivity(live, activity, failure);
}

export function run(live: Live, activity: Activity): void {
  putActivity(live, activity);
  const { attempts, input } = activity;
  tell(
    live,
    activity,
    attempts === 1 ? { what: 'entered', input } : { what: 'tried again', attempt: attempts },
  );
  work(live, activity, (scene) => {
    live.draft.reached.push(`run/${scene.state.Type}`);
    runIn(live, activity, scene);
  });
}

function runIn(live: Live, activity: Activity, scene: Scene): void {
  const { state } = scene;
  if (state.Type === 'Fail') {
    const error = wordsOf(scene, 'Error', activity.input);
    throw new Failure(error, wordsOf(scene, 'Cause', activity.input));
  }
  const input = through(scene, 'InputPath', activity.input);
  const args = () =>
    scene.isJsonata
      ? state.Arguments === undefined
        ? input
        : scene.evaluate(state.Arguments)
      : shaped(scene, 'Parameters', input);
  switch (state.Type) {
    case 'Pass': {
      const effective = shaped(scene, 'Parameters', input);
      complete(live, activity, scene, state.Result === undefined ? effective : state.Result);
      return;
    }
    case 'Succeed':
      complete(live, activity, scene, input);
      return;
    case 'Choice':
      choose(live, activity, scene, input);
      return;
    case 'Wait':
      wait(live, activity, scene, input);
      return;
    case 'Task': {
      const timeout = numberOf(scene, 'TimeoutSeconds', input);
      const heartbeat = numberOf(scene, 'HeartbeatSeconds', input);
      const effective = args();
      openTask(live, activity, state.Resource!, effective, { timeout, heartbeat });
      return;
    }
    case 'Parallel':
      startBranches(live, activity, scene, args());
      return;
    case 'Map':
      startIterations(live, activity, scene, input, itemsOf(scene, input));
  }
}

function wait(live: Live, activity: Activity, scene: Scene, input: Jsonb): void {
  const seconds = numberOf(scene, 'Seconds', input);
  const due = seconds === undefined ? timestampOf(scene, input) : live.draft.now + seconds * 1000;
  if (due <= live.draft.now) {
    live.draft.reached.push('wait/over');
    complete(live, activity, scene, input);
    return;
  }
  putActivity(live, { ...activity, timer: setTimer(live, 'wait', activity.id, due) });
  tell(live, activity, { what: 'waits', until: due });
}
