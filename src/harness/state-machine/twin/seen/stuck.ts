/** Why an execution will never be over. */
import type { Execution } from '../../../../model/state-machine/states-language/executing/state.ts';

/** What it waits for, in words. */
export function whatIsOpen({ execution, entered }: Execution): string {
  const open = [...entered.values()].filter(({ status, progress }) => status === 'Running' && !progress);
  const names = [...new Set(open.map(({ state_name }) => state_name))].slice(0, 5);
  return `execution ${execution} waits for ${names.map((name) => `state "${name}"`).join(', ')}, which nothing will end`;
}
