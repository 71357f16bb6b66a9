/** What became of each message up to a moment: when it could be read, when it could not, and when it went. */
import type { MessageData, PageData } from '../page-data.ts';

export interface Lane {
  /** As it is at the moment, or as it was last. */
  readonly message: MessageData;
  readonly stretches: readonly Stretch[];
  /** Milliseconds since the start; undefined while the message is in its queue. */
  readonly endedAt: number | undefined;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly isVisible: boolean;
}

interface Growing {
  message: MessageData;
  since: number;
  stretches: Stretch[];
  endedAt: number | undefined;
  endedAfter: number;
}

/** The messages that are there at that moment, and those that the command took away. */
export function lanesAt({ moments, messages }: PageData, position: number, side: number): readonly Lane[] {
  const lanes = new Map<string, Growing>();
  for (let i = 0; i <= position; i++) {
    const { sides } = moments[i]!;
    const now = sides[side]!.finished;
    const present = new Set<string>();
    for (const at of sides[side]!.messages) {
      const message = messages[at]!;
      // A queue that was made anew counts from 1 again.
      const id = `${message.queue} ${message.id} ${message.enqueued}`;
      present.add(id);
      const lane = lanes.get(id);
      if (!lane) {
        const since = Math.min(message.enqueued, now);
        lanes.set(id, { message, since, stretches: [], endedAt: undefined, endedAfter: -1 });
      } else {
        grow(lane, now);
        lane.message = message;
      }
    }
    for (const [id, lane] of lanes) {
      if (present.has(id) || lane.endedAt !== undefined) continue;
      grow(lane, now);
      lane.endedAt = now;
      lane.endedAfter = i;
    }
  }
  return [...lanes.values()].filter(
    ({ endedAt, endedAfter }) => endedAt === undefined || endedAfter === position,
  );
}

/** Up to that instant nothing happened to the message but that it became visible. */
function grow(lane: Growing, until: number): void {
  const { since, message } = lane;
  if (until <= since) return;
  const turn = Math.min(Math.max(message.visible, since), until);
  if (turn > since) add(lane, { from: since, to: turn, isVisible: false });
  if (until > turn) add(lane, { from: turn, to: until, isVisible: true });
  lane.since = until;
}

/** Stretches that are alike become one. */
function add({ stretches }: Growing, stretch: Stretch): void {
  const last = stretches.at(-1);
  if (last?.isVisible === stretch.isVisible) stretches[stretches.length - 1] = { ...last, to: stretch.to };
  else stretches.push(stretch);
}
