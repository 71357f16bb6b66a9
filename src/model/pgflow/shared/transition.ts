/** What the transitions of all releases share: how a command is answered, and the functions that touch no table. */
import { unreachable } from '../../kernel/assert.ts';
import { isRefusal, refused, scalar } from '../../kernel/outcome.ts';
import { parameterRefusal } from '../../kernel/parameter-refusal.ts';
import type { Signature } from '../../kernel/signature.ts';
import type { Result } from '../../kernel/transition.ts';
import { calculateRetryDelay } from './calculate-retry-delay.ts';
import type { Calculation } from './commands.ts';
import { isValidSlug } from './is-valid-slug.ts';
import { reachResult } from './result.ts';

/** Executes the command on the draft, unless a parameter of it cannot be bound; names the branch that its result is. */
export function answer<
  Draft extends { readonly reached: string[] },
  Command extends { readonly type: string },
>(
  draft: Draft,
  command: Command,
  signatures: ReadonlyMap<string, Signature>,
  execute: (draft: Draft, command: Command) => Result,
): Result {
  const unbound = parameterRefusal(command, signatures.get(command.type)!);
  const result = unbound ? refused(unbound) : execute(draft, command);
  reachResult(draft.reached, command, result);
  return result;
}

export function calculate(reached: string[], command: Calculation): Result {
  switch (command.type) {
    case 'calculate_retry_delay': {
      const delay = calculateRetryDelay(command.base_delay, command.attempts_count);
      if (isRefusal(delay)) return refused(delay);
      reached.push(`calculate_retry_delay/${delay === null ? 'null' : 'delay'}`);
      return scalar('calculate_retry_delay', delay);
    }
    case 'is_valid_slug': {
      const valid = isValidSlug(command.slug);
      reached.push(`is_valid_slug/${valid ? 'valid' : 'invalid'}`);
      return scalar('is_valid_slug', valid);
    }
    default:
      return unreachable(command);
  }
}
