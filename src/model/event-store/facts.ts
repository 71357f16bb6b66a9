/** What happened to a store: each fact is one change of its tables. */
import type { DeciderEvent, Lock, StoredEvent, View } from './state.ts';

export type Fact =
  | { readonly type: 'decider_event_registered'; readonly row: DeciderEvent }
  /** A sequence does not go back: of the events that could not be appended, each has used up an offset. */
  | { readonly type: 'offset_drawn' }
  /** With it, the lock of every view on its partition is made or moved on. */
  | { readonly type: 'event_appended'; readonly row: StoredEvent }
  | { readonly type: 'events_truncated' }
  /** New, or anew. */
  | { readonly type: 'view_registered'; readonly row: View }
  | { readonly type: 'view_deleted'; readonly view: string }
  /** New, or other than before, by anything but an event. */
  | { readonly type: 'lock_set'; readonly row: Lock };
