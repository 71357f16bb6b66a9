/** The order that the SQL chose, read off tables of which only some are known. */
import type { Circumstances } from '../../model/kernel/transition.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ComparisonFacet } from '../contract/comparison.ts';
import type { Observation } from '../contract/observation.ts';
import type { Known } from './answer.ts';

export interface ToldOrder {
  readonly order: NonNullable<Circumstances['order']>;
  /** Whether, so far, an order was asked for that only tables show which are not known. */
  readonly isOpen: () => boolean;
}

export function toldOrder<Command extends AnyCommand>(
  release: Pick<ComparisonFacet<Command>, 'order'>,
  command: Command,
  tables: Observation,
  known: Known,
): ToldOrder {
  let isOpen = false;
  const order = release.order(command, {
    get(table) {
      isOpen ||= !known.table(table);
      return tables.get(table);
    },
  });
  return { order, isOpen: () => isOpen };
}
