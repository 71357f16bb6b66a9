/** Random traces in the words that both sides know. The model proposes; it has no say in what is right. */
import { generateTrace } from '../campaign/generate.ts';
import type { AnyCommand } from '../engine.ts';
import type { AnyRelease } from '../engines.ts';
import type { Trace } from '../trace.ts';
import type { SharedVocabulary } from './vocabulary.ts';

export function generateShared(
  release: AnyRelease,
  vocabulary: SharedVocabulary,
  sample: { readonly seed: number; readonly index: number; readonly maxCommands: number },
): Promise<Trace<AnyCommand>> {
  return vocabulary.knowing(() =>
    generateTrace(release, { ...sample, adapt: (command) => vocabulary.adapt(command) }),
  );
}
