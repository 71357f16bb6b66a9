/** Entry point `pgtwin/model`: the pure engines, and the kernel's words. Loads nothing but zod. */

export { countdown, increment } from './activity-ledger/machine.ts';
export { type LedgerCommand, ledgerCommand } from './activity-ledger/shared/commands.ts';
export { initialState as ledgerInitialState, type LedgerState } from './activity-ledger/shared/state.ts';
export { type DagCascadeCommand, dagCascadeCommand } from './dag-cascade/commands.ts';
export { dagCascade } from './dag-cascade/machine.ts';
export { type DagCascadeState, initialState as dagCascadeInitialState } from './dag-cascade/state.ts';
export {
  type EventStoreCommand,
  type EventStoreStatement,
  eventStoreCommand,
} from './event-store/commands.ts';
export type { Fact } from './event-store/facts.ts';
export { eventStoreText, eventStoreUuid } from './event-store/machine.ts';
export {
  type EventStoreState,
  initialState as eventStoreInitialState,
  type Lock,
  type StoredEvent,
  type View,
} from './event-store/state.ts';
export { ModelBug } from './kernel/assert.ts';
export type { Instant } from './kernel/instant.ts';
export { type Jsonb, jsonbContains, jsonbEqual, jsonbRefusal, type NullableJsonb } from './kernel/jsonb.ts';
export type { Invariant, Machine } from './kernel/machine.ts';
export type { SqlError } from './kernel/sql-error.ts';
export type { Circumstances, Result, Row, Transition } from './kernel/transition.ts';
export { type PgflowCommand, pgflowCommand } from './pgflow/0.1.20/commands.ts';
export { pgflow0120 } from './pgflow/0.1.20/machine.ts';
export { initialState as pgflow0120InitialState, type PgflowState } from './pgflow/0.1.20/state.ts';
export {
  type PgflowCommand as Pgflow081Command,
  pgflowCommand as pgflow081Command,
} from './pgflow/0.8.1/commands.ts';
export { pgflow081 } from './pgflow/0.8.1/machine.ts';
export {
  type Broadcast,
  initialState as pgflow081InitialState,
  type PgflowState as Pgflow081State,
} from './pgflow/0.8.1/state.ts';
export { type PgmqCommand, pgmqCommand } from './pgmq/commands.ts';
export { pgmqMachine } from './pgmq/machine.ts';
export type { PgmqState } from './pgmq/state.ts';
export { type FornextCommand, fornextCommand } from './state-machine/fornext/commands.ts';
export { fornext } from './state-machine/fornext/machine.ts';
export { type FornextState, initialState as fornextInitialState } from './state-machine/fornext/state.ts';
export type { MachineJson, StateJson } from './state-machine/shared/definition.ts';
