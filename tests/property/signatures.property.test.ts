/** The signatures of commands, written down beside their schemas. */
import { expect, it } from 'vitest';
import { statement as eventStoreStatement } from '../../src/model/event-store/commands.ts';
import { parameterNames as eventStoreNames } from '../../src/model/event-store/signatures.ts';
import { namesInSchemas } from '../../src/model/kernel/signature.ts';
import { pgflowCommand } from '../../src/model/pgflow/0.8.1/commands.ts';
import { parameterNames as pgflowNames } from '../../src/model/pgflow/0.8.1/signatures.ts';
import { pgmqCommand } from '../../src/model/pgmq/commands.ts';
import { parameterNames as pgmqNames } from '../../src/model/pgmq/signatures.ts';

it.each([
  ['pgflow 0.8.1', pgflowNames, pgflowCommand.options],
  ['pgmq', pgmqNames, pgmqCommand.options],
  ['an event store', eventStoreNames, eventStoreStatement.options],
])('every command of %s has the parameters of its schema, in the same order', (_, names, schemas) => {
  expect(names).toEqual(namesInSchemas(schemas));
});
