/** Random traces in the words that both sides know. The model proposes; it has no say in what is right. */
import { generateTrace } from '../campaign/generate.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { GeneratingRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import type { SharedVocabulary } from './vocabulary.ts';

export function generateShared(
  release: GeneratingRelease<unknown, AnyCommand>,
  vocabulary: SharedVocabulary,
  sample: { readonly seed: number; readonly index: number; readonly maxCommands: number },
): Promise<Trace<AnyCommand>> {
  return vocabulary.knowing(() =>
    generateTrace(release, { ...sample, adapt: (command) => vocabulary.adapt(command) }),
  );
}
