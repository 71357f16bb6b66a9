/** What is wrong with retriers and catchers. */

import type { StateJson } from '../language/definition.ts';
import type { Language } from '../language/language.ts';

export function faultsOfHandlers(
  { Retry = [], Catch = [] }: StateJson,
  { known, isReferencePath }: Language,
): readonly string[] {
  return [
    ...faultsOfErrors('Retry', Retry),
    ...faultsOfErrors('Catch', Catch),
    ...Catch.flatMap(({ ResultPath }, i) =>
      typeof ResultPath === 'string' && !isReferencePath(ResultPath)
        ? [`Catch[${i}].ResultPath is no ${known}: ${ResultPath}`]
        : [],
    ),
  ];
}

const faultsOfErrors = (
  field: string,
  handlers: readonly { readonly ErrorEquals: readonly string[] }[],
): readonly string[] =>
  handlers.flatMap(({ ErrorEquals }, i) => {
    if (ErrorEquals.length === 0) return [`${field}[${i}].ErrorEquals is empty`];
    const isAlone = ErrorEquals.length === 1 && i === handlers.length - 1;
    return ErrorEquals.includes('States.ALL') && !isAlone
      ? [`${field}[${i}]: States.ALL must stand alone, and last`]
      : [];
  });
