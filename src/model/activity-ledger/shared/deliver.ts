/** A message of the engine's stream is carried out. */
import { assert } from '../../kernel/assert.ts';
import { activityIn } from './deploy.ts';
import { hookOn } from './hooks.ts';
import { acknowledge } from './messages.ts';
import { failed, type Outcome } from './outcome.ts';
import type { Message } from './state.ts';
import { outlast, type Process, write } from './writes.ts';

/** It stays where its acknowledgement is lost, or where the process ends before. */
export function deliver(process: Process, message_id: number, keep: boolean): Outcome {
  const message = process.draft.messages.get(message_id);
  if (!message || message.kind === 'work') return 'no-message';
  const outcome = carryOut(process, message);
  outlast(process);
  if (!keep) acknowledge(process.draft, message);
  return outcome;
}

function carryOut(process: Process, message: Message): Outcome {
  const { draft, protocol } = process;
  switch (message.kind) {
    case 'transition':
      return protocol.beginActivity(process, activityIn(draft.graph, message), message);
    case 'await':
      return beginChild(process, message);
    case 'webhook':
      return answerHook(process, message);
    default:
      assert(message.kind !== 'work', 'work is delivered to nobody: a worker takes it');
      return protocol.processEvent(process, activityIn(draft.graph, message), message);
  }
}

/** The message names the activity that waits, which gets an error where its child cannot be begun. */
function beginChild(process: Process, message: Message): Outcome {
  const { graph } = process.draft;
  const { jid, gid, aid, dad, guid } = message;
  const activity = activityIn(graph, message);
  const flow = graph.flows.get(activity.flow ?? '');
  if (!flow) return failed(process, message, 'failed');
  const outcome = process.protocol.beginJob(process, {
    flow,
    jid: activity.child ?? `${jid}.${aid}`,
    guid,
    parent: { jid: jid!, gid: gid!, aid: aid!, dad: dad! },
    is_severed: activity.await === false,
  });
  const isReported = outcome === 'duplicate-job' && process.protocol.reportsDuplicates;
  return isReported ? failed(process, message, outcome) : outcome;
}

/** Surprise: a signal is used up by what it finds, also where nothing comes of it; but one with another code than 200 is not. */
function answerHook(process: Process, message: Message): Outcome {
  const hook = hookOn(process.draft, message.topic!);
  if (!hook) return 'no-hook';
  const { gid, dad, topic, jid } = hook;
  const activity = activityIn(process.draft.graph, message);
  const outcome = process.protocol.processEvent(process, activity, { ...message, jid, gid, dad });
  const isNoUse = outcome !== 'done' && process.draft.documented.has('a-signal-is-used-up-without-effect');
  if (message.code === 200 && !isNoUse) {
    write(process, (draft) => {
      draft.hooks = draft.hooks.delete(topic);
    });
  }
  return outcome;
}
