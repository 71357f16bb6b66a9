/** Ledgers and jobs as a state machine: one command in, the whole outcome out. */
import { nothing, refused, rows } from '../../kernel/outcome.ts';
import { parameterRefusal } from '../../kernel/parameter-refusal.ts';
import { raised } from '../../kernel/sql-error.ts';
import type { Circumstances, Result, Transition } from '../../kernel/transition.ts';
import type {
  CommandOf,
  CountdownOperation,
  IncrementOperation,
  LedgerCommand,
  VerificationCommand,
} from './commands.ts';
import { deliver } from './deliver.ts';
import { deploy } from './deploy.ts';
import type { AsDocumented } from './deviations.ts';
import { dimensionsById, reentryDimension } from './dimensions.ts';
import { putSignal } from './hooks.ts';
import { interruptJob } from './interrupt.ts';
import { usualExpire } from './jobs.ts';
import { addToActivity, forgetLedgersOf } from './ledgers.ts';
import { acknowledge, publish } from './messages.ts';
import type { Outcome } from './outcome.ts';
import type { Protocol } from './protocol.ts';
import { attempt, Refusal, refuse } from './refusal.ts';
import { signatures } from './signatures.ts';
import { type Draft, draftOf, type LedgerState, stateOf } from './state.ts';
import { outlast, type Process, processOf } from './writes.ts';

/** The operations of a release, and how its numbers are read. */
export type Operations = (
  draft: Draft,
  command: CountdownOperation | IncrementOperation | VerificationCommand,
) => Result;

export const transitionOf =
  (protocol: Protocol, operations: Operations, documented: AsDocumented) =>
  (
    state: LedgerState,
    command: LedgerCommand,
    circumstances: Circumstances,
  ): Transition<LedgerState, never> => {
    const draft = draftOf(state, circumstances.now, documented);
    const unbound = parameterRefusal(command, signatures.get(command.type)!);
    const done = unbound
      ? new Refusal(unbound)
      : attempt(() => execute(draft, command, protocol, operations));
    const result = done instanceof Refusal ? refused(done.error) : done;
    const named = result.ok ? nameOf(command, result) : `refused/${result.refusal.sqlstate}`;
    const reached = [...draft.reached, `${command.type}/${named}`];
    return {
      // What a process has written before its end stays.
      state: done instanceof Refusal && !done.isAfterWrites ? state : stateOf(draft),
      result,
      events: [],
      finishedAt: draft.now,
      reached: reached.length < 3 ? reached : [...new Set(reached)],
    };
  };

/** By what is reported of it: an outcome or a fault. */
function nameOf({ type }: LedgerCommand, result: Result & { readonly ok: true }): string {
  const row = result.rows[0]!;
  const { outcome, fault, is_overage, is_closed } = row;
  if (outcome !== undefined) return String(outcome);
  if (is_overage !== undefined) return is_overage ? 'overage' : 'first';
  if (is_closed !== undefined) return is_closed ? 'closed' : 'open';
  if (type === 'get_dimensional_index') return row.index === null ? 'none' : 'done';
  return typeof fault === 'string' ? fault : 'done';
}

function execute(draft: Draft, command: LedgerCommand, protocol: Protocol, operations: Operations): Result {
  switch (command.type) {
    case 'collate':
      return rows([{ value: addToActivity(draft, command.jid, command.aid, command.dad, command.amount) }]);
    case 'get_dimensions_by_id':
      return rows([{ dimensions: dimensionsById(command.ancestors, command.dad) }]);
    case 'resolve_reentry_dimension':
      return rows([{ dad: reentryDimension(command.ancestors, command.ancestor, command.dad) }]);
    case 'deploy':
      deploy(draft, command, protocol);
      return nothing('deploy', 'plpgsql');
    case 'trigger':
      return trigger(draft, command, protocol);
    case 'deliver':
      return reported(processOf(draft, protocol, command.crash_after), (process) =>
        deliver(process, command.message_id, command.keep === true),
      );
    case 'interrupt':
      return reported(processOf(draft, protocol, command.crash_after), (process) => {
        const { jid } = command;
        const why = interruptJob(process, jid, usualExpire);
        if (why === 'not-found') refuse(raised(`Job ${jid} not found`));
        if (why === 'over') refuse(raised(`Job ${jid} already completed`));
        return why === 'half' ? 'failed' : 'done';
      });
    case 'work':
      return work(draft, command);
    case 'signal': {
      const { topic, code } = command;
      if (!putSignal(draft, topic, code)) refuse(raised(`no hook has topic ${topic}`));
      return nothing('signal', 'plpgsql');
    }
    case 'scrub':
      return scrub(draft, command.jid);
    case 'tick':
      tick(draft);
      return nothing('tick', 'sql');
    default:
      return operations(draft, command);
  }
}

/** What came of it, and the ledger of the activity as it was entered. */
function reported(process: Process, work: (process: Process) => Outcome): Result {
  const outcome = work(process);
  outlast(process);
  return rows([{ outcome, value: process.entered }]);
}

function trigger(
  draft: Draft,
  { flow: name, jid, guid = null, crash_after }: CommandOf<'trigger'>,
  protocol: Protocol,
): Result {
  const flow = draft.graph.flows.get(name);
  if (!flow) refuse(raised(`no flow ${name}`));
  return reported(processOf(draft, protocol, crash_after), (process) =>
    protocol.beginJob(process, { flow, jid, guid, parent: null, is_severed: false }),
  );
}

/** Surprise: a message that is delivered again is answered again, by another guid, so that both answers count. */
function work(draft: Draft, { message_id, status, code, keep }: CommandOf<'work'>): Result {
  const message = draft.messages.get(message_id);
  if (message?.kind !== 'work') return rows([{ outcome: 'no-message' }]);
  // Surprise: an error without a code breaks whoever works, and the work stays.
  if (status === 'error' && code === undefined) return rows([{ outcome: 'failed' }]);
  const { topic, jid, gid, aid, dad } = message;
  publish(draft, { kind: 'response', topic, jid, gid, aid, dad, status, code: code ?? null });
  if (keep !== true) acknowledge(draft, message);
  return rows([{ outcome: 'done' }]);
}

/** A job is deleted with its ledgers. Surprise: only then its name is free again. */
function scrub(draft: Draft, jid: string): Result {
  const isThere = draft.jobs.has(jid);
  if (isThere) {
    draft.jobs = draft.jobs.delete(jid);
    forgetLedgersOf(draft, jid);
  }
  return rows([{ outcome: isThere ? 'done' : 'not-found' }]);
}

/** Those whose time has come, instant by instant. */
function tick(draft: Draft): void {
  for (const slot of draft.slots.values()) {
    if (slot > draft.now) continue;
    draft.slots = draft.slots.delete(slot, draft.owner);
    for (const timer of draft.timers.values()) {
      if (timer.due !== slot) continue;
      const { timer_id, jid, gid, aid, dad } = timer;
      draft.timers = draft.timers.delete(timer_id, draft.owner);
      draft.reached.push('tick/woken');
      publish(draft, { kind: 'timehook', jid, gid, aid, dad });
    }
  }
}
