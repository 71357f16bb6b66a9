/** What a command did, step by step: for whoever tells it to a person, or counts what was reached. */
import type { Instant } from '../../../kernel/instant.ts';
import type { Jsonb } from '../../../kernel/jsonb.ts';

interface Failed {
  readonly error: string | null;
  readonly cause: string | null;
}

export type Deed =
  | { readonly what: 'entered'; readonly input: Jsonb }
  | { readonly what: 'tried again'; readonly attempt: number }
  | { readonly what: 'waits'; readonly until: Instant }
  | { readonly what: 'asks'; readonly resource: string; readonly input: Jsonb }
  /** `by`: the rule or the `Default` of a Choice, as `Choices[0]`. */
  | { readonly what: 'chose'; readonly by: string; readonly to: string }
  /** `to`: the next state; null at an end. */
  | { readonly what: 'left'; readonly output: Jsonb; readonly to: string | null }
  /** `by`: the retrier, as `Retry[0]`. */
  | ({ readonly what: 'retries'; readonly by: string; readonly due: Instant } & Failed)
  /** `by`: the catcher, as `Catch[0]`. */
  | ({ readonly what: 'caught'; readonly by: string; readonly to: string } & Failed)
  | ({ readonly what: 'failed' } & Failed)
  | { readonly what: 'aborted' };

/** A deed of an activity. */
export interface Happening {
  readonly execution: number;
  readonly activity_id: string;
  readonly state: string;
  readonly deed: Deed;
}
