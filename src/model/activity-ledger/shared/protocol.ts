/** What the two releases do each in its own way. */
import type { Fault, Outcome } from './outcome.ts';
import type { DeployedActivity, DeployedFlow, Message, Parent } from './state.ts';
import type { Process } from './writes.ts';

/** Where a ledger is. */
export interface Place {
  readonly jid: string;
  readonly aid: string;
  readonly dad: string;
}

/** What came of an operation. Surprise: what it added stays, also where the message is turned away. */
export interface Collated {
  readonly value: number;
  readonly fault: Fault | null;
}

export interface Begin {
  readonly flow: DeployedFlow;
  readonly jid: string;
  /** Of the message that begins it; null where nobody sent one. */
  readonly guid: string | null;
  readonly parent: Parent | null;
  readonly is_severed: boolean;
}

export interface Protocol {
  beginJob(process: Process, begin: Begin): Outcome;
  /** Leg 1. */
  beginActivity(process: Process, activity: DeployedActivity, message: Message): Outcome;
  /** Leg 2. */
  processEvent(process: Process, activity: DeployedActivity, message: Message): Outcome;
  /** Tells whoever waits for the end of a job, and lets it expire after so many seconds. */
  completeJob(process: Process, jid: string, expire: number): void;
  /** Whether an activity gets an error that could not begin its child, as a job of that name is there. */
  readonly reportsDuplicates: boolean;
  /** Of what a cycle may enter again. */
  canBeCycled(activity: DeployedActivity): boolean;
}
