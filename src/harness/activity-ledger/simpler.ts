/** Smaller commands to try in place of one. */
import type { LedgerCommand } from '../../model/activity-ledger/shared/commands.ts';
import { simplerCommands } from '../trace/simplify.ts';

/** What holds a trace together. */
const identifiers: ReadonlySet<string> = new Set([
  'jid',
  'aid',
  'dad',
  'guid',
  'flow',
  'topic',
  'message_id',
]);

export const simpler =
  (commands: { safeParse(value: unknown): { readonly success: boolean } }) =>
  (command: LedgerCommand): Iterable<LedgerCommand> =>
    simplerCommands(
      command,
      (candidate): candidate is LedgerCommand => commands.safeParse(candidate).success,
      identifiers,
    );
