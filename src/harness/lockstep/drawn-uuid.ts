/** Which uuid the database is told to draw during a command. */
import type { AnyCommand } from '../contract/command.ts';
import type { ModelFacet } from '../contract/model.ts';
import type { TraceEntry } from '../contract/trace.ts';

/**
 * That of the model, where the engine may draw one. Elsewhere, what a user's own SQL draws is random to it: with the same
 * uuid in each command, its own rows would be refused as the same.
 */
export function drawnUuid(
  { uuid, drawsUuid }: Pick<ModelFacet<never, AnyCommand>, 'uuid' | 'drawsUuid'>,
  entries: readonly TraceEntry<AnyCommand>[],
  position: number,
): { readonly uuid?: string } {
  return drawsUuid?.(entries[position]!.command) === false ? {} : { uuid: uuid(entries, position) };
}
